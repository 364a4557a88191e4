-- Adjustments that Cin7 has without a document of ours: those it had already, and those that
-- come to nothing together. A count may have seen one of the latter alone.

CREATE INDEX adjustment_unwritten ON adjustment (changed_at)
    WHERE state IN ('already_in_cin7', 'recorded');

DROP INDEX adjustment_elsewhere;
