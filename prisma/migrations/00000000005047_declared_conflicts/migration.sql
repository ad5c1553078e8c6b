-- Names of organisations that are only alike are a question for the expert who works at one of them. What they declare is kept for good,
-- and so is what a person at the lab decides on it.
CREATE TABLE conflict_declaration (
  id uuid PRIMARY KEY,
  expert_id uuid NOT NULL REFERENCES expert (id),
  lab_id uuid NOT NULL REFERENCES lab (id),
  opening_id uuid NOT NULL REFERENCES opening (id),
  organisation text NOT NULL CHECK (length(organisation) BETWEEN 1 AND 200),
  competitor text NOT NULL CHECK (length(competitor) BETWEEN 1 AND 200),
  belongs_to text[] NOT NULL CHECK (cardinality(belongs_to) <= 10),
  words text NOT NULL CHECK (length(words) BETWEEN 10 AND 1000),
  answer text NOT NULL CHECK (answer IN ('NO', 'YES', 'UNSETTLED')),
  declared_by_id uuid NOT NULL REFERENCES account (id),
  declared_at timestamptz(3) NOT NULL,
  -- A pair is asked of once.
  CONSTRAINT conflict_declaration_pair UNIQUE (expert_id, lab_id, organisation, competitor)
);
COMMENT ON TABLE conflict_declaration IS 'What an expert declared of an organisation at which they work, whose name is like that of a competitor of a lab. Written once. The expert is not told which competitor it is.';
COMMENT ON COLUMN conflict_declaration.opening_id IS 'The opening for which it was asked; it holds for all of the lab''s.';
COMMENT ON COLUMN conflict_declaration.organisation IS 'Where the expert works, as their profile says it.';
COMMENT ON COLUMN conflict_declaration.competitor IS 'The competitor whose name is alike, as the lab wrote it then.';
COMMENT ON COLUMN conflict_declaration.belongs_to IS 'Owners and other names of the organisation, as the expert says; none where it stands alone.';
COMMENT ON COLUMN conflict_declaration.words IS 'Who owns it, in a sentence of the expert.';
COMMENT ON COLUMN conflict_declaration.answer IS 'What belongs_to says of the competitor: YES, it is among them; NO, nothing like it is; UNSETTLED, something alike is, and a person at the lab decides.';
CREATE INDEX conflict_declaration_lab ON conflict_declaration (lab_id, declared_at DESC, id DESC);
-- An opening of a draft goes with its draft: that none was asked for it is looked up.
CREATE INDEX conflict_declaration_opening ON conflict_declaration (opening_id);

CREATE TABLE conflict_decision (
  place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  declaration_id uuid NOT NULL REFERENCES conflict_declaration (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  lab_id uuid NOT NULL REFERENCES lab (id),
  is_conflict boolean NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 10 AND 1000),
  decided_by_id uuid NOT NULL REFERENCES account (id),
  decided_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE conflict_decision IS 'That a person at a lab looked at a declaration, and what they decided. Written once; the newest of a declaration counts.';
COMMENT ON COLUMN conflict_decision.place IS 'Their order; two may fall into one millisecond.';
COMMENT ON COLUMN conflict_decision.is_conflict IS 'True: the expert is not engaged. False: they may be, whatever the declaration said.';
COMMENT ON COLUMN conflict_decision.reason IS 'Read by the lab and by the expert.';
CREATE INDEX conflict_decision_newest ON conflict_decision (declaration_id, place DESC);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['conflict_declaration', 'conflict_decision'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY both_sides ON %I USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert()) WITH CHECK (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert())', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO tallystick_app', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_append_only', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_no_truncate', name);
  END LOOP;
END $$;

-- For the gate, whoever asks: it must say the same to both sides, and to the index.
CREATE FUNCTION app_declared_conflicts(experts uuid[])
RETURNS TABLE (expert_id uuid, lab_id uuid, organisation text, competitor text, standing text, declared_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.expert_id, d.lab_id, d.organisation, d.competitor,
    CASE newest.is_conflict WHEN true THEN 'RAISED' WHEN false THEN 'CLEARED' ELSE d.answer END, d.declared_at
  FROM conflict_declaration d
  LEFT JOIN LATERAL (
    SELECT c.is_conflict FROM conflict_decision c WHERE c.declaration_id = d.id ORDER BY c.place DESC LIMIT 1
  ) newest ON true
  WHERE d.expert_id = ANY(experts)
  ORDER BY d.expert_id, d.declared_at, d.id
$$;
REVOKE ALL ON FUNCTION app_declared_conflicts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_declared_conflicts TO tallystick_app;
COMMENT ON FUNCTION app_declared_conflicts IS 'How it stands with what experts declared of organisations whose names are like those of labs'' competitors. For the gate of conflicts alone; never shown as it is.';

-- A lab's list of competitors changed: its openings are scored anew.
CREATE INDEX IF NOT EXISTS opening_open_of_lab ON opening (lab_id, id) WHERE state = 'OPEN';
