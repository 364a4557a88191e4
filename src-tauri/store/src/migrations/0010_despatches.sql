-- Despatches: what left the warehouse, and how far Cin7 has been told of each.

CREATE TABLE despatch (
    key           INTEGER PRIMARY KEY,
    -- The warehouse's own identity of it, to the letter.
    id            TEXT NOT NULL UNIQUE,
    revision      INTEGER NOT NULL CHECK (revision >= 0),
    -- The despatch that did not happen after all; "" unless this is a void.
    voids         TEXT NOT NULL DEFAULT '',
    raw_reference TEXT NOT NULL,
    sale          INTEGER REFERENCES sale (key),
    at            INTEGER NOT NULL,
    published     INTEGER,
    received      INTEGER NOT NULL,
    is_last       INTEGER NOT NULL CHECK (is_last IN (0, 1)),
    units         INTEGER NOT NULL,
    parcels       INTEGER NOT NULL CHECK (parcels >= 0),
    goods         BLOB NOT NULL CHECK (length(goods) = 32),
    content       BLOB NOT NULL CHECK (length(content) = 32),
    -- The item as it came; gone with age.
    sealed        BLOB,
    cleared_at    INTEGER,
    -- waiting: to be told; posting: begun; unclear: what was sent may have arrived; posted:
    -- told; exception: waits for a person; parked: kept until the last parcel of its order;
    -- closed: nothing is to be told.
    state         TEXT NOT NULL CHECK (state IN
                      ('waiting', 'posting', 'unclear', 'posted', 'exception', 'parked', 'closed')),
    owner         TEXT CHECK (owner IN ('office', 'warehouse', 'finance', 'support')),
    reason        TEXT NOT NULL DEFAULT '',
    sealed_detail BLOB,
    -- The last step begun, and Cin7's task it belongs to.
    step          TEXT NOT NULL DEFAULT ''
                      CHECK (step IN ('', 'task', 'pick', 'pack', 'ship', 'correct')),
    task          TEXT NOT NULL DEFAULT '',
    flags         TEXT NOT NULL DEFAULT '',
    told_revision INTEGER NOT NULL DEFAULT 0,
    due           INTEGER NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    failures      INTEGER NOT NULL DEFAULT 0,
    first_failed  INTEGER,
    unclear_since INTEGER,
    posted_at     INTEGER,
    changed_at    INTEGER NOT NULL,
    CHECK (state <> 'unclear' OR unclear_since IS NOT NULL),
    CHECK (state <> 'posted' OR posted_at IS NOT NULL),
    CHECK ((sealed IS NULL) = (cleared_at IS NOT NULL)),
    -- Without an order there is nobody to tell anything of.
    CHECK (sale IS NOT NULL OR state IN ('exception', 'closed'))
) STRICT;

-- All that is still to be told, the oldest first. "unclear" is before "waiting" in the
-- alphabet too.
CREATE INDEX despatch_open ON despatch (at, state, key, due, sale)
    WHERE state IN ('waiting', 'posting', 'unclear');
CREATE INDEX despatch_by_due ON despatch (due) WHERE state IN ('waiting', 'unclear');
-- One of an order at a time.
CREATE UNIQUE INDEX despatch_posting ON despatch (sale) WHERE state = 'posting';
CREATE INDEX despatch_of_sale ON despatch (sale, at, key, state) WHERE sale IS NOT NULL;
CREATE INDEX despatch_by_state ON despatch (state);
CREATE INDEX despatch_without_sale ON despatch (upper(trim(raw_reference)))
    WHERE sale IS NULL;
CREATE INDEX despatch_by_posted ON despatch (posted_at) WHERE posted_at IS NOT NULL;

-- What waits for a person, by whose it is and why.
CREATE INDEX despatch_exceptions ON despatch (owner, reason) WHERE state = 'exception';

-- By when the despatch of an order at the warehouse is to have come: none before it is
-- reckoned, 0 once it has come or its absence was told.
ALTER TABLE sale ADD COLUMN promised INTEGER;
CREATE INDEX sale_promised ON sale (promised) WHERE promised > 0;
CREATE INDEX sale_unpromised ON sale (key)
    WHERE state = 'at_warehouse' AND promised IS NULL AND accepted_at IS NOT NULL;

CREATE TRIGGER despatch_stays BEFORE DELETE ON despatch
BEGIN
    SELECT RAISE(ABORT, 'a despatch is never deleted');
END;

