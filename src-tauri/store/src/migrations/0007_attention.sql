-- What needs someone: alerts and their lives, orders put off or given to another owner by
-- hand, notes on orders, how long each owner had what, and what each day came to.

-- An alert is known by its cause and by what it is about. Its row is that of its last life;
-- the earlier ones are in the journal. Nothing here is personal.
CREATE TABLE alert (
    code            TEXT NOT NULL,
    subject         TEXT NOT NULL,
    level           TEXT NOT NULL CHECK (level IN ('urgent', 'needs_someone', 'information')),
    owner           TEXT NOT NULL CHECK (owner IN ('office', 'warehouse', 'finance', 'support')),
    text            TEXT NOT NULL,
    opened_at       INTEGER NOT NULL,
    count           INTEGER NOT NULL,
    peak            INTEGER NOT NULL,
    taken_by        TEXT NOT NULL DEFAULT '',
    taken_at        INTEGER,
    -- How often it was shown in this life, when last, and how much of it that told.
    noticed         INTEGER NOT NULL DEFAULT 0 CHECK (noticed >= 0),
    last_noticed_at INTEGER,
    noticed_count   INTEGER NOT NULL DEFAULT 0,
    noticed_came    INTEGER NOT NULL DEFAULT 0,
    escalated_at    INTEGER,
    closed_at       INTEGER,
    -- Seconds from opened to closed.
    lasted          INTEGER,
    -- When its end was shown.
    end_noticed_at  INTEGER,
    PRIMARY KEY (code, subject),
    CHECK ((closed_at IS NULL) = (lasted IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_by_end ON alert (closed_at);

-- The owner a sale was given to by hand, while it needs someone; and until when it is put
-- off. It still counts as open.
ALTER TABLE sale ADD COLUMN assigned TEXT
    CHECK (assigned IN ('office', 'warehouse', 'finance', 'support'));
ALTER TABLE sale ADD COLUMN put_off_until INTEGER;

CREATE INDEX sale_assigned ON sale (owner) WHERE assigned IS NOT NULL;
CREATE INDEX sale_put_off ON sale (owner, state) WHERE put_off_until IS NOT NULL;
-- What goes by itself, by when it must have gone.
CREATE INDEX sale_to_leave ON sale (ship_by)
    WHERE state IN ('waiting', 'sending', 'unclear') AND ship_by IS NOT NULL AND owner IS NULL;

-- How many sales ever came to be in a state that needs that owner. Only ever grows, so
-- that one that came is not hidden by another that went.
CREATE TABLE came (
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (state, owner)
) STRICT, WITHOUT ROWID;

INSERT INTO came (state, owner, count)
    SELECT COALESCE(state, ''), owner, COUNT(*) FROM sale WHERE owner IS NOT NULL GROUP BY 1, 2;

CREATE TRIGGER sale_came_insert AFTER INSERT ON sale WHEN NEW.owner IS NOT NULL
BEGIN
    INSERT INTO came (state, owner, count) VALUES (COALESCE(NEW.state, ''), NEW.owner, 1)
        ON CONFLICT (state, owner) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER sale_came_update AFTER UPDATE OF state, owner ON sale
WHEN NEW.owner IS NOT NULL AND (OLD.owner IS NOT NEW.owner OR OLD.state IS NOT NEW.state)
BEGIN
    INSERT INTO came (state, owner, count) VALUES (COALESCE(NEW.state, ''), NEW.owner, 1)
        ON CONFLICT (state, owner) DO UPDATE SET count = count + 1;
END;

CREATE TABLE put_off (
    sale   INTEGER PRIMARY KEY REFERENCES sale (key),
    until  INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    who    TEXT NOT NULL,
    -- Why; gone with age.
    sealed BLOB
) STRICT;

CREATE INDEX put_off_by_until ON put_off (until);

CREATE TABLE note (
    id        INTEGER PRIMARY KEY,
    sale      INTEGER NOT NULL REFERENCES sale (key),
    at        INTEGER NOT NULL,
    who       TEXT NOT NULL,
    for_owner TEXT CHECK (for_owner IN ('office', 'warehouse', 'finance', 'support')),
    -- What it says; gone with age.
    sealed    BLOB
) STRICT;

CREATE INDEX note_of_sale ON note (sale);

CREATE TRIGGER put_off_sealed AFTER INSERT ON put_off
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER put_off_sealed_again AFTER UPDATE OF sealed ON put_off WHEN NEW.sealed IS NOT NULL
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER sale_note_sealed AFTER INSERT ON note
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

-- Whose turn it is with a sale, and since when. A change of owner is put down at once, and
-- its time is counted at the next look, since a trigger knows no clock of ours.
CREATE TABLE turn (
    sale  INTEGER PRIMARY KEY REFERENCES sale (key),
    owner TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;

CREATE TABLE turn_moved (
    sale INTEGER PRIMARY KEY
) STRICT;

INSERT INTO turn_moved (sale) SELECT key FROM sale WHERE owner IS NOT NULL;

CREATE TRIGGER sale_turn_insert AFTER INSERT ON sale WHEN NEW.owner IS NOT NULL
BEGIN
    INSERT INTO turn_moved (sale) VALUES (NEW.key) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER sale_turn_update AFTER UPDATE OF owner ON sale WHEN OLD.owner IS NOT NEW.owner
BEGIN
    INSERT INTO turn_moved (sale) VALUES (NEW.key) ON CONFLICT DO NOTHING;
END;

-- Turns under way: how many, and the sum of the seconds since 1970 at which they began.
CREATE TABLE turn_open (
    owner TEXT PRIMARY KEY,
    count INTEGER NOT NULL CHECK (count >= 0),
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER turn_begins AFTER INSERT ON turn
BEGIN
    INSERT INTO turn_open (owner, count, since) VALUES (NEW.owner, 1, NEW.since / 1000)
        ON CONFLICT (owner) DO UPDATE SET count = count + 1, since = since + excluded.since;
END;

CREATE TRIGGER turn_ends AFTER DELETE ON turn
BEGIN
    UPDATE turn_open SET count = count - 1, since = since - OLD.since / 1000
        WHERE owner = OLD.owner;
END;

-- Turns that ended, by owner and day since 1970.
CREATE TABLE spent (
    owner   TEXT NOT NULL,
    day     INTEGER NOT NULL,
    turns   INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    PRIMARY KEY (owner, day)
) STRICT, WITHOUT ROWID;

-- What the runs of a day came to, by the merchant's own days since 1970.
CREATE TABLE day_count (
    day   INTEGER NOT NULL,
    word  TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, word)
) STRICT, WITHOUT ROWID;
