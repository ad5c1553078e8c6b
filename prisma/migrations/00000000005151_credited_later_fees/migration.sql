-- Fees of work after a direct hire was recorded come off what it cost, once, when the engagement is over and all of it is charged.
CREATE TABLE conversion_credit (
  conversion_id uuid PRIMARY KEY REFERENCES conversion (id),
  lab_id uuid NOT NULL REFERENCES lab (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  currency char(3) NOT NULL,
  kept_minor bigint NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  ledger_transaction_id uuid,
  credited_at timestamptz(3) NOT NULL,
  CONSTRAINT conversion_credit_paid CHECK ((ledger_transaction_id IS NOT NULL) = (amount_minor > 0))
);
COMMENT ON TABLE conversion_credit IS 'What came back to a lab of a direct hire, for the fees kept between the day that it was recorded and the end of the work. Never changed.';
COMMENT ON COLUMN conversion_credit.kept_minor IS 'Fees kept of all work of the two together by then, minor units.';
COMMENT ON COLUMN conversion_credit.amount_minor IS 'What came back to the lab''s balance, minor units; nothing where nothing was kept since.';
CREATE INDEX conversion_credit_lab_id_idx ON conversion_credit (lab_id);
CREATE INDEX conversion_credit_expert_id_idx ON conversion_credit (expert_id);
CREATE TRIGGER conversion_credit_append_only BEFORE UPDATE OR DELETE ON conversion_credit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER conversion_credit_no_truncate BEFORE TRUNCATE ON conversion_credit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON conversion_credit TO tallystick_app;
REVOKE UPDATE, DELETE, TRUNCATE ON conversion_credit FROM tallystick_app;
CREATE POLICY both_sides ON conversion_credit USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert())
  WITH CHECK (app_sees_all() OR lab_id = app_lab());
ALTER TABLE conversion_credit ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversion_credit FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON conversion_credit TO tallystick_owner USING (true) WITH CHECK (true);
