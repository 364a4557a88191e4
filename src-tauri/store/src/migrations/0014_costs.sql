-- What one was worth at each comparison, so that a month's figures can be made again later as
-- they were: a line keeps only the last cost. None is known of comparisons before this step.
ALTER TABLE stock_history ADD COLUMN unit_cost INTEGER;

-- The comparisons of a span of time.
CREATE INDEX reconciliation_by_read ON reconciliation (read_at);

-- What one sells for, by Cin7's first price tier; 0 where it gives none.
ALTER TABLE product ADD COLUMN price TEXT NOT NULL DEFAULT '0';
