-- What we mean to tell a vendor, and each try at telling.

CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    sale          INTEGER NOT NULL REFERENCES sale (key),
    kind          TEXT NOT NULL CHECK (kind IN ('submit', 'withdraw')),
    -- ready: to be sent; sending: begun; unclear: to be looked up; looking: look-up begun;
    -- parked: waits for a person; closed: done with.
    state         TEXT NOT NULL CHECK (state IN
                      ('ready', 'sending', 'unclear', 'looking', 'parked', 'closed')),
    reference     TEXT NOT NULL,
    body          INTEGER REFERENCES payload (id),
    sealed_note   BLOB,
    fingerprint   BLOB CHECK (fingerprint IS NULL OR length(fingerprint) = 32),
    due           INTEGER NOT NULL,
    -- Order of sending (R23): withdrawals, then ship-by, then service, then the order's age.
    urgency       INTEGER NOT NULL,
    ship_by       INTEGER NOT NULL,
    service_rank  INTEGER NOT NULL,
    age           INTEGER NOT NULL,
    attempt       INTEGER NOT NULL DEFAULT 0,
    failures      INTEGER NOT NULL DEFAULT 0,
    first_failed  INTEGER,
    looks         INTEGER NOT NULL DEFAULT 0,
    unclear_since INTEGER,
    outcome       TEXT NOT NULL DEFAULT '',
    CHECK (state NOT IN ('unclear', 'looking') OR unclear_since IS NOT NULL)
) STRICT;

-- At most one open entry for each sale and kind: a second cannot even be written (P1).
CREATE UNIQUE INDEX outbox_open ON outbox (sale, kind) WHERE state <> 'closed';
CREATE INDEX outbox_of_sale ON outbox (sale);
CREATE INDEX outbox_to_send ON outbox (urgency, ship_by, service_rank, age, id)
    WHERE state = 'ready';
CREATE INDEX outbox_by_due ON outbox (state, due) WHERE state IN ('ready', 'unclear');
CREATE INDEX outbox_body ON outbox (body) WHERE state <> 'closed';

CREATE TABLE attempt (
    id            INTEGER PRIMARY KEY,
    outbox        INTEGER NOT NULL REFERENCES outbox (id),
    sale          INTEGER NOT NULL REFERENCES sale (key),
    number        INTEGER NOT NULL CHECK (number >= 1),
    step          TEXT NOT NULL CHECK (step IN ('submit', 'look_up', 'withdraw')),
    reference     TEXT NOT NULL,
    began         INTEGER NOT NULL,
    ended         INTEGER,
    outcome       TEXT NOT NULL DEFAULT '',
    sealed_detail BLOB
) STRICT;

CREATE INDEX attempt_of_sale ON attempt (sale);
CREATE INDEX attempt_of_outbox ON attempt (outbox);
-- One try of an entry at a time, and no two submissions of a sale under one number.
CREATE UNIQUE INDEX attempt_begun ON attempt (outbox) WHERE ended IS NULL;
CREATE UNIQUE INDEX attempt_number ON attempt (sale, number) WHERE step = 'submit';
