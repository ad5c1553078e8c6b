-- The rail beside the ledger: each movement that the rail tells of, the ledger transaction that it is, and what does not fit.
CREATE TABLE rail_movement (
  id text PRIMARY KEY,
  subject_id text,
  category text NOT NULL,
  currency text NOT NULL,
  amount_minor bigint NOT NULL,
  fee_minor bigint NOT NULL,
  net_minor bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  ledger_transaction_id uuid UNIQUE REFERENCES ledger.ledger_transaction (id)
);
COMMENT ON TABLE rail_movement IS 'One movement on the balance at the rail, as the rail tells it, with the ledger transaction that it was matched with: one to one.';
CREATE INDEX rail_movement_unmatched ON rail_movement (ledger_transaction_id, created_at);
CREATE INDEX rail_movement_newest ON rail_movement (created_at DESC);

CREATE TABLE reconciliation_run (
  id uuid PRIMARY KEY,
  asked_by_id uuid,
  started_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3) NOT NULL,
  watermark timestamptz(3) NOT NULL,
  looked int NOT NULL,
  matched int NOT NULL,
  open_breaks int NOT NULL,
  proofs jsonb NOT NULL
);
COMMENT ON TABLE reconciliation_run IS 'One comparison of the rail with the ledger. Written when it is done, never changed.';
COMMENT ON COLUMN reconciliation_run.proofs IS 'By currency: what the ledger and the rail say of the balance, pending and available, minor units.';
CREATE INDEX reconciliation_run_newest ON reconciliation_run (finished_at DESC, id DESC);
CREATE TRIGGER reconciliation_run_append_only BEFORE UPDATE OR DELETE ON reconciliation_run FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reconciliation_run_no_truncate BEFORE TRUNCATE ON reconciliation_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE reconciliation_break (
  id uuid PRIMARY KEY,
  about text NOT NULL UNIQUE,
  class text NOT NULL CHECK (class IN ('MISSING_IN_LEDGER', 'MISSING_IN_RAIL', 'AMOUNT_DIFF', 'CURRENCY_DIFF', 'DUPLICATE', 'TIMING')),
  state text NOT NULL CHECK (state IN ('OPEN', 'CLEARED', 'RESOLVED')),
  movement_id text,
  ledger_transaction_id uuid,
  currency text NOT NULL,
  rail_minor bigint,
  ledger_minor bigint,
  found_at timestamptz(3) NOT NULL,
  owner_id uuid REFERENCES account (id),
  ended_at timestamptz(3),
  resolved_by_id uuid REFERENCES account (id),
  reason text
);
COMMENT ON TABLE reconciliation_break IS 'Something that the rail and the ledger do not say alike. It clears by itself when they do, or a person resolves it with a reason.';
COMMENT ON COLUMN reconciliation_break.about IS 'The movement, or the ledger transaction, that it is about: one break for each.';
CREATE INDEX reconciliation_break_found ON reconciliation_break (found_at DESC, id DESC);
CREATE INDEX reconciliation_break_state ON reconciliation_break (state, found_at DESC);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['rail_movement', 'reconciliation_run', 'reconciliation_break'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY staff ON %I USING (app_sees_all()) WITH CHECK (app_sees_all())', t);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON %I FROM tallystick_app', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tallystick_app', t);
  END LOOP;
END $$;
GRANT UPDATE ON rail_movement, reconciliation_break TO tallystick_app;
REVOKE UPDATE ON reconciliation_run FROM tallystick_app;
