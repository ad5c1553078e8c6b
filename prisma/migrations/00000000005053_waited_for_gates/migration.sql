-- The gates of an engagement are asked again when it starts, and those that must hold each day as long as it runs.
ALTER TABLE engagement ADD COLUMN begun_at timestamptz(3);
COMMENT ON COLUMN engagement.begun_at IS 'When its gates were passed on or after its first day, so that time can be logged; null before.';
-- What runs already had its gates asked when it was signed.
UPDATE engagement SET begun_at = greatest(signed_at, starts_on::timestamptz) WHERE starts_on <= current_date;
GRANT UPDATE (begun_at) ON engagement TO tallystick_app;
CREATE INDEX engagement_to_begin ON engagement (starts_on) WHERE begun_at IS NULL AND state <> 'ENDED';

CREATE TABLE engagement_wait (
  id uuid PRIMARY KEY,
  engagement_id uuid NOT NULL REFERENCES engagement (id),
  lab_id uuid NOT NULL REFERENCES lab (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  gate text NOT NULL,
  for_lab text NOT NULL,
  for_expert text NOT NULL,
  began_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  CONSTRAINT engagement_wait_in_order CHECK (ended_at >= began_at)
);
COMMENT ON TABLE engagement_wait IS 'A time in which work waits, because a gate of its opening is not passed. Time in it is not logged; what was logged before is paid, and nobody is removed by it.';
COMMENT ON COLUMN engagement_wait.gate IS 'The gate that is not passed: CREDENTIAL, SUSPENDED, CONFLICT and so on.';
COMMENT ON COLUMN engagement_wait.for_lab IS 'What is missing, in the words for the lab.';
COMMENT ON COLUMN engagement_wait.for_expert IS 'What is missing and how to mend it, in the words for the expert.';
COMMENT ON COLUMN engagement_wait.began_at IS 'From when on no time is logged; it may lie ahead.';
COMMENT ON COLUMN engagement_wait.ended_at IS 'When it was mended, or the engagement ended; null as long as the work waits.';
CREATE UNIQUE INDEX engagement_wait_open ON engagement_wait (engagement_id) WHERE ended_at IS NULL;
CREATE INDEX engagement_wait_engagement ON engagement_wait (engagement_id, began_at);

ALTER TABLE engagement_wait ENABLE ROW LEVEL SECURITY;
ALTER TABLE engagement_wait FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON engagement_wait TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY both_sides ON engagement_wait
  USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert())
  WITH CHECK (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert());
GRANT SELECT, INSERT ON engagement_wait TO tallystick_app;
GRANT UPDATE (gate, for_lab, for_expert, began_at, ended_at) ON engagement_wait TO tallystick_app;
