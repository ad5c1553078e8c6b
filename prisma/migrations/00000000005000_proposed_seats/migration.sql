-- Who could take which seat: computed from a lab's applicants, kept with all that it was computed from, confirmed by a person.
CREATE TABLE seat_proposal (
  id uuid PRIMARY KEY,
  lab_id uuid NOT NULL REFERENCES lab (id),
  project_id uuid NOT NULL REFERENCES project (id),
  opening_id uuid REFERENCES opening (id),
  state text NOT NULL CHECK (state IN ('WAITING', 'READY', 'REFUSED', 'CONFIRMED', 'REPLACED')),
  asked_by_id uuid NOT NULL REFERENCES account (id),
  asked_at timestamptz(3) NOT NULL,
  rules jsonb NOT NULL,
  said jsonb NOT NULL,
  computed_at timestamptz(3),
  snapshot_id text,
  model_id text,
  inputs jsonb,
  result jsonb,
  gated jsonb,
  terms jsonb,
  confirmed_by_id uuid REFERENCES account (id),
  confirmed_at timestamptz(3),
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT seat_proposal_computed CHECK (state IN ('WAITING', 'REPLACED') OR
    (computed_at IS NOT NULL AND snapshot_id IS NOT NULL AND model_id IS NOT NULL AND inputs IS NOT NULL AND result IS NOT NULL AND gated IS NOT NULL)),
  CONSTRAINT seat_proposal_confirmed CHECK ((state = 'CONFIRMED') = (confirmed_at IS NOT NULL AND confirmed_by_id IS NOT NULL AND terms IS NOT NULL))
);
COMMENT ON TABLE seat_proposal IS 'Who could take which seat of an opening or of a whole project, computed from the lab''s applicants; a person confirms it.';
COMMENT ON COLUMN seat_proposal.opening_id IS 'The one opening that it is about; null where it is about all of the project.';
COMMENT ON COLUMN seat_proposal.rules IS 'What must hold: seats an expert may take, largest share of one expert in percent, seats for newcomers and for jurisdictions.';
COMMENT ON COLUMN seat_proposal.said IS 'Pairs of opening and expert that a person locked or set aside.';
COMMENT ON COLUMN seat_proposal.inputs IS 'The problem as it was solved, with every fit in it: solved again it gives the same result.';
COMMENT ON COLUMN seat_proposal.result IS 'Seats, floor, total, reasons; or the rules that cannot be met and how far one can get.';
COMMENT ON COLUMN seat_proposal.gated IS 'Applicants behind a gate, who were not put forward, each with the gate. They stay applicants.';
COMMENT ON COLUMN seat_proposal.terms IS 'Terms that were confirmed, by opening; amounts are texts of minor units.';
CREATE INDEX seat_proposal_project ON seat_proposal (project_id, asked_at DESC);
CREATE INDEX seat_proposal_lab ON seat_proposal (lab_id);
CREATE INDEX seat_proposal_opening ON seat_proposal (opening_id);
-- One proposal at a time for the same seats: asking again replaces the one before.
CREATE UNIQUE INDEX seat_proposal_current ON seat_proposal (project_id, coalesce(opening_id, '00000000-0000-0000-0000-000000000000'::uuid))
  WHERE state IN ('WAITING', 'READY', 'REFUSED');

-- What was computed and what was confirmed stays as it was.
CREATE FUNCTION keep_seat_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.lab_id, OLD.project_id, OLD.opening_id, OLD.asked_by_id, OLD.asked_at, OLD.rules, OLD.said)
     IS DISTINCT FROM (NEW.lab_id, NEW.project_id, NEW.opening_id, NEW.asked_by_id, NEW.asked_at, NEW.rules, NEW.said)
    OR (OLD.result IS NOT NULL AND (OLD.computed_at, OLD.snapshot_id, OLD.model_id, OLD.inputs, OLD.result, OLD.gated)
     IS DISTINCT FROM (NEW.computed_at, NEW.snapshot_id, NEW.model_id, NEW.inputs, NEW.result, NEW.gated))
    OR (OLD.confirmed_at IS NOT NULL AND (OLD.state, OLD.terms, OLD.confirmed_by_id, OLD.confirmed_at)
     IS DISTINCT FROM (NEW.state, NEW.terms, NEW.confirmed_by_id, NEW.confirmed_at)) THEN
    RAISE EXCEPTION 'what a seat_proposal was computed from stays as it was' USING ERRCODE = '23001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seat_proposal_kept BEFORE UPDATE ON seat_proposal FOR EACH ROW EXECUTE FUNCTION keep_seat_proposal();
CREATE TRIGGER seat_proposal_not_deleted BEFORE DELETE ON seat_proposal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seat_proposal_no_truncate BEFORE TRUNCATE ON seat_proposal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE seat_offer (
  proposal_id uuid NOT NULL REFERENCES seat_proposal (id),
  opening_id uuid NOT NULL REFERENCES opening (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  lab_id uuid NOT NULL REFERENCES lab (id),
  offer_id uuid REFERENCES offer (id),
  refusal_code text,
  refusal text,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (proposal_id, opening_id, expert_id),
  CONSTRAINT seat_offer_or_refusal CHECK ((offer_id IS NULL) = (refusal_code IS NOT NULL) AND (offer_id IS NULL) = (refusal IS NOT NULL))
);
COMMENT ON TABLE seat_offer IS 'What came of one seat of a confirmed proposal: an offer, or the refusal to make it. Never changed.';
COMMENT ON COLUMN seat_offer.refusal_code IS 'Why no offer was made, as the offer''s own check says it; null where it was made.';
CREATE INDEX seat_offer_offer ON seat_offer (offer_id);
CREATE INDEX seat_offer_expert ON seat_offer (expert_id);
CREATE INDEX seat_offer_opening ON seat_offer (opening_id);
CREATE TRIGGER seat_offer_append_only BEFORE UPDATE OR DELETE ON seat_offer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seat_offer_no_truncate BEFORE TRUNCATE ON seat_offer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A lab's own rows. Experts see their offers, not what they were weighed against.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['seat_proposal', 'seat_offer'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY own_lab ON %I USING (app_sees_all() OR lab_id = app_lab()) WITH CHECK (app_sees_all() OR lab_id = app_lab())', t);
  END LOOP;
END $$;
REVOKE DELETE, TRUNCATE ON seat_proposal FROM tallystick_app;
REVOKE UPDATE, DELETE, TRUNCATE ON seat_offer FROM tallystick_app;
GRANT SELECT, INSERT, UPDATE ON seat_proposal TO tallystick_app;
GRANT SELECT, INSERT ON seat_offer TO tallystick_app;
