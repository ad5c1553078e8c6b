-- Groups that experts volunteer, so that it can be told whether matching favours some. Nothing that scores, lists or exports reads them:
-- the application sees a row only as its own expert, and everybody else only the counts of the function below.
CREATE TABLE volunteered_group (
  expert_id uuid PRIMARY KEY REFERENCES expert (id) ON DELETE CASCADE,
  sex text CHECK (sex IN ('FEMALE', 'MALE', 'OTHER')),
  ethnicity text CHECK (ethnicity IN ('HISPANIC', 'WHITE', 'BLACK', 'PACIFIC', 'ASIAN', 'NATIVE', 'SEVERAL')),
  consented_at timestamptz(3) NOT NULL,
  CONSTRAINT volunteered_group_says_something CHECK (sex IS NOT NULL OR ethnicity IS NOT NULL)
);
COMMENT ON TABLE volunteered_group IS 'Groups that an expert volunteered, with consent, for counting how evenly matching treats them. Erased when it is withdrawn and with the expert; read by its own expert alone, and by app_group_outcomes, which gives counts.';
COMMENT ON COLUMN volunteered_group.ethnicity IS 'The categories of the EEO-1 report (US).';
COMMENT ON COLUMN volunteered_group.consented_at IS 'When the expert consented to its being counted.';
ALTER TABLE volunteered_group ENABLE ROW LEVEL SECURITY;
ALTER TABLE volunteered_group FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON volunteered_group TO tallystick_owner USING (true) WITH CHECK (true);
-- Not app_sees_all(): neither staff nor the workers that score see who volunteered what.
CREATE POLICY own_expert ON volunteered_group USING (expert_id = app_expert()) WITH CHECK (expert_id = app_expert());
GRANT SELECT, INSERT, UPDATE, DELETE ON volunteered_group TO tallystick_app;

-- Counts by group of experts whom labs may see. No group of fewer than ten leaves it, nor what came of fewer than ten who were shown.
CREATE FUNCTION app_group_outcomes(since timestamptz)
RETURNS TABLE (question text, answer text, experts int, shown int, invited int, engaged int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH answers AS (
    SELECT g.expert_id, q.question, q.answer
    FROM volunteered_group g JOIN expert e ON e.id = g.expert_id AND e.state = 'ACTIVE' AND e.is_visible_to_labs,
    LATERAL (VALUES ('SEX', g.sex), ('ETHNICITY', g.ethnicity), ('BOTH', g.sex || '/' || g.ethnicity)) q (question, answer)
    WHERE q.answer IS NOT NULL
  ), came AS (
    SELECT o.expert_id, bool_or(o.kind = 'SHOWN') AS shown, bool_or(o.kind = 'INVITED') AS invited, bool_or(o.kind = 'ACCEPTED') AS engaged
    FROM fit_outcome o WHERE o.at >= since AND o.kind IN ('SHOWN', 'INVITED', 'ACCEPTED')
      AND o.expert_id IN (SELECT expert_id FROM volunteered_group)
    GROUP BY o.expert_id
  ), counted AS (
    SELECT a.question, a.answer, count(*)::int AS experts, (count(*) FILTER (WHERE c.shown))::int AS shown,
      (count(*) FILTER (WHERE c.shown AND c.invited))::int AS invited, (count(*) FILTER (WHERE c.shown AND c.engaged))::int AS engaged
    FROM answers a LEFT JOIN came c ON c.expert_id = a.expert_id GROUP BY a.question, a.answer HAVING count(*) >= 10
  )
  SELECT question, answer, experts, shown, CASE WHEN shown >= 10 THEN invited END, CASE WHEN shown >= 10 THEN engaged END
  FROM counted ORDER BY question, answer
$$;
REVOKE ALL ON FUNCTION app_group_outcomes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_group_outcomes TO tallystick_app;
COMMENT ON FUNCTION app_group_outcomes IS 'Of each volunteered group of ten or more experts whom labs may see: how many there are, were shown since an instant, and of those shown were invited or engaged. For impact ratios; gives no row of anybody.';
