-- A decision on a claim carries a code beside its sentence, so that reasons can be counted and compared.
ALTER TABLE verification ADD COLUMN reason_code text;
COMMENT ON COLUMN verification.reason_code IS 'Why a person decided so, as a code; null for a check by rule.';
