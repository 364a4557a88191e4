-- What checks are made against: maps, settings, and the vendors' lists as last read.

CREATE TABLE map (
    kind   TEXT NOT NULL CHECK (kind IN ('sku', 'service', 'carrier', 'reason')),
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    at     INTEGER NOT NULL,
    who    TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (kind, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE map_change (
    version INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL CHECK (kind IN ('sku', 'service', 'carrier', 'reason')),
    source  TEXT NOT NULL,
    before  TEXT,
    after   TEXT,
    at      INTEGER NOT NULL,
    who     TEXT NOT NULL,
    reason  TEXT NOT NULL
) STRICT;

CREATE INDEX map_change_of ON map_change (kind, source);

CREATE TABLE setting (
    version  INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    at       INTEGER NOT NULL,
    who      TEXT NOT NULL
) STRICT;

CREATE TABLE product (
    id     TEXT PRIMARY KEY,
    sku    TEXT NOT NULL,
    name   TEXT NOT NULL,
    kind   TEXT NOT NULL,
    status TEXT NOT NULL,
    cost   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
    sku         TEXT PRIMARY KEY,
    active      INTEGER NOT NULL CHECK (active IN (0, 1)),
    description TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE service (
    code       TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    active     INTEGER NOT NULL CHECK (active IN (0, 1)),
    countries  TEXT NOT NULL,
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE location (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- When each list was last read whole.
CREATE TABLE list_read (
    name TEXT PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
    customer TEXT PRIMARY KEY,
    read_at  INTEGER NOT NULL,
    sealed   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
