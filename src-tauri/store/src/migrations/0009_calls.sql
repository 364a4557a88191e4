-- What Today counts: calls by kind of work, how the vendors answered of late, orders the
-- warehouse took by the hour, and what needs someone; and which codes orders are held for.
-- All of it is kept as things change, so that reading costs the same at any size.

-- What a call was for; none where it was noted before this was kept.
ALTER TABLE vendor_call ADD COLUMN lane TEXT;

-- How a vendor answered, by five minutes since 1970. "busy" are refusals for rate, which
-- are no failures.
CREATE TABLE vendor_span (
    vendor   TEXT NOT NULL,
    span     INTEGER NOT NULL,
    calls    INTEGER NOT NULL,
    failed   INTEGER NOT NULL,
    busy     INTEGER NOT NULL,
    took_ms  INTEGER NOT NULL,
    worst_ms INTEGER NOT NULL,
    PRIMARY KEY (vendor, span)
) STRICT, WITHOUT ROWID;

-- Orders by the quarter of an hour since 1970 in which the warehouse first accepted them:
-- the hours of every time zone are made of quarters.
CREATE TABLE accepted_quarter (
    quarter INTEGER PRIMARY KEY,
    count   INTEGER NOT NULL
) STRICT;

INSERT INTO accepted_quarter (quarter, count)
    SELECT accepted_at / 900000, COUNT(*) FROM sale WHERE accepted_at IS NOT NULL GROUP BY 1;

CREATE TRIGGER sale_accepted AFTER UPDATE OF accepted_at ON sale
WHEN OLD.accepted_at IS NULL AND NEW.accepted_at IS NOT NULL
BEGIN
    INSERT INTO accepted_quarter (quarter, count) VALUES (NEW.accepted_at / 900000, 1)
        ON CONFLICT (quarter) DO UPDATE SET count = count + 1;
END;

-- The code of a sale's first hold: an order with several counts under that one.
ALTER TABLE sale ADD COLUMN cause TEXT;

UPDATE sale SET cause = (SELECT h.code FROM hold AS h WHERE h.sale = key ORDER BY h.id LIMIT 1)
    WHERE key IN (SELECT h.sale FROM hold AS h);

CREATE INDEX sale_by_cause ON sale (state, cause, ship_by) WHERE owner IS NOT NULL;

-- Orders that need someone, by what decides how urgent they are. Empty and 0 stand for
-- none. Whoever an order was given to by hand has it, in whichever order the triggers that
-- see to that come.
CREATE TABLE need (
    state   TEXT NOT NULL,
    cause   TEXT NOT NULL,
    owner   TEXT NOT NULL,
    ship_by INTEGER NOT NULL,
    put_off INTEGER NOT NULL CHECK (put_off IN (0, 1)),
    count   INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (state, cause, owner, ship_by, put_off)
) STRICT, WITHOUT ROWID;

INSERT INTO need (state, cause, owner, ship_by, put_off, count)
    SELECT COALESCE(state, ''), COALESCE(cause, ''), COALESCE(assigned, owner),
           COALESCE(ship_by, 0), put_off_until IS NOT NULL, COUNT(*)
    FROM sale WHERE owner IS NOT NULL GROUP BY 1, 2, 3, 4, 5;

CREATE TRIGGER sale_need_insert AFTER INSERT ON sale WHEN NEW.owner IS NOT NULL
BEGIN
    INSERT INTO need (state, cause, owner, ship_by, put_off, count)
        VALUES (COALESCE(NEW.state, ''), COALESCE(NEW.cause, ''),
                COALESCE(NEW.assigned, NEW.owner), COALESCE(NEW.ship_by, 0),
                NEW.put_off_until IS NOT NULL, 1)
        ON CONFLICT (state, cause, owner, ship_by, put_off) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER sale_need_update
AFTER UPDATE OF state, cause, owner, assigned, ship_by, put_off_until ON sale
WHEN (OLD.owner IS NOT NULL OR NEW.owner IS NOT NULL)
 AND (OLD.state IS NOT NEW.state OR OLD.cause IS NOT NEW.cause
      OR OLD.owner IS NOT NEW.owner OR OLD.assigned IS NOT NEW.assigned
      OR OLD.ship_by IS NOT NEW.ship_by
      OR (OLD.put_off_until IS NULL) IS NOT (NEW.put_off_until IS NULL))
BEGIN
    UPDATE need SET count = count - 1
        WHERE OLD.owner IS NOT NULL
          AND state = COALESCE(OLD.state, '') AND cause = COALESCE(OLD.cause, '')
          AND owner = COALESCE(OLD.assigned, OLD.owner) AND ship_by = COALESCE(OLD.ship_by, 0)
          AND put_off = (OLD.put_off_until IS NOT NULL);
    DELETE FROM need
        WHERE OLD.owner IS NOT NULL
          AND state = COALESCE(OLD.state, '') AND cause = COALESCE(OLD.cause, '')
          AND owner = COALESCE(OLD.assigned, OLD.owner) AND ship_by = COALESCE(OLD.ship_by, 0)
          AND put_off = (OLD.put_off_until IS NOT NULL) AND count = 0;
    INSERT INTO need (state, cause, owner, ship_by, put_off, count)
        SELECT COALESCE(NEW.state, ''), COALESCE(NEW.cause, ''),
               COALESCE(NEW.assigned, NEW.owner), COALESCE(NEW.ship_by, 0),
               NEW.put_off_until IS NOT NULL, 1
        WHERE NEW.owner IS NOT NULL
        ON CONFLICT (state, cause, owner, ship_by, put_off) DO UPDATE SET count = count + 1;
END;

-- The SKU or shipping method an order is held for: a code of the trade, never personal, so
-- that orders can be found by what they wait for. All else a hold says stays sealed.
ALTER TABLE hold ADD COLUMN held_for TEXT;

CREATE INDEX hold_by_code_held_for ON hold (code, held_for, sale) WHERE held_for IS NOT NULL;
