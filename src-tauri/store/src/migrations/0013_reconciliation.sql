-- Stock: the comparisons of both sides, and what people decided on them. Quantities and money
-- are whole ten-thousandths, as fine as Cin7 keeps them, so that sums in SQL are exact.

CREATE TRIGGER stock_document_stays BEFORE DELETE ON stock_document
BEGIN
    SELECT RAISE(ABORT, 'a stock document is never deleted');
END;
CREATE TRIGGER stock_document_keeps
    BEFORE UPDATE OF reference, kind, origin, location, effective, made_by, made_at
    ON stock_document
BEGIN
    SELECT RAISE(ABORT, 'what a stock document is never changes');
END;

-- By these it is told whether every movement of a span has been heard of.
CREATE INDEX despatch_goods_by_movement ON despatch_goods (movement) WHERE movement IS NOT NULL;
CREATE INDEX adjustment_by_movement ON adjustment (movement) WHERE movement IS NOT NULL;

CREATE TABLE reconciliation (
    key       INTEGER PRIMARY KEY,
    run       TEXT NOT NULL UNIQUE,
    began     INTEGER NOT NULL,
    ended     INTEGER NOT NULL,
    -- Whether everything was read; what was not is not compared.
    is_whole  INTEGER NOT NULL CHECK (is_whole IN (0, 1)),
    why       TEXT NOT NULL DEFAULT '',
    snapshot  TEXT NOT NULL,
    -- The moment the warehouse's figures show, and the one Cin7's were read at.
    as_of     INTEGER NOT NULL,
    read_at   INTEGER NOT NULL,
    cin7      INTEGER NOT NULL,
    in_flight INTEGER NOT NULL,
    pending   INTEGER NOT NULL,
    counted   INTEGER NOT NULL,
    unexplained INTEGER NOT NULL,
    -- The sum of the absolute values of unexplained units at cost, and their net value.
    value     INTEGER NOT NULL,
    net_value INTEGER NOT NULL,
    can_oversell INTEGER NOT NULL,
    cin7_short INTEGER NOT NULL,
    posting_blocked INTEGER NOT NULL,
    explained INTEGER NOT NULL,
    matched   INTEGER NOT NULL,
    not_comparable INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    -- The last movement that the snapshot had seen.
    last_movement INTEGER,
    -- SKUs that were compared and do not agree, and the sum of their absolute differences.
    drifting  INTEGER NOT NULL,
    gap_units INTEGER NOT NULL
) STRICT;
CREATE INDEX reconciliation_whole ON reconciliation (key) WHERE is_whole = 1;

-- Each SKU at the location as the last comparison found it. Only what changed is written
-- anew, so that a comparison that finds little costs little.
CREATE TABLE stock_line (
    key        INTEGER PRIMARY KEY,
    -- Cin7's SKU; the warehouse's where Cin7 knows none.
    sku        TEXT NOT NULL UNIQUE,
    whistl_sku TEXT NOT NULL,
    product    TEXT NOT NULL,
    name       TEXT NOT NULL,
    cin7       INTEGER NOT NULL,
    allocated  INTEGER NOT NULL,
    counted    INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    in_flight  INTEGER NOT NULL,
    pending    INTEGER NOT NULL,
    unexplained INTEGER NOT NULL,
    category   TEXT NOT NULL CHECK (category IN ('can_oversell', 'cin7_short',
                   'posting_blocked', 'explained', 'matched', 'not_comparable')),
    -- Why it cannot be compared, or what blocks it; a stable word.
    cause      TEXT NOT NULL DEFAULT '',
    is_approximate INTEGER NOT NULL DEFAULT 0 CHECK (is_approximate IN (0, 1)),
    at_risk    INTEGER NOT NULL DEFAULT 0,
    unit_cost  INTEGER,
    price      INTEGER,
    value      INTEGER NOT NULL DEFAULT 0,
    -- Place in the list: the smaller, the more urgent.
    priority   INTEGER NOT NULL,
    -- The run that first saw the present gap, and the last one that did not.
    since      INTEGER REFERENCES reconciliation (key),
    before     INTEGER REFERENCES reconciliation (key),
    -- While it cannot be compared: the last run that compared it, if there was one.
    compared   INTEGER REFERENCES reconciliation (key),
    -- Once neither side knows it any more: the last run that listed it.
    gone       INTEGER REFERENCES reconciliation (key),
    -- Until when somebody lives with it, and why.
    accepted_until INTEGER,
    accepted_units INTEGER,
    accepted_why TEXT NOT NULL DEFAULT '',
    -- Since when a recount is awaited.
    recount_since INTEGER,
    CHECK (gone IS NULL OR since IS NULL),
    CHECK ((accepted_until IS NULL) = (accepted_units IS NULL))
) STRICT;
CREATE INDEX stock_line_by_category ON stock_line (category, priority, key) WHERE gone IS NULL;
CREATE INDEX stock_line_by_priority ON stock_line (priority, key) WHERE gone IS NULL;
CREATE INDEX stock_line_by_product ON stock_line (product) WHERE product <> '';
CREATE INDEX stock_line_by_whistl ON stock_line (whistl_sku) WHERE whistl_sku <> '';

-- A SKU's figures at each comparison that found them changed; the category is "gone" at the
-- one that did not list it any more.
CREATE TABLE stock_history (
    line       INTEGER NOT NULL REFERENCES stock_line (key),
    run        INTEGER NOT NULL REFERENCES reconciliation (key),
    cin7       INTEGER NOT NULL,
    counted    INTEGER NOT NULL,
    in_flight  INTEGER NOT NULL,
    pending    INTEGER NOT NULL,
    unexplained INTEGER NOT NULL,
    category   TEXT NOT NULL,
    PRIMARY KEY (line, run)
) STRICT, WITHOUT ROWID;

-- What a person decided about a drift.
CREATE TABLE drift_decision (
    key      INTEGER PRIMARY KEY,
    line     INTEGER NOT NULL REFERENCES stock_line (key),
    run      INTEGER NOT NULL REFERENCES reconciliation (key),
    what     TEXT NOT NULL CHECK (what IN ('post', 'recount', 'accept', 'withdraw')),
    units    INTEGER NOT NULL,
    note     TEXT NOT NULL,
    until    INTEGER,
    document INTEGER REFERENCES stock_document (key),
    who      TEXT NOT NULL,
    at       INTEGER NOT NULL,
    CHECK (what <> 'accept' OR until IS NOT NULL)
) STRICT;
CREATE INDEX drift_decision_of_line ON drift_decision (line, at);
CREATE INDEX drift_decision_by_at ON drift_decision (at);
CREATE INDEX drift_decision_by_document ON drift_decision (document) WHERE document IS NOT NULL;

CREATE TRIGGER drift_decision_stays BEFORE DELETE ON drift_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted');
END;
CREATE TRIGGER drift_decision_keeps BEFORE UPDATE ON drift_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision never changes: it is taken back by another');
END;

-- Finance's signature under the figures of a moment.
CREATE TABLE sign_off (
    key  INTEGER PRIMARY KEY,
    -- The reconciliation signed.
    run  INTEGER NOT NULL REFERENCES reconciliation (key),
    who  TEXT NOT NULL,
    note TEXT NOT NULL,
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_off_of_run ON sign_off (run);
CREATE TRIGGER sign_off_stays BEFORE DELETE ON sign_off
BEGIN
    SELECT RAISE(ABORT, 'a signature is never deleted');
END;
CREATE TRIGGER sign_off_keeps BEFORE UPDATE ON sign_off
BEGIN
    SELECT RAISE(ABORT, 'a signature never changes');
END;
