-- What an expert says for the gates of place and time.
ALTER TABLE expert
  ADD COLUMN authorised_in text[] NOT NULL DEFAULT '{}',
  ADD COLUMN work_days integer[] NOT NULL DEFAULT '{}',
  ADD COLUMN work_from_minute integer NOT NULL DEFAULT 540,
  ADD COLUMN work_to_minute integer NOT NULL DEFAULT 1020,
  ADD CONSTRAINT expert_work_days_are_days CHECK (work_days <@ ARRAY[1, 2, 3, 4, 5, 6, 7]),
  ADD CONSTRAINT expert_work_minutes_are_of_a_day CHECK (
    work_from_minute BETWEEN 0 AND 1439 AND work_to_minute BETWEEN 0 AND 1439);
COMMENT ON COLUMN expert.authorised_in IS 'Countries (ISO 3166) in which the expert declares the right to work; none where they have not said.';
COMMENT ON COLUMN expert.work_days IS 'Days of the week on which the expert works, 1 is Monday; none where they have not said.';
COMMENT ON COLUMN expert.work_from_minute IS 'When the work of such a day begins: minutes from midnight in the time zone of the profile.';
COMMENT ON COLUMN expert.work_to_minute IS 'When it ends; before its begin where it goes past midnight.';

-- What an opening asks for.
ALTER TABLE opening
  ADD COLUMN is_onshore boolean NOT NULL DEFAULT false,
  ADD COLUMN needs_authorisation boolean NOT NULL DEFAULT false,
  ADD COLUMN is_exclusive boolean NOT NULL DEFAULT false,
  ADD COLUMN overlap_hours integer NOT NULL DEFAULT 0,
  ADD COLUMN overlap_zone text NOT NULL DEFAULT 'UTC',
  ADD COLUMN overlap_from_minute integer NOT NULL DEFAULT 540,
  ADD COLUMN overlap_to_minute integer NOT NULL DEFAULT 1020,
  ADD COLUMN evaluated_works text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT opening_overlap_is_of_a_week CHECK (overlap_hours BETWEEN 0 AND 60),
  ADD CONSTRAINT opening_overlap_minutes_are_of_a_day CHECK (
    overlap_from_minute BETWEEN 0 AND 1439 AND overlap_to_minute BETWEEN 0 AND 1439),
  ADD CONSTRAINT opening_evaluated_works_are_few CHECK (cardinality(evaluated_works) <= 50);
COMMENT ON COLUMN opening.is_onshore IS 'True where the work stays in the country of the lab, whatever countries are named.';
COMMENT ON COLUMN opening.needs_authorisation IS 'True where the expert must have the right to work where they are.';
COMMENT ON COLUMN opening.is_exclusive IS 'True where who does this work does none for another lab meanwhile.';
COMMENT ON COLUMN opening.overlap_hours IS 'Hours a week in which the expert must be at work within the window; 0 where none are asked for.';
COMMENT ON COLUMN opening.overlap_zone IS 'Time zone (IANA) of the window.';
COMMENT ON COLUMN opening.overlap_from_minute IS 'Begin of the window, Monday to Friday: minutes from midnight.';
COMMENT ON COLUMN opening.overlap_to_minute IS 'End of the window; before its begin where it goes past midnight.';
COMMENT ON COLUMN opening.evaluated_works IS 'Works that are evaluated, by title or DOI: who wrote one does not judge it.';

ALTER TABLE opening_credential
  ADD COLUMN issuers text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT opening_credential_issuers_are_few CHECK (cardinality(issuers) <= 10);
COMMENT ON COLUMN opening_credential.issuers IS 'Issuers of which any is accepted; every issuer where none is named.';

-- For whom experts work now. A gate asks it for a lab that must not read the engagements of others: only the gate's answer leaves the API.
CREATE FUNCTION app_running_engagements(experts uuid[])
RETURNS TABLE (expert_id uuid, lab_id uuid, is_exclusive boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT e.expert_id, e.lab_id, o.is_exclusive
  FROM engagement e JOIN opening o ON o.id = e.opening_id
  WHERE e.expert_id = ANY(experts) AND e.state <> 'ENDED'
$$;
REVOKE ALL ON FUNCTION app_running_engagements FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_running_engagements TO tallystick_app;
COMMENT ON FUNCTION app_running_engagements IS 'The running engagements of experts: their labs, and whether the work is exclusive. For the gate of exclusive work; never shown to anybody.';
