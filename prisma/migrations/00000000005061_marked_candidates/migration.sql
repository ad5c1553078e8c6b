-- What a lab thinks of an expert for one opening, before anybody is asked: kept in mind, or passed over with a reason.
CREATE TABLE candidate_mark (
  opening_id uuid NOT NULL REFERENCES opening (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  lab_id uuid NOT NULL REFERENCES lab (id),
  kind text NOT NULL CHECK (kind IN ('KEPT', 'PASSED_OVER')),
  reason text,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  marked_by_id uuid NOT NULL REFERENCES account (id),
  marked_at timestamptz(3) NOT NULL,
  PRIMARY KEY (opening_id, expert_id),
  CONSTRAINT candidate_mark_reason CHECK ((kind = 'PASSED_OVER') = (reason IS NOT NULL))
);
COMMENT ON TABLE candidate_mark IS 'A lab''s mark on an expert for one opening: KEPT in mind, or PASSED_OVER with a reason. Seen by that lab alone; it moves no score, there or elsewhere.';
COMMENT ON COLUMN candidate_mark.reason IS 'Code of why somebody was passed over; null where they were kept.';
CREATE INDEX candidate_mark_lab ON candidate_mark (lab_id);
CREATE INDEX candidate_mark_expert ON candidate_mark (expert_id);
ALTER TABLE candidate_mark ENABLE ROW LEVEL SECURITY;
ALTER TABLE candidate_mark FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON candidate_mark TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY own_lab ON candidate_mark USING (app_sees_all() OR lab_id = app_lab()) WITH CHECK (app_sees_all() OR lab_id = app_lab());
GRANT SELECT, INSERT, UPDATE, DELETE ON candidate_mark TO tallystick_app;
COMMENT ON COLUMN fit_outcome.kind IS 'SHOWN to the lab; INVITED; APPLIED; ACCEPTED, an offer; PASSED_OVER, on the shortlist or by a declined application; PASSED_REVIEW, time that the lab approved; FAILED_REVIEW, less time counted than was logged.';
