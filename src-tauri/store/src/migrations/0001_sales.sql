-- Sales, where each stands, why it is held, and the words it can be found by.
--
-- Times are whole milliseconds since 1970, UTC. Marks by which Cin7 says that a sale
-- changed are whole nanoseconds, since they are compared for equality and Cin7 gives up
-- to seven digits. Columns called "sealed" are compressed and encrypted.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sale (
    key              INTEGER PRIMARY KEY,
    id               BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    number           TEXT NOT NULL,
    state            TEXT CHECK (state IN ('held', 'waiting', 'sending', 'unclear', 'rejected',
                         'at_warehouse', 'blocked', 'part_despatched', 'despatched', 'cancelled')),
    outside          TEXT,
    owner            TEXT CHECK (owner IN ('office', 'warehouse', 'finance', 'support')),
    updated          INTEGER NOT NULL,
    read_updated     INTEGER,
    wants_read       INTEGER NOT NULL CHECK (wants_read IN (0, 1)),
    authorised_at    INTEGER,
    first_seen       INTEGER NOT NULL,
    accepted_at      INTEGER,
    ship_by          INTEGER,
    not_before       INTEGER,
    value            TEXT NOT NULL DEFAULT '0',
    currency         TEXT NOT NULL DEFAULT '',
    channel          TEXT NOT NULL DEFAULT '',
    service          TEXT NOT NULL DEFAULT '',
    edition          INTEGER NOT NULL DEFAULT 1 CHECK (edition >= 1),
    reference        TEXT,
    whistl_ref       TEXT,
    whistl_status    TEXT,
    event_seq        INTEGER,
    settings_version INTEGER NOT NULL DEFAULT 0,
    map_version      INTEGER NOT NULL DEFAULT 0,
    attempts         INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    changed_at       INTEGER NOT NULL,
    checked_at       INTEGER NOT NULL DEFAULT 0,
    fingerprint      BLOB CHECK (fingerprint IS NULL OR length(fingerprint) = 32),
    -- Past the trigger in one state, or outside it for one reason; never both or neither.
    CHECK ((state IS NULL) <> (outside IS NULL))
) STRICT;

-- Every index ends with the row number by nature, so these also give the order of listing.
CREATE INDEX sale_by_state ON sale (state) WHERE state IS NOT NULL;
CREATE INDEX sale_by_owner ON sale (owner) WHERE owner IS NOT NULL;
CREATE INDEX sale_by_age ON sale (state, changed_at) WHERE state IS NOT NULL;
CREATE INDEX sale_to_read ON sale (ship_by IS NULL, ship_by, updated) WHERE wants_read = 1;
CREATE INDEX sale_held ON sale (key, settings_version, map_version) WHERE state = 'held';
CREATE INDEX sale_live ON sale (checked_at)
    WHERE state IN ('at_warehouse', 'blocked', 'part_despatched');

CREATE TRIGGER sale_stays BEFORE DELETE ON sale
BEGIN
    SELECT RAISE(ABORT, 'a sale is never deleted');
END;

-- Every reference a sale ever carried: none may serve another sale, since a cancelled one
-- is used up at the warehouse.
CREATE TABLE sale_reference (
    reference TEXT PRIMARY KEY COLLATE NOCASE,
    sale      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed_sale (
    sale   INTEGER PRIMARY KEY REFERENCES sale (key),
    sealed BLOB NOT NULL
) STRICT;

-- What may be searched in clear, by its beginning, in upper case: numbers and references.
-- These tables are searched by their words alone, so they name a sale without a foreign key,
-- which would want an index by sale; a sale is never deleted in any case.
CREATE TABLE find_text (
    text TEXT NOT NULL,
    sale INTEGER NOT NULL,
    PRIMARY KEY (text, sale)
) STRICT, WITHOUT ROWID;

-- What is personal is searched by keyed hash alone.
CREATE TABLE find_token (
    token INTEGER NOT NULL,
    sale  INTEGER NOT NULL,
    PRIMARY KEY (token, sale)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
    id     INTEGER PRIMARY KEY,
    sale   INTEGER NOT NULL REFERENCES sale (key),
    code   TEXT NOT NULL,
    field  TEXT NOT NULL,
    owner  TEXT NOT NULL CHECK (owner IN ('office', 'warehouse', 'finance', 'support')),
    since  INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE INDEX hold_of_sale ON hold (sale);
CREATE INDEX hold_by_code ON hold (code, sale);

-- Counts are kept as things change, so that reading them costs the same at any size.
CREATE TABLE tally (
    scope TEXT NOT NULL CHECK (scope IN ('state', 'owner', 'outside', 'hold')),
    word  TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (scope, word)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sale_tally_insert AFTER INSERT ON sale
BEGIN
    INSERT INTO tally (scope, word, count)
        SELECT 'state', NEW.state, 1 WHERE NEW.state IS NOT NULL
        ON CONFLICT (scope, word) DO UPDATE SET count = count + 1;
    INSERT INTO tally (scope, word, count)
        SELECT 'outside', NEW.outside, 1 WHERE NEW.outside IS NOT NULL
        ON CONFLICT (scope, word) DO UPDATE SET count = count + 1;
    INSERT INTO tally (scope, word, count)
        SELECT 'owner', NEW.owner, 1 WHERE NEW.owner IS NOT NULL
        ON CONFLICT (scope, word) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER sale_tally_update AFTER UPDATE OF state, outside, owner ON sale
WHEN OLD.state IS NOT NEW.state OR OLD.outside IS NOT NEW.outside OR OLD.owner IS NOT NEW.owner
BEGIN
    UPDATE tally SET count = count - 1
        WHERE (scope = 'state' AND word = OLD.state)
           OR (scope = 'outside' AND word = OLD.outside)
           OR (scope = 'owner' AND word = OLD.owner);
    INSERT INTO tally (scope, word, count)
        SELECT 'state', NEW.state, 1 WHERE NEW.state IS NOT NULL
        ON CONFLICT (scope, word) DO UPDATE SET count = count + 1;
    INSERT INTO tally (scope, word, count)
        SELECT 'outside', NEW.outside, 1 WHERE NEW.outside IS NOT NULL
        ON CONFLICT (scope, word) DO UPDATE SET count = count + 1;
    INSERT INTO tally (scope, word, count)
        SELECT 'owner', NEW.owner, 1 WHERE NEW.owner IS NOT NULL
        ON CONFLICT (scope, word) DO UPDATE SET count = count + 1;
END;

-- A hold code counts sales, not fields: three bad SKUs on one sale are one.
CREATE TRIGGER hold_tally_insert AFTER INSERT ON hold
WHEN NOT EXISTS (
    SELECT 1 FROM hold WHERE code = NEW.code AND sale = NEW.sale AND id <> NEW.id)
BEGIN
    INSERT INTO tally (scope, word, count) VALUES ('hold', NEW.code, 1)
        ON CONFLICT (scope, word) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER hold_tally_delete AFTER DELETE ON hold
WHEN NOT EXISTS (SELECT 1 FROM hold WHERE code = OLD.code AND sale = OLD.sale)
BEGIN
    UPDATE tally SET count = count - 1 WHERE scope = 'hold' AND word = OLD.code;
END;

CREATE TRIGGER hold_stays_put BEFORE UPDATE OF sale, code ON hold
BEGIN
    SELECT RAISE(ABORT, 'a hold is removed and made anew, never turned into another');
END;
