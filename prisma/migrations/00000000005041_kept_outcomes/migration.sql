-- What came of a fit: what matching learns from, and what an old ranking is computed again from.
CREATE TABLE fit_outcome (
  opening_id uuid NOT NULL REFERENCES opening (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  kind text NOT NULL CHECK (kind IN ('SHOWN', 'INVITED', 'APPLIED', 'ACCEPTED', 'PASSED_OVER', 'PASSED_REVIEW', 'FAILED_REVIEW')),
  lab_id uuid NOT NULL REFERENCES lab (id),
  at timestamptz(3) NOT NULL,
  rank integer CHECK (rank > 0),
  score double precision,
  parts jsonb,
  snapshot_id text,
  model_id text,
  model_hash text,
  propensity double precision NOT NULL CHECK (propensity > 0 AND propensity <= 1),
  PRIMARY KEY (opening_id, expert_id, kind),
  CONSTRAINT fit_outcome_scored CHECK ((score IS NULL) = (parts IS NULL) AND (score IS NULL) = (model_hash IS NULL)
    AND (rank IS NULL OR score IS NOT NULL)),
  CONSTRAINT fit_outcome_shown CHECK (kind <> 'SHOWN' OR rank IS NOT NULL)
);
COMMENT ON TABLE fit_outcome IS 'What came of an expert''s fit for an opening, each kind once: what matching learns from. Never changed.';
COMMENT ON COLUMN fit_outcome.kind IS 'SHOWN to the lab; INVITED; APPLIED; ACCEPTED, an offer; PASSED_OVER, an application that the lab declined; PASSED_REVIEW, time that the lab approved; FAILED_REVIEW, less time counted than was logged.';
COMMENT ON COLUMN fit_outcome.rank IS 'Its place on the shortlist then; null where it was not on it.';
COMMENT ON COLUMN fit_outcome.parts IS 'Name, value and weight of each part of the score then; null where it was not scored. With the model they give the score again.';
COMMENT ON COLUMN fit_outcome.propensity IS 'How probable it was to be shown at that place: 1 where the order follows from the scores alone.';
CREATE INDEX fit_outcome_at ON fit_outcome (kind, at);
CREATE INDEX fit_outcome_lab ON fit_outcome (lab_id);
CREATE INDEX fit_outcome_expert ON fit_outcome (expert_id);
CREATE TRIGGER fit_outcome_append_only BEFORE UPDATE OR DELETE ON fit_outcome FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fit_outcome_no_truncate BEFORE TRUNCATE ON fit_outcome FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A lab's own rows. Experts do not see whom they were weighed against; other labs do not see what came of it here.
ALTER TABLE fit_outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE fit_outcome FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON fit_outcome TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY own_lab ON fit_outcome USING (app_sees_all() OR lab_id = app_lab()) WITH CHECK (app_sees_all() OR lab_id = app_lab());
REVOKE UPDATE, DELETE, TRUNCATE ON fit_outcome FROM tallystick_app;
GRANT SELECT, INSERT ON fit_outcome TO tallystick_app;
