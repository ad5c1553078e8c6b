-- A charge is a line of time, or a bonus, or what was taken back of another charge. All of them are on both sides' halves.
CREATE TABLE bonus_file (
  id uuid PRIMARY KEY,
  lab_id uuid NOT NULL REFERENCES lab (id) DEFERRABLE INITIALLY IMMEDIATE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  rows_hash char(64) NOT NULL,
  bonuses integer NOT NULL CHECK (bonuses BETWEEN 1 AND 500),
  paid_by_id uuid NOT NULL REFERENCES account (id),
  paid_at timestamptz(3) NOT NULL,
  CONSTRAINT bonus_file_once UNIQUE (lab_id, rows_hash)
);
COMMENT ON TABLE bonus_file IS 'A file of bonuses that a lab paid, whole. The same rows are paid once, whatever the file is called. Never changed.';
COMMENT ON COLUMN bonus_file.rows_hash IS 'SHA-256 (hex) of the rows in their canonical form, in order of their text.';
CREATE INDEX bonus_file_paid ON bonus_file (lab_id, paid_at DESC, id DESC);

CREATE TABLE bonus (
  id uuid PRIMARY KEY,
  file_id uuid NOT NULL REFERENCES bonus_file (id) DEFERRABLE INITIALLY IMMEDIATE,
  row_number integer NOT NULL CHECK (row_number > 1),
  lab_id uuid NOT NULL REFERENCES lab (id) DEFERRABLE INITIALLY IMMEDIATE,
  expert_id uuid NOT NULL REFERENCES expert (id) DEFERRABLE INITIALLY IMMEDIATE,
  engagement_id uuid NOT NULL REFERENCES engagement (id) DEFERRABLE INITIALLY IMMEDIATE,
  currency char(3) NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300),
  CONSTRAINT bonus_row UNIQUE (file_id, row_number)
);
COMMENT ON TABLE bonus IS 'An amount that a lab gives an expert beside the hours of an engagement; charged like a line. Never changed.';
COMMENT ON COLUMN bonus.amount_minor IS 'Agreed pay of the line: fees are on top of it or taken from it, as for time.';
COMMENT ON COLUMN bonus.row_number IS 'As a spreadsheet counts rows: the header is 1.';
CREATE INDEX bonus_lab_id_idx ON bonus (lab_id);
CREATE INDEX bonus_expert_id_idx ON bonus (expert_id);
CREATE INDEX bonus_engagement_id_idx ON bonus (engagement_id);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['bonus_file', 'bonus'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_no_truncate', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tallystick_app', t);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM tallystick_app', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
CREATE POLICY own_lab ON bonus_file USING (app_sees_all() OR lab_id = app_lab()) WITH CHECK (app_sees_all() OR lab_id = app_lab());
CREATE POLICY both_sides ON bonus USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert())
  WITH CHECK (app_sees_all() OR lab_id = app_lab());

ALTER TABLE charge ADD COLUMN kind text NOT NULL DEFAULT 'TIME';
ALTER TABLE charge ADD COLUMN week_start timestamptz(3);
ALTER TABLE charge ADD COLUMN bonus_id uuid UNIQUE REFERENCES bonus (id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE charge ADD COLUMN reverses_charge_id uuid REFERENCES charge (id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE charge ALTER COLUMN time_entry_id DROP NOT NULL;
ALTER TABLE charge ALTER COLUMN timesheet_id DROP NOT NULL;
ALTER TABLE charge ADD CONSTRAINT charge_of_its_kind CHECK (CASE kind
  WHEN 'TIME' THEN time_entry_id IS NOT NULL AND timesheet_id IS NOT NULL AND week_start IS NULL AND bonus_id IS NULL AND reverses_charge_id IS NULL
  WHEN 'BONUS' THEN time_entry_id IS NULL AND timesheet_id IS NULL AND week_start IS NOT NULL AND bonus_id IS NOT NULL AND reverses_charge_id IS NULL AND seconds = 0
  WHEN 'REVERSAL' THEN time_entry_id IS NULL AND timesheet_id IS NULL AND week_start IS NOT NULL AND bonus_id IS NULL AND reverses_charge_id IS NOT NULL
  ELSE false END);
ALTER TABLE charge ADD CONSTRAINT charge_week CHECK (week_start = date_trunc('week', week_start, 'UTC'));
ALTER TABLE charge DROP CONSTRAINT charge_not_negative;
ALTER TABLE charge ADD CONSTRAINT charge_of_its_sign CHECK (rate_minor_per_hour > 0 AND CASE kind
  WHEN 'REVERSAL' THEN agreed_minor <= 0 AND price_minor < 0 AND pay_minor <= 0 AND fee_minor <= 0 AND seconds <= 0
  ELSE agreed_minor >= 0 AND pay_minor >= 0 AND fee_minor >= 0 AND seconds >= 0 END);
CREATE INDEX charge_reverses_idx ON charge (reverses_charge_id) WHERE reverses_charge_id IS NOT NULL;
COMMENT ON TABLE charge IS 'One charged line: approved time, a bonus, or what was taken back of another. price = pay + fee, with every input of the sum. Never changed.';
COMMENT ON COLUMN charge.kind IS 'TIME, BONUS or REVERSAL; the amounts of a reversal are below zero.';
COMMENT ON COLUMN charge.week_start IS 'Of a line that is not time: the week in which it was charged, Monday 00:00 UTC. Time has the week of its sheet.';
