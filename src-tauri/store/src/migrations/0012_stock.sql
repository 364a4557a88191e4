-- Stock: what moved at the warehouse, and what Cin7 is told of it in which document.
-- Quantities and money are whole ten-thousandths, as fine as Cin7 keeps them, so that sums in
-- SQL are exact.

-- What left, SKU by SKU, with its number among all movements of the warehouse.
CREATE TABLE despatch_goods (
    despatch INTEGER NOT NULL REFERENCES despatch (key),
    sku      TEXT NOT NULL,
    units    INTEGER NOT NULL,
    movement INTEGER,
    PRIMARY KEY (despatch, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX despatch_goods_by_sku ON despatch_goods (sku, despatch);

-- A document that Cin7 was given, or is to be: a stock adjustment or a write-off.
CREATE TABLE stock_document (
    key       INTEGER PRIMARY KEY,
    -- Our own key of it, carried in the document itself, by which it is found again.
    reference TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL CHECK (kind IN ('adjustment', 'write_off')),
    -- What it is for: what the warehouse reported, a drift that a person posts, or a
    -- movement that another document swallowed.
    origin    TEXT NOT NULL CHECK (origin IN ('reported', 'drift', 'race')),
    account   TEXT NOT NULL,
    location  TEXT NOT NULL,
    -- The day it is booked on, as days since 1970.
    effective INTEGER NOT NULL,
    -- intended: nothing was sent; drafted: stands in Cin7 and moves nothing; unclear: what was
    -- sent may have arrived; completed: moved, to be read back; done; unmoved: completed, and
    -- the figure did not follow; failed: refused; voided.
    state     TEXT NOT NULL CHECK (state IN ('intended', 'drafted', 'unclear', 'completed',
                  'done', 'unmoved', 'failed', 'voided')),
    -- Cin7's id and number of it.
    task      TEXT NOT NULL DEFAULT '',
    number    TEXT NOT NULL DEFAULT '',
    cause     TEXT NOT NULL DEFAULT '',
    sealed_detail BLOB,
    made_by   TEXT NOT NULL,
    due       INTEGER NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    failures  INTEGER NOT NULL DEFAULT 0,
    first_failed INTEGER,
    unclear_since INTEGER,
    made_at   INTEGER NOT NULL,
    completed_at INTEGER,
    changed_at INTEGER NOT NULL,
    CHECK (state <> 'unclear' OR unclear_since IS NOT NULL),
    CHECK (state NOT IN ('completed', 'done', 'unmoved') OR completed_at IS NOT NULL)
) STRICT;
CREATE INDEX stock_document_open ON stock_document (due, key)
    WHERE state IN ('intended', 'drafted', 'unclear', 'completed');
-- What a person has to see to.
CREATE INDEX stock_document_failed ON stock_document (key) WHERE state IN ('unmoved', 'failed');
CREATE INDEX stock_document_by_completed ON stock_document (completed_at)
    WHERE completed_at IS NOT NULL;

CREATE TABLE stock_document_line (
    document INTEGER NOT NULL REFERENCES stock_document (key),
    number   INTEGER NOT NULL CHECK (number >= 1),
    product  TEXT NOT NULL,
    sku      TEXT NOT NULL,
    change   INTEGER NOT NULL CHECK (change <> 0),
    -- The level read just before, the one that was set, and the one read afterwards.
    before   INTEGER,
    after    INTEGER,
    seen     INTEGER,
    unit_cost INTEGER,
    cost_at  INTEGER,
    comment  TEXT NOT NULL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_document_line_by_product ON stock_document_line (product, document);

-- Each thing written to Cin7 for a document, put down before it is sent.
CREATE TABLE stock_step (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES stock_document (key),
    number   INTEGER NOT NULL CHECK (number >= 1),
    attempt  INTEGER NOT NULL,
    step     TEXT NOT NULL CHECK (step IN ('draft', 'complete', 'void')),
    began    INTEGER NOT NULL,
    ended    INTEGER,
    outcome  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX stock_step_begun ON stock_step (document) WHERE ended IS NULL;
CREATE UNIQUE INDEX stock_step_number ON stock_step (document, number);

-- What the warehouse counted, damaged, lost or found.
CREATE TABLE adjustment (
    key       INTEGER PRIMARY KEY,
    -- The warehouse's own identity of it, to the letter.
    id        TEXT NOT NULL UNIQUE,
    revision  INTEGER NOT NULL CHECK (revision >= 0),
    movement  INTEGER,
    sku       TEXT NOT NULL,
    -- Change of good stock, and of what is in the building; whole units.
    units     INTEGER NOT NULL,
    in_building INTEGER NOT NULL,
    -- One stable word, and theirs.
    why       TEXT NOT NULL,
    why_text  TEXT NOT NULL,
    note      TEXT NOT NULL,
    warehouse TEXT NOT NULL,
    reverses  TEXT NOT NULL DEFAULT '',
    belongs_to TEXT NOT NULL DEFAULT '',
    at        INTEGER NOT NULL,
    published INTEGER,
    received  INTEGER NOT NULL,
    goods     BLOB NOT NULL CHECK (length(goods) = 32),
    content   BLOB NOT NULL CHECK (length(content) = 32),
    -- new: to be posted; needs_approval: waits for a person; posting: in a document that is
    -- under way; unclear; posted; failed: could not be; dismissed: is not to be;
    -- already_in_cin7: stands there by another way; recorded: nothing is to be posted.
    state     TEXT NOT NULL CHECK (state IN ('new', 'needs_approval', 'posting', 'unclear',
                  'posted', 'failed', 'dismissed', 'already_in_cin7', 'recorded')),
    owner     TEXT CHECK (owner IN ('office', 'warehouse', 'finance', 'support')),
    -- Stable words, with commas between where there are several.
    cause     TEXT NOT NULL DEFAULT '',
    sealed_detail BLOB,
    product   TEXT NOT NULL DEFAULT '',
    cin7_sku  TEXT NOT NULL DEFAULT '',
    -- The document it was put in, and which of its lines.
    document  INTEGER REFERENCES stock_document (key),
    line      INTEGER,
    before    INTEGER,
    after     INTEGER,
    unit_cost INTEGER,
    cost_at   INTEGER,
    -- Goes into a document of its own, since one with others was refused.
    alone     INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)),
    decided_by TEXT NOT NULL DEFAULT '',
    decided_why TEXT NOT NULL DEFAULT '',
    due       INTEGER NOT NULL,
    attempts  INTEGER NOT NULL DEFAULT 0,
    failures  INTEGER NOT NULL DEFAULT 0,
    first_failed INTEGER,
    posted_at INTEGER,
    changed_at INTEGER NOT NULL,
    CHECK (state <> 'posted' OR posted_at IS NOT NULL),
    CHECK (state NOT IN ('posting', 'unclear') OR document IS NOT NULL),
    CHECK ((document IS NULL) = (line IS NULL))
) STRICT;
-- All that is still to be posted, the oldest first, and by when it is due.
CREATE INDEX adjustment_open ON adjustment (at, key, state, due)
    WHERE state IN ('new', 'posting', 'unclear', 'failed');
CREATE INDEX adjustment_by_due ON adjustment (due, key) WHERE state IN ('new', 'failed');
-- Lists, newest first. The row number, by which every index ends, gives the order among
-- those of one moment.
CREATE INDEX adjustment_by_at ON adjustment (at);
CREATE INDEX adjustment_by_state ON adjustment (state, at);
CREATE INDEX adjustment_by_why ON adjustment (why, at);
CREATE INDEX adjustment_by_sku ON adjustment (sku, at);
CREATE INDEX adjustment_by_cin7_sku ON adjustment (cin7_sku, at) WHERE cin7_sku <> '';
CREATE INDEX adjustment_by_owner ON adjustment (owner, cause)
    WHERE state IN ('needs_approval', 'failed');
CREATE INDEX adjustment_by_document ON adjustment (document, at) WHERE document IS NOT NULL;
CREATE INDEX adjustment_by_posted ON adjustment (posted_at) WHERE posted_at IS NOT NULL;
CREATE INDEX adjustment_elsewhere ON adjustment (changed_at) WHERE state = 'already_in_cin7';
CREATE INDEX adjustment_reversals ON adjustment (reverses) WHERE reverses <> '';

CREATE TRIGGER adjustment_stays BEFORE DELETE ON adjustment
BEGIN
    SELECT RAISE(ABORT, 'an adjustment is never deleted');
END;
CREATE TRIGGER adjustment_keeps_goods
    BEFORE UPDATE OF id, movement, sku, units, in_building, goods, received ON adjustment
BEGIN
    SELECT RAISE(ABORT, 'what the warehouse counted is a fact');
END;
-- Once posted it is posted: nothing may have it posted again.
CREATE TRIGGER adjustment_posted_once BEFORE UPDATE OF state ON adjustment
WHEN OLD.state = 'posted' AND NEW.state <> 'posted'
BEGIN
    SELECT RAISE(ABORT, 'a posted adjustment stays posted');
END;

-- An item that says something else under an identity that is known already.
CREATE TABLE adjustment_clash (
    adjustment INTEGER NOT NULL REFERENCES adjustment (key),
    content    BLOB NOT NULL CHECK (length(content) = 32),
    revision   INTEGER NOT NULL,
    received   INTEGER NOT NULL,
    raw        TEXT NOT NULL,
    PRIMARY KEY (adjustment, content)
) STRICT, WITHOUT ROWID;

CREATE TABLE adjustment_tally (
    state TEXT PRIMARY KEY,
    count INTEGER NOT NULL CHECK (count >= 0)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER adjustment_tally_insert AFTER INSERT ON adjustment
BEGIN
    INSERT INTO adjustment_tally (state, count) VALUES (NEW.state, 1)
        ON CONFLICT (state) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER adjustment_tally_update AFTER UPDATE OF state ON adjustment
WHEN OLD.state <> NEW.state
BEGIN
    UPDATE adjustment_tally SET count = count - 1 WHERE state = OLD.state;
    INSERT INTO adjustment_tally (state, count) VALUES (NEW.state, 1)
        ON CONFLICT (state) DO UPDATE SET count = count + 1;
END;

-- The warehouse's reasons as they occur, kept as things change: how many adjustments give
-- each, and how many of those are still to be posted.
CREATE TABLE adjustment_reason (
    why      TEXT NOT NULL,
    why_text TEXT NOT NULL,
    count    INTEGER NOT NULL CHECK (count >= 0),
    open     INTEGER NOT NULL CHECK (open >= 0),
    PRIMARY KEY (why, why_text)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER adjustment_reason_insert AFTER INSERT ON adjustment
BEGIN
    INSERT INTO adjustment_reason (why, why_text, count, open)
        VALUES (NEW.why, NEW.why_text, 1,
                NEW.state IN ('new', 'needs_approval', 'posting', 'unclear', 'failed'))
        ON CONFLICT (why, why_text) DO UPDATE
            SET count = count + 1, open = open + excluded.open;
END;
CREATE TRIGGER adjustment_reason_update AFTER UPDATE OF state, why, why_text ON adjustment
WHEN OLD.state <> NEW.state OR OLD.why <> NEW.why OR OLD.why_text <> NEW.why_text
BEGIN
    UPDATE adjustment_reason
        SET count = count - 1,
            open = open - (OLD.state IN ('new', 'needs_approval', 'posting', 'unclear', 'failed'))
        WHERE why = OLD.why AND why_text = OLD.why_text;
    INSERT INTO adjustment_reason (why, why_text, count, open)
        VALUES (NEW.why, NEW.why_text, 1,
                NEW.state IN ('new', 'needs_approval', 'posting', 'unclear', 'failed'))
        ON CONFLICT (why, why_text) DO UPDATE
            SET count = count + 1, open = open + excluded.open;
END;
