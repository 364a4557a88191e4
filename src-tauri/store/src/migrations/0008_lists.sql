-- The window's lists of orders: under which tab each order is, in an order that an index has
-- already, and how many there are under each.

-- Each order past the trigger is under one tab. Those that need someone are under that one,
-- wherever they are.
ALTER TABLE sale ADD COLUMN tab TEXT GENERATED ALWAYS AS (
    CASE
        WHEN state IS NULL THEN NULL
        WHEN owner IS NOT NULL OR state IN ('held', 'rejected', 'blocked') THEN 'needs_you'
        WHEN state IN ('waiting', 'sending', 'unclear') THEN 'waiting'
        WHEN state IN ('at_warehouse', 'part_despatched') THEN 'at_warehouse'
        ELSE state
    END) VIRTUAL;

-- All that such a list is narrowed by is in the index, so that no order is read for it.
CREATE INDEX sale_needing ON sale (tab, ship_by, owner, channel, put_off_until)
    WHERE tab = 'needs_you';

DROP INDEX sale_by_age;
CREATE INDEX sale_by_age ON sale (state, changed_at, owner, channel) WHERE state IS NOT NULL;

-- Orders by tab and sales channel; those put off by hand for themselves.
CREATE TABLE listed (
    tab     TEXT NOT NULL,
    put_off INTEGER NOT NULL CHECK (put_off IN (0, 1)),
    channel TEXT NOT NULL,
    count   INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (tab, put_off, channel)
) STRICT, WITHOUT ROWID;

INSERT INTO listed (tab, put_off, channel, count)
    SELECT tab, put_off_until IS NOT NULL, channel, COUNT(*) FROM sale
    WHERE tab IS NOT NULL GROUP BY 1, 2, 3;

CREATE TRIGGER sale_listed_insert AFTER INSERT ON sale WHEN NEW.tab IS NOT NULL
BEGIN
    INSERT INTO listed (tab, put_off, channel, count)
        VALUES (NEW.tab, NEW.put_off_until IS NOT NULL, NEW.channel, 1)
        ON CONFLICT (tab, put_off, channel) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER sale_listed_update AFTER UPDATE OF state, owner, channel, put_off_until ON sale
WHEN OLD.tab IS NOT NEW.tab OR OLD.channel IS NOT NEW.channel
    OR (OLD.put_off_until IS NULL) <> (NEW.put_off_until IS NULL)
BEGIN
    UPDATE listed SET count = count - 1
        WHERE tab = OLD.tab AND put_off = (OLD.put_off_until IS NOT NULL)
          AND channel = OLD.channel;
    INSERT INTO listed (tab, put_off, channel, count)
        SELECT NEW.tab, NEW.put_off_until IS NOT NULL, NEW.channel, 1
        WHERE NEW.tab IS NOT NULL
        ON CONFLICT (tab, put_off, channel) DO UPDATE SET count = count + 1;
END;
