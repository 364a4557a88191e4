-- Despatches by when they left the warehouse, for what a day came to. The row number, by
-- which every index ends, gives the order among those of one moment.
CREATE INDEX despatch_by_at ON despatch (at);
