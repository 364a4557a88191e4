-- The journal: append-only, numbered without gaps, each entry's hash chained to the last.

-- Words that come back again and again, so that an entry holds a number for each.
CREATE TABLE word (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO word (id, text) VALUES (1, '');

-- Bodies of requests and responses, one row for equal ones. "hash" is over the plain body
-- and stays when the body is masked with age. "used_on" is the last day of use, in days
-- since 1970.
CREATE TABLE payload (
    id         INTEGER PRIMARY KEY,
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    used_on    INTEGER NOT NULL,
    cleared_at INTEGER,
    sealed     BLOB NOT NULL
) STRICT;

-- A prefix finds the row, the whole hash decides: the index stays small.
CREATE INDEX payload_by_hash ON payload (substr(hash, 1, 6));
CREATE INDEX payload_by_age ON payload (used_on) WHERE cleared_at IS NULL;

CREATE TABLE journal (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    kind        INTEGER NOT NULL REFERENCES word (id),
    vendor      INTEGER NOT NULL REFERENCES word (id),
    direction   INTEGER NOT NULL REFERENCES word (id),
    operation   INTEGER NOT NULL REFERENCES word (id),
    who         INTEGER NOT NULL REFERENCES word (id),
    outcome     INTEGER NOT NULL REFERENCES word (id),
    sale        INTEGER REFERENCES sale (key),
    subject     TEXT NOT NULL,
    attempt     INTEGER NOT NULL,
    status      INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    text        TEXT NOT NULL,
    request     INTEGER REFERENCES payload (id),
    response    INTEGER REFERENCES payload (id),
    hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX journal_of_sale ON journal (sale) WHERE sale IS NOT NULL;
CREATE INDEX journal_by_time ON journal (at);
CREATE INDEX journal_by_outcome ON journal (outcome);

CREATE TRIGGER journal_no_gap BEFORE INSERT ON journal
WHEN NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM journal)
BEGIN
    SELECT RAISE(ABORT, 'journal entries are numbered without gaps');
END;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER word_no_update BEFORE UPDATE ON word
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER word_no_delete BEFORE DELETE ON word
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER payload_keeps_hash BEFORE UPDATE OF id, hash ON payload
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER payload_no_delete BEFORE DELETE ON payload
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
