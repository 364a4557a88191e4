-- What a search of the compared SKUs looks through: each spelling as a line of its own, then the
-- name, all in lower case. One walk along this index finds a text wherever it stands and tells a
-- SKU that is just that, or begins so, from the rest, without a look at the wide rows themselves.
ALTER TABLE stock_line ADD COLUMN sought TEXT GENERATED ALWAYS AS (
    char(10) || lower(sku) || char(10) || lower(whistl_sku) || char(10) || char(9) || lower(name)
) VIRTUAL;
CREATE INDEX stock_line_by_sought ON stock_line (sought) WHERE gone IS NULL;
