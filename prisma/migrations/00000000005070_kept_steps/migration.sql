-- How the sum of contributions became a score, and what it takes to compute it again.
ALTER TABLE fit ADD COLUMN steps jsonb;
COMMENT ON COLUMN fit.score IS 'The score of the pair, 0 to 1: it means the same for every opening and both sides read it.';
COMMENT ON COLUMN fit.steps IS 'From the sum of contributions to the score: linear, average, ahead, chance, interest; and how the place came about: evenness, isKeptPlace, propensity. Null where it was scored before these were kept.';
ALTER TABLE recommendation ADD COLUMN steps jsonb;
COMMENT ON COLUMN recommendation.steps IS 'From the sum of contributions to the score: linear, average, ahead, chance, interest. Null where it was scored before these were kept.';
ALTER TABLE shortlist ADD COLUMN averages jsonb;
COMMENT ON COLUMN shortlist.averages IS 'The value of each part on average over the experts of the snapshot, 0 to 1; null where it was scored before these were kept.';
ALTER TABLE fit_outcome ADD COLUMN averages jsonb;
COMMENT ON COLUMN fit_outcome.averages IS 'The averages of the opening then, see shortlist; null where they were not kept.';
ALTER TABLE fit_outcome ADD COLUMN interest double precision CHECK (interest >= 0 AND interest <= 1);
COMMENT ON COLUMN fit_outcome.interest IS 'What was in it for the expert then, 0 to 1; null where it was not kept.';
-- Sheets of a week are read by expert for what is known of how they work.
CREATE INDEX timesheet_charged ON timesheet (week_start) WHERE state = 'CHARGED';

-- How experts work, counted from everybody's weeks by a job, so that who is indexed need not be compared with all others.
CREATE TABLE track_record (
  expert_id uuid PRIMARY KEY REFERENCES expert (id),
  quality double precision NOT NULL CHECK (quality >= 0 AND quality <= 1),
  timeliness double precision NOT NULL CHECK (timeliness >= 0 AND timeliness <= 1),
  weeks integer NOT NULL CHECK (weeks >= 0),
  exposure double precision NOT NULL CHECK (exposure >= 0),
  counted_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE track_record IS 'How an expert works and was shown, as matching reads it. No lab reads it: what one lab thought of somebody is seen by no other.';
COMMENT ON COLUMN track_record.quality IS 'How often their weeks pass as logged, 0 to 1, leaning on what is known of everybody.';
COMMENT ON COLUMN track_record.timeliness IS 'How often their weeks are handed in within two days, 0 to 1, leaning on nine of ten.';
COMMENT ON COLUMN track_record.weeks IS 'Weeks of work that were charged.';
COMMENT ON COLUMN track_record.exposure IS 'How often they were shown to labs in the last 28 days, as a multiple of an even share.';
ALTER TABLE track_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE track_record FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON track_record TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY staff_only ON track_record USING (app_sees_all()) WITH CHECK (app_sees_all());
GRANT SELECT, INSERT, UPDATE, DELETE ON track_record TO tallystick_app;

DROP FUNCTION app_running_engagements(uuid[]);
CREATE FUNCTION app_running_engagements(experts uuid[])
RETURNS TABLE (expert_id uuid, lab_id uuid, is_exclusive boolean, weekly_cap_seconds integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT e.expert_id, e.lab_id, o.is_exclusive, e.weekly_cap_seconds
  FROM engagement e JOIN opening o ON o.id = e.opening_id
  WHERE e.expert_id = ANY(experts) AND e.state <> 'ENDED'
$$;
REVOKE ALL ON FUNCTION app_running_engagements FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_running_engagements TO tallystick_app;
COMMENT ON FUNCTION app_running_engagements IS 'The running engagements of experts: their labs, whether the work is exclusive, and how many seconds a week it may take. For the gate of exclusive work and the hours that are free; never shown to anybody.';
