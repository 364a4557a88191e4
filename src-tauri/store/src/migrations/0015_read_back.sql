-- Reading back: whether what was posted still stands as it was posted.

-- Orders by the day the warehouse took them.
CREATE INDEX sale_by_accepted ON sale (accepted_at) WHERE accepted_at IS NOT NULL;

-- One check of the documents of some days.
CREATE TABLE read_back (
    key       INTEGER PRIMARY KEY,
    run       TEXT NOT NULL UNIQUE,
    -- The days whose documents were looked at, both included, as days since 1970.
    first_day INTEGER NOT NULL,
    last_day  INTEGER NOT NULL CHECK (last_day >= first_day),
    began     INTEGER NOT NULL,
    ended     INTEGER NOT NULL,
    -- Documents of those days, and what became of those that were chosen.
    documents INTEGER NOT NULL CHECK (documents >= 0),
    as_posted INTEGER NOT NULL CHECK (as_posted >= 0),
    differ    INTEGER NOT NULL CHECK (differ >= 0),
    not_read  INTEGER NOT NULL CHECK (not_read >= 0),
    -- Why some could not be read, or "".
    why       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX read_back_whole ON read_back (key) WHERE not_read = 0;

-- A document that does not stand as it was posted, until a later check finds that it does or
-- a person settles it.
CREATE TABLE read_back_finding (
    key      INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('shipment', 'stock', 'order')),
    -- What it is known by for ever, and what people call it.
    subject  TEXT NOT NULL,
    number   TEXT NOT NULL,
    sale     INTEGER REFERENCES sale (key),
    owner    TEXT NOT NULL CHECK (owner IN ('office', 'warehouse', 'finance', 'support')),
    -- The check that found it first, and the one that found it last.
    found    INTEGER NOT NULL REFERENCES read_back (key),
    seen     INTEGER NOT NULL REFERENCES read_back (key),
    since    INTEGER NOT NULL,
    settled_at  INTEGER,
    settled_by  TEXT NOT NULL DEFAULT '',
    settled_why TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX read_back_open ON read_back_finding (kind, subject)
    WHERE settled_at IS NULL;
CREATE INDEX read_back_settled ON read_back_finding (kind, subject, settled_at)
    WHERE settled_at IS NOT NULL;
-- A sale is looked for here whenever one is put down.
CREATE INDEX read_back_of_sale ON read_back_finding (sale) WHERE sale IS NOT NULL;

CREATE TABLE read_back_difference (
    finding INTEGER NOT NULL REFERENCES read_back_finding (key),
    number  INTEGER NOT NULL CHECK (number >= 1),
    field   TEXT NOT NULL,
    posted  TEXT NOT NULL,
    now     TEXT NOT NULL,
    PRIMARY KEY (finding, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER read_back_finding_stays BEFORE DELETE ON read_back_finding
BEGIN
    SELECT RAISE(ABORT, 'a finding is never deleted');
END;
CREATE TRIGGER read_back_finding_settled_once BEFORE UPDATE ON read_back_finding
WHEN OLD.settled_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a settled finding stays settled');
END;
