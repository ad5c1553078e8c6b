-- The root over the charged lines of a week, signed. A week whose lines are charged later gets a new version; none is ever changed.
CREATE TABLE signed_week (
  id uuid PRIMARY KEY,
  engagement_id uuid NOT NULL REFERENCES engagement (id),
  lab_id uuid NOT NULL REFERENCES lab (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  week_start timestamptz(3) NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  number integer NOT NULL CHECK (number > 0),
  lines integer NOT NULL CHECK (lines > 0),
  currency text NOT NULL,
  price_minor bigint NOT NULL,
  pay_minor bigint NOT NULL,
  fee_minor bigint NOT NULL,
  root text NOT NULL CHECK (root ~ '^[0-9a-f]{64}$'),
  key_id text NOT NULL,
  signature text NOT NULL,
  signed_at timestamptz(3) NOT NULL,
  UNIQUE (engagement_id, number),
  UNIQUE (engagement_id, week_start, version),
  CONSTRAINT signed_week_adds_up CHECK (price_minor = pay_minor + fee_minor)
);
COMMENT ON TABLE signed_week IS 'What both halves of a tally are held against: the signed root over the charged lines of one week. Appended to, never changed.';
COMMENT ON COLUMN signed_week.week_start IS 'Monday 00:00 UTC.';
COMMENT ON COLUMN signed_week.version IS 'From 1 for each week; a later one covers lines that were charged later, and names the root of the one before.';
COMMENT ON COLUMN signed_week.number IS 'From 1 for each engagement, in the order of signing.';
COMMENT ON COLUMN signed_week.root IS 'SHA-256 chained over the hashes of the lines, hex.';
COMMENT ON COLUMN signed_week.signature IS 'JWS, compact, ES256; its payload names engagement, week, version, root, sums and the hash of each line.';
COMMENT ON COLUMN signed_week.key_id IS 'The key that signed: RFC 7638 thumbprint.';
CREATE TRIGGER signed_week_append_only BEFORE UPDATE OR DELETE ON signed_week FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signed_week_no_truncate BEFORE TRUNCATE ON signed_week FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON signed_week TO tallystick_app;
CREATE POLICY both_sides ON signed_week USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert())
  WITH CHECK (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert());
CREATE POLICY owner_sees_all ON signed_week TO tallystick_owner USING (true) WITH CHECK (true);
ALTER TABLE signed_week ENABLE ROW LEVEL SECURITY;
ALTER TABLE signed_week FORCE ROW LEVEL SECURITY;
