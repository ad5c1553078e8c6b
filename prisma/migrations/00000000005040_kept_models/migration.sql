-- What each part of a fit counts, as data: every model that ever scored is kept, and the newest switch says which is in force.
CREATE TABLE match_model (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
  content jsonb NOT NULL,
  added_by_id uuid REFERENCES account (id),
  added_at timestamptz(3) NOT NULL,
  CONSTRAINT match_model_named CHECK (content ->> 'id' = name AND content ->> 'hash' = hash)
);
COMMENT ON TABLE match_model IS 'A model of matching: weights, window, metrics and hash as one JSON. Never changed, so that an old fit can be computed again.';
COMMENT ON COLUMN match_model.name IS 'The id within the content, which stands in every answer.';
COMMENT ON COLUMN match_model.added_by_id IS 'Who added it; null where a release brought it.';
CREATE TRIGGER match_model_append_only BEFORE UPDATE OR DELETE ON match_model FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER match_model_no_truncate BEFORE TRUNCATE ON match_model FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE match_model_switch (
  id uuid PRIMARY KEY,
  place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  model_id uuid NOT NULL REFERENCES match_model (id),
  kind text NOT NULL CHECK (kind IN ('RELEASE', 'APPROVED', 'BACK')),
  reason text NOT NULL,
  by_id uuid REFERENCES account (id),
  approval_request_id uuid REFERENCES approval_request (id),
  at timestamptz(3) NOT NULL,
  CONSTRAINT match_model_switch_approved CHECK ((kind = 'APPROVED') = (approval_request_id IS NOT NULL)),
  CONSTRAINT match_model_switch_by CHECK ((kind = 'RELEASE') = (by_id IS NULL))
);
COMMENT ON TABLE match_model_switch IS 'Which model is in force since when; the newest row decides.';
COMMENT ON COLUMN match_model_switch.place IS 'Their order; two may fall into one millisecond.';
COMMENT ON COLUMN match_model_switch.kind IS 'RELEASE: the product brought it. APPROVED: one asked and another approved. BACK: one person went back to a model that was in force before.';
CREATE INDEX match_model_switch_model ON match_model_switch (model_id);
CREATE TRIGGER match_model_switch_append_only BEFORE UPDATE OR DELETE ON match_model_switch FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER match_model_switch_no_truncate BEFORE TRUNCATE ON match_model_switch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One person alone goes back only to what two agreed on, or a release brought, before.
CREATE FUNCTION check_match_model_switch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'BACK' AND NOT EXISTS (SELECT 1 FROM match_model_switch WHERE model_id = NEW.model_id) THEN
    RAISE EXCEPTION 'this model was never in force' USING ERRCODE = '23001', CONSTRAINT = 'match_model_switch_back';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER match_model_switch_back BEFORE INSERT ON match_model_switch FOR EACH ROW EXECUTE FUNCTION check_match_model_switch();

-- For staff and the product itself.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['match_model', 'match_model_switch'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY staff ON %I USING (app_sees_all()) WITH CHECK (app_sees_all())', t);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM tallystick_app', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tallystick_app', t);
  END LOOP;
END $$;

-- What is needed to compute a stored fit again: its parts are there already.
ALTER TABLE shortlist ADD COLUMN model_hash text;
ALTER TABLE recommendation_state ADD COLUMN model_id text, ADD COLUMN model_hash text;
COMMENT ON COLUMN shortlist.model_hash IS 'The hash of the model that scored it; null where it was scored before models were kept.';
COMMENT ON COLUMN recommendation_state.model_hash IS 'The hash of the model that scored them; null where they were scored before models were kept.';
