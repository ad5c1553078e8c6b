-- What a recompute of all fees found is a list of its own, so that it can be filtered, paged through and taken away whole.
CREATE TABLE fee_drift (
  run_id uuid NOT NULL REFERENCES take_rate_run (id),
  place integer NOT NULL CHECK (place >= 1),
  charge_id uuid NOT NULL REFERENCES charge (id) DEFERRABLE INITIALLY IMMEDIATE,
  kind text NOT NULL CHECK (kind IN ('MISSING', 'CURRENCY', 'POLICY', 'CODE', 'ROUNDING', 'OVERRIDE')),
  sentence text NOT NULL,
  PRIMARY KEY (run_id, place)
);
COMMENT ON TABLE fee_drift IS 'What a recompute of all fees found, in the order in which it did, at most 10,000 of a run. Written with the run, never changed.';
CREATE INDEX fee_drift_charge_id_idx ON fee_drift (charge_id);

INSERT INTO fee_drift (run_id, place, charge_id, kind, sentence)
SELECT r.id, f.place, (f.finding->>'chargeId')::uuid, f.finding->>'kind', f.finding->>'sentence'
FROM take_rate_run r CROSS JOIN LATERAL jsonb_array_elements(r.findings) WITH ORDINALITY AS f (finding, place)
WHERE EXISTS (SELECT 1 FROM charge c WHERE c.id = (f.finding->>'chargeId')::uuid);
ALTER TABLE take_rate_run DROP COLUMN findings;

CREATE TRIGGER fee_drift_append_only BEFORE UPDATE OR DELETE ON fee_drift FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fee_drift_no_truncate BEFORE TRUNCATE ON fee_drift FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON fee_drift TO tallystick_app;
REVOKE UPDATE, DELETE, TRUNCATE ON fee_drift FROM tallystick_app;
CREATE POLICY staff ON fee_drift USING (app_sees_all()) WITH CHECK (app_sees_all());
ALTER TABLE fee_drift ENABLE ROW LEVEL SECURITY;
ALTER TABLE fee_drift FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON fee_drift TO tallystick_owner USING (true) WITH CHECK (true);
