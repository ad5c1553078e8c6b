-- What it costs a lab to hire an expert directly: a published schedule with effective dates, and each conversion.
CREATE TABLE conversion_schedule (
  id uuid PRIMARY KEY,
  base_weeks integer NOT NULL CHECK (base_weeks BETWEEN 1 AND 104),
  credit_ppm integer NOT NULL CHECK (credit_ppm BETWEEN 0 AND 1000000),
  steps jsonb NOT NULL CHECK (jsonb_typeof(steps) = 'array' AND jsonb_array_length(steps) > 0 AND (steps->0->>'fromMonth')::integer = 0 AND (steps->-1->>'ppm')::integer = 0),
  effective_from timestamptz(3) NOT NULL,
  effective_to timestamptz(3),
  reason text NOT NULL,
  CONSTRAINT conversion_schedule_period CHECK (effective_to IS NULL OR effective_to > effective_from),
  CONSTRAINT conversion_schedule_no_overlap EXCLUDE USING gist (tstzrange(effective_from, effective_to) WITH &&)
);
COMMENT ON TABLE conversion_schedule IS 'What hiring directly costs, with effective dates; an engagement follows the one in force when it was signed. Every schedule falls to zero.';
COMMENT ON COLUMN conversion_schedule.base_weeks IS 'The base is the platform''s fee on so many weeks at the weekly cap.';
COMMENT ON COLUMN conversion_schedule.credit_ppm IS 'Share of the fees kept already that is taken off, parts per million.';
COMMENT ON COLUMN conversion_schedule.steps IS 'From which month since the first paid work on which share of the base is due, parts per million.';
INSERT INTO conversion_schedule (id, base_weeks, credit_ppm, steps, effective_from, reason) VALUES
  ('00000000-0000-7000-8000-000000000002', 26, 1000000,
   '[{"fromMonth": 0, "ppm": 1000000}, {"fromMonth": 3, "ppm": 750000}, {"fromMonth": 6, "ppm": 500000}, {"fromMonth": 9, "ppm": 250000}, {"fromMonth": 12, "ppm": 0}]',
   '2020-01-01T00:00:00Z', 'The first schedule: half a year of fees, falling to nothing within a year, less what was kept already.');

CREATE TABLE conversion (
  id uuid PRIMARY KEY,
  engagement_id uuid NOT NULL UNIQUE REFERENCES engagement (id) DEFERRABLE INITIALLY IMMEDIATE,
  lab_id uuid NOT NULL REFERENCES lab (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  currency char(3) NOT NULL,
  schedule_id uuid NOT NULL REFERENCES conversion_schedule (id),
  first_paid_at timestamptz(3),
  months integer NOT NULL CHECK (months >= 0),
  share_ppm integer NOT NULL CHECK (share_ppm BETWEEN 0 AND 1000000),
  base_minor bigint NOT NULL CHECK (base_minor >= 0),
  credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
  due_minor bigint NOT NULL CHECK (due_minor >= 0),
  ledger_transaction_id uuid,
  recorded_by_id uuid NOT NULL REFERENCES account (id),
  recorded_at timestamptz(3) NOT NULL,
  CONSTRAINT conversion_paid CHECK ((ledger_transaction_id IS NOT NULL) = (due_minor > 0))
);
COMMENT ON TABLE conversion IS 'A lab hires the expert of an engagement directly: what it cost by the schedule, and where the ledger has it. Never changed.';
CREATE INDEX conversion_lab_id_idx ON conversion (lab_id);
CREATE INDEX conversion_expert_id_idx ON conversion (expert_id);
CREATE INDEX charge_pair_idx ON charge (lab_id, expert_id, currency, charged_at);
CREATE TRIGGER conversion_append_only BEFORE UPDATE OR DELETE ON conversion FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER conversion_no_truncate BEFORE TRUNCATE ON conversion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT ON conversion_schedule TO tallystick_app;
GRANT SELECT, INSERT ON conversion TO tallystick_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON conversion_schedule FROM tallystick_app;
REVOKE UPDATE, DELETE, TRUNCATE ON conversion FROM tallystick_app;
CREATE POLICY both_sides ON conversion USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert())
  WITH CHECK (app_sees_all() OR lab_id = app_lab());
ALTER TABLE conversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversion FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON conversion TO tallystick_owner USING (true) WITH CHECK (true);
