-- Personal data leaves with age from all that is kept of a sale, and what is left of old
-- bodies leaves later; and the journal can be narrowed by kind.

-- When a sale's personal data was masked; none while it is as it was read.
ALTER TABLE sale ADD COLUMN cleared_at INTEGER;

CREATE INDEX sale_to_clear ON sale (changed_at)
    WHERE cleared_at IS NULL
      AND (outside IS NOT NULL OR state IN ('despatched', 'cancelled'));

-- What is sealed after that is to be masked in its turn, whoever sealed it.
CREATE TRIGGER sale_sealed AFTER INSERT ON sealed_sale
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER sale_sealed_again AFTER UPDATE ON sealed_sale
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER hold_sealed AFTER INSERT ON hold
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER attempt_sealed AFTER UPDATE OF sealed_detail ON attempt
WHEN NEW.sealed_detail IS NOT NULL
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER note_sealed AFTER INSERT ON outbox WHEN NEW.sealed_note IS NOT NULL
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE TRIGGER note_sealed_again AFTER UPDATE OF sealed_note ON outbox
WHEN NEW.sealed_note IS NOT NULL
BEGIN
    UPDATE sale SET cleared_at = NULL WHERE key = NEW.sale AND cleared_at IS NOT NULL;
END;

CREATE INDEX contact_by_age ON contact (read_at);

-- How much of a body is left: 0 all of it, 1 what the mask left, 2 nothing.
ALTER TABLE payload ADD COLUMN stage INTEGER NOT NULL DEFAULT 0 CHECK (stage IN (0, 1, 2));
UPDATE payload SET stage = 1 WHERE cleared_at IS NOT NULL;
DROP INDEX payload_by_age;
CREATE INDEX payload_by_stage ON payload (stage, used_on) WHERE stage < 2;

CREATE INDEX journal_by_kind ON journal (kind);