CREATE TRIGGER despatch_keeps_goods BEFORE UPDATE OF id, goods, received ON despatch
BEGIN
    SELECT RAISE(ABORT, 'what left the warehouse is a fact');
END;

CREATE TRIGGER despatch_keeps_sale BEFORE UPDATE OF sale ON despatch
WHEN OLD.sale IS NOT NULL AND NEW.sale IS NOT OLD.sale
BEGIN
    SELECT RAISE(ABORT, 'a despatch is never moved to another sale');
END;

-- An item that says something else under an identity that is known already.
CREATE TABLE despatch_clash (
    despatch   INTEGER NOT NULL REFERENCES despatch (key),
    content    BLOB NOT NULL CHECK (length(content) = 32),
    revision   INTEGER NOT NULL,
    received   INTEGER NOT NULL,
    -- The item as it came; gone with age.
    sealed     BLOB,
    cleared_at INTEGER,
    CHECK ((sealed IS NULL) = (cleared_at IS NOT NULL)),
    PRIMARY KEY (despatch, content)
) STRICT, WITHOUT ROWID;

-- The id and the tracking numbers by which the order of a despatch is found, in upper case.
CREATE TABLE despatch_text (
    despatch INTEGER NOT NULL REFERENCES despatch (key),
    text     TEXT NOT NULL,
    PRIMARY KEY (despatch, text)
) STRICT, WITHOUT ROWID;

-- What Cin7 was told of a despatch: units picked, by its own product.
CREATE TABLE despatch_line (
    despatch INTEGER NOT NULL REFERENCES despatch (key),
    product  TEXT NOT NULL,
    units    INTEGER NOT NULL CHECK (units >= 0),
    PRIMARY KEY (despatch, product)
) STRICT, WITHOUT ROWID;

-- Each thing written to Cin7, put down before it is sent.
CREATE TABLE despatch_step (
    id       INTEGER PRIMARY KEY,
    despatch INTEGER NOT NULL REFERENCES despatch (key),
    -- From 1 for each despatch.
    number   INTEGER NOT NULL CHECK (number >= 1),
    -- Which try of the despatch it belongs to.
    attempt  INTEGER NOT NULL,
    step     TEXT NOT NULL CHECK (step IN ('task', 'pick', 'pack', 'ship', 'correct')),
    task     TEXT NOT NULL,
    began    INTEGER NOT NULL,
    ended    INTEGER,
    outcome  TEXT NOT NULL DEFAULT ''
) STRICT;

-- At most one under way for each despatch: a second cannot even be written.
CREATE UNIQUE INDEX despatch_step_begun ON despatch_step (despatch) WHERE ended IS NULL;
CREATE UNIQUE INDEX despatch_step_number ON despatch_step (despatch, number);

-- Counts by state, kept as things change.
CREATE TABLE despatch_tally (
    state TEXT PRIMARY KEY,
    count INTEGER NOT NULL CHECK (count >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER despatch_tally_insert AFTER INSERT ON despatch
BEGIN
    INSERT INTO despatch_tally (state, count) VALUES (NEW.state, 1)
        ON CONFLICT (state) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER despatch_tally_update AFTER UPDATE OF state ON despatch
WHEN OLD.state <> NEW.state
BEGIN
    UPDATE despatch_tally SET count = count - 1 WHERE state = OLD.state;
    INSERT INTO despatch_tally (state, count) VALUES (NEW.state, 1)
        ON CONFLICT (state) DO UPDATE SET count = count + 1;
END;

-- Seconds from handed over to told, by day since 1970 and upper bound: as latency has it.
CREATE TABLE despatch_latency (
    day   INTEGER NOT NULL,
    bound INTEGER NOT NULL,
    count INTEGER NOT NULL,
    worst INTEGER NOT NULL,
    PRIMARY KEY (day, bound)
) STRICT, WITHOUT ROWID;

-- What is sealed after a sale was cleared is to be cleared in its turn.
CREATE TRIGGER despatch_sealed AFTER INSERT ON despatch WHEN NEW.sale IS NOT NULL
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER despatch_sealed_again AFTER UPDATE OF sale, sealed, sealed_detail ON despatch
WHEN NEW.sealed IS NOT NULL OR NEW.sealed_detail IS NOT NULL
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER despatch_clash_sealed AFTER INSERT ON despatch_clash
BEGIN
    UPDATE sale SET cleared_at = NULL
        WHERE key = (SELECT d.sale FROM despatch AS d WHERE d.key = NEW.despatch)
          AND cleared_at IS NOT NULL;
END;
