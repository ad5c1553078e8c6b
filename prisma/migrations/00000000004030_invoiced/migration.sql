-- A lab may pay later: within a credit limit, by invoice, against a purchase order of its own.

-- Of its own kind, so that a limit on it never stops what must be booked: a payment that the bank took back is owed, too.
INSERT INTO ledger.account_kind (kind, normal, balance_mode, floor) VALUES ('lab_invoiced', 'D', 'sync', 0);
CREATE OR REPLACE FUNCTION ledger.set_ceiling(wanted text, limit_minor bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  opened bigint;
BEGIN
  IF wanted NOT LIKE 'lab_invoiced:%' THEN RAISE EXCEPTION 'only what a lab owes by invoice has a limit' USING ERRCODE = '22023'; END IF;
  opened := open_account(wanted);
  UPDATE balance SET ceiling = limit_minor WHERE account_id = opened;
END $$;

CREATE TABLE credit_terms (
  lab_id uuid NOT NULL REFERENCES lab (id) DEFERRABLE INITIALLY IMMEDIATE,
  currency char(3) NOT NULL,
  limit_minor bigint NOT NULL CHECK (limit_minor >= 0),
  due_days smallint NOT NULL CHECK (due_days BETWEEN 1 AND 90),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  set_by_id uuid NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY IMMEDIATE,
  set_at timestamptz(3) NOT NULL,
  PRIMARY KEY (lab_id, currency)
);
COMMENT ON TABLE credit_terms IS 'How much a lab may owe in a currency, minor units, and in how many days it pays. The ledger holds the limit as a ceiling; earlier terms are in the journal.';

CREATE TABLE purchase_order (
  id uuid PRIMARY KEY,
  lab_id uuid NOT NULL REFERENCES lab (id) DEFERRABLE INITIALLY IMMEDIATE,
  number text NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
  currency char(3) NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  invoiced_minor bigint NOT NULL DEFAULT 0 CHECK (invoiced_minor >= 0),
  ends_on date,
  created_by_id uuid NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY IMMEDIATE,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT purchase_order_number UNIQUE (lab_id, number),
  CONSTRAINT purchase_order_burn_down CHECK (invoiced_minor <= amount_minor)
);
COMMENT ON TABLE purchase_order IS 'What a lab''s own purchasing has allowed, minor units, and how much of it was invoiced. Never more than the order.';

CREATE TABLE invoice_year (year smallint PRIMARY KEY, last int NOT NULL CHECK (last >= 0));
COMMENT ON TABLE invoice_year IS 'The last number given in a year: invoices are numbered without a gap.';

CREATE TABLE invoice (
  id uuid PRIMARY KEY,
  lab_id uuid NOT NULL REFERENCES lab (id) DEFERRABLE INITIALLY IMMEDIATE,
  number text NOT NULL,
  currency char(3) NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  purchase_order_id uuid REFERENCES purchase_order (id) DEFERRABLE INITIALLY IMMEDIATE,
  state text NOT NULL CHECK (state IN ('OPEN', 'PAID', 'VOID')),
  issued_at timestamptz(3) NOT NULL,
  due_on date NOT NULL,
  paid_at timestamptz(3),
  reminders smallint NOT NULL DEFAULT 0 CHECK (reminders BETWEEN 0 AND 4),
  ledger_transaction_id uuid NOT NULL,
  requested_by_id uuid NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY IMMEDIATE,
  version int NOT NULL DEFAULT 0,
  CONSTRAINT invoice_number UNIQUE (number),
  CHECK ((state = 'PAID') = (paid_at IS NOT NULL))
);
COMMENT ON TABLE invoice IS 'Money that a lab has at once and pays until a day. Its amount and number never change.';
COMMENT ON COLUMN invoice.reminders IS 'How many of the four reminders were sent: before the day, on it, a week and two weeks after.';
CREATE INDEX invoice_lab ON invoice (lab_id, issued_at DESC, id);
CREATE INDEX invoice_purchase_order ON invoice (purchase_order_id);
CREATE INDEX invoice_open ON invoice (due_on, id) WHERE state = 'OPEN';

ALTER TABLE funding ADD COLUMN invoice_id uuid REFERENCES invoice (id) DEFERRABLE INITIALLY IMMEDIATE;
COMMENT ON COLUMN funding.invoice_id IS 'The invoice that this payment is for.';
CREATE INDEX funding_invoice ON funding (invoice_id) WHERE invoice_id IS NOT NULL;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['credit_terms', 'purchase_order', 'invoice'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO tallystick_app', t);
    EXECUTE format('CREATE POLICY own_lab ON %I USING (app_sees_all() OR lab_id = app_lab()) WITH CHECK (app_sees_all() OR lab_id = app_lab())', t);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON invoice_year TO tallystick_app;
