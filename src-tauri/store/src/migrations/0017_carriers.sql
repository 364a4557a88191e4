-- Carriers: by which one a despatch went, and which one is behind a service, so that what
-- waits or fails can be held against what comes through meanwhile.

-- The warehouse's code of the one carrier that all its parcels went by; "" where they name
-- none or several, and of what was kept before this was until it is read again.
ALTER TABLE despatch ADD COLUMN carrier TEXT NOT NULL DEFAULT '';

-- What is still to be told, by carrier.
CREATE INDEX despatch_open_by_carrier ON despatch (carrier, received)
    WHERE state IN ('waiting', 'posting', 'unclear');

-- What waits for a person, by whose it is, why, and carrier.
CREATE INDEX despatch_exceptions_by_carrier ON despatch (owner, reason, carrier, received)
    WHERE state = 'exception';

-- The warehouse's code of the carrier behind a service; "" until the list is read again.
ALTER TABLE service ADD COLUMN carrier TEXT NOT NULL DEFAULT '';
