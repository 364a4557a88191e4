-- How far we have read, how the vendors are, what ran, and when nothing was watched.

CREATE TABLE cursor (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    epoch TEXT NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE vendor (
    name          TEXT PRIMARY KEY,
    last_good     INTEGER,
    last_bad      INTEGER,
    failures      INTEGER NOT NULL,
    failing_since INTEGER,
    paused_until  INTEGER,
    stopped       TEXT NOT NULL,
    last_fault    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Calls of the last minutes, in nanoseconds, so that no restart passes a vendor's limit.
CREATE TABLE vendor_call (
    id     INTEGER PRIMARY KEY,
    vendor TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE INDEX vendor_call_by_time ON vendor_call (vendor, at);

CREATE TABLE run (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL,
    started  INTEGER NOT NULL,
    finished INTEGER,
    outcome  TEXT NOT NULL CHECK (outcome IN ('', 'finished', 'partial', 'failed', 'stopped')),
    counts   TEXT NOT NULL,
    calls    TEXT NOT NULL,
    faults   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX run_by_start ON run (started);
CREATE INDEX run_by_kind ON run (kind, started);

-- Seconds from authorised to accepted, by day since 1970 and upper bound.
CREATE TABLE latency (
    day   INTEGER NOT NULL,
    bound INTEGER NOT NULL,
    count INTEGER NOT NULL,
    worst INTEGER NOT NULL,
    PRIMARY KEY (day, bound)
) STRICT, WITHOUT ROWID;

CREATE TABLE gap (
    id    INTEGER PRIMARY KEY,
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    cause TEXT NOT NULL
) STRICT;

CREATE INDEX gap_by_end ON gap (ended);
