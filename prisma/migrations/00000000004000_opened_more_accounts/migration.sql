-- More of the chart of accounts: credit and its limit, claims, disputes, taxes kept back, and money that nobody has claimed yet.

-- A credit account may not rise above its ceiling: what a lab owes, what it has asked for but not paid.
ALTER TABLE ledger.balance ADD COLUMN ceiling bigint;
ALTER TABLE ledger.balance ADD CONSTRAINT available_below_ceiling CHECK (ceiling IS NULL OR CASE sign
  WHEN -1 THEN credits_posted - debits_posted + credits_pending
  ELSE debits_posted - credits_posted + debits_pending END <= ceiling);
COMMENT ON COLUMN ledger.balance.ceiling IS 'Above what its balance may not rise, minor units; pending inflow counts. For a lab that pays later: its credit limit.';

INSERT INTO ledger.account_kind (kind, normal, balance_mode, floor) VALUES
  ('bank', 'D', 'sync', NULL),
  ('lab_receivable', 'D', 'sync', 0),
  ('expert_receivable', 'D', 'sync', 0),
  ('dispute_clearing', 'D', 'sync', NULL),
  ('dispute_loss', 'D', 'lazy', NULL),
  ('tax_withheld', 'C', 'sync', 0),
  ('unapplied_cash', 'C', 'sync', 0),
  ('rounding', 'C', 'lazy', NULL);
