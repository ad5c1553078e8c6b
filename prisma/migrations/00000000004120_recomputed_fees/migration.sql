-- Each time that every fee was worked out again, and what was found.
CREATE TABLE take_rate_run (
  id uuid PRIMARY KEY,
  asked_by_id uuid REFERENCES account (id),
  started_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3) NOT NULL CHECK (finished_at >= started_at),
  looked integer NOT NULL CHECK (looked >= 0),
  drifted integer NOT NULL CHECK (drifted BETWEEN 0 AND looked),
  by_class jsonb NOT NULL CHECK (jsonb_typeof(by_class) = 'object'),
  findings jsonb NOT NULL CHECK (jsonb_typeof(findings) = 'array')
);
COMMENT ON TABLE take_rate_run IS 'One recompute of every fee from its kept inputs, with its policy resolved again. Written when it is done, never changed.';
COMMENT ON COLUMN take_rate_run.asked_by_id IS 'Who asked for it; null for the nightly one.';
COMMENT ON COLUMN take_rate_run.looked IS 'How many charges were looked at.';
COMMENT ON COLUMN take_rate_run.drifted IS 'How many of them are not what they should be.';
COMMENT ON COLUMN take_rate_run.by_class IS 'How many findings of each class: MISSING, CURRENCY, POLICY, CODE, ROUNDING, OVERRIDE.';
COMMENT ON COLUMN take_rate_run.findings IS 'The first 200 findings: charge, class, sentence.';
CREATE INDEX take_rate_run_finished_at_idx ON take_rate_run (finished_at DESC, id DESC);
CREATE TRIGGER take_rate_run_append_only BEFORE UPDATE OR DELETE ON take_rate_run FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER take_rate_run_no_truncate BEFORE TRUNCATE ON take_rate_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON take_rate_run TO tallystick_app;
REVOKE UPDATE, DELETE, TRUNCATE ON take_rate_run FROM tallystick_app;
CREATE POLICY staff ON take_rate_run USING (app_sees_all()) WITH CHECK (app_sees_all());
ALTER TABLE take_rate_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE take_rate_run FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON take_rate_run TO tallystick_owner USING (true) WITH CHECK (true);
