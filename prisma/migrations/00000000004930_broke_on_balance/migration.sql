-- Balances of the rail and the ledger that differ by more than single breaks explain are a break of their own.
ALTER TABLE reconciliation_break DROP CONSTRAINT reconciliation_break_class_check;
ALTER TABLE reconciliation_break ADD CONSTRAINT reconciliation_break_class_check
  CHECK (class IN ('MISSING_IN_LEDGER', 'MISSING_IN_RAIL', 'AMOUNT_DIFF', 'CURRENCY_DIFF', 'DUPLICATE', 'TIMING', 'BALANCE'));
COMMENT ON COLUMN reconciliation_break.about IS 'The movement, or the ledger transaction, that it is about: one break for each. Of a balance: its currency and the break itself.';
CREATE INDEX reconciliation_break_balance ON reconciliation_break (currency, found_at DESC) WHERE class = 'BALANCE';
