-- Staff suspend an expert, with notice where nobody is in danger; the expert appeals, and somebody else decides.
CREATE TABLE expert_suspension (
  id uuid PRIMARY KEY,
  expert_id uuid NOT NULL REFERENCES expert (id),
  rule text NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 10 AND 2000),
  state text NOT NULL,
  decided_by_id uuid NOT NULL REFERENCES account (id),
  decided_at timestamptz(3) NOT NULL,
  takes_effect_at timestamptz(3) NOT NULL,
  appeal text CHECK (length(appeal) BETWEEN 10 AND 4000),
  appealed_at timestamptz(3),
  upheld_by_id uuid REFERENCES account (id),
  upheld_at timestamptz(3),
  uphold_reason text,
  lifted_by_id uuid REFERENCES account (id),
  lifted_at timestamptz(3),
  lift_reason text,
  version integer NOT NULL DEFAULT 0,
  CONSTRAINT expert_suspension_in_order CHECK (takes_effect_at >= decided_at),
  CONSTRAINT expert_suspension_appealed CHECK ((appeal IS NULL) = (appealed_at IS NULL) AND (upheld_at IS NULL OR appealed_at IS NOT NULL)),
  -- Who decides on an appeal against a decision is not who made it.
  CONSTRAINT expert_suspension_upheld_by_other CHECK (upheld_by_id <> decided_by_id),
  CONSTRAINT expert_suspension_lifted CHECK ((state = 'LIFTED') = (lifted_at IS NOT NULL))
);
COMMENT ON TABLE expert_suspension IS 'A decision of a person that an expert may not take new work and that running work waits; with notice, reasons and appeal. Money for approved work is paid all the same.';
COMMENT ON COLUMN expert_suspension.rule IS 'Which rule was broken, a code of SUSPENSION_RULES.';
COMMENT ON COLUMN expert_suspension.state IS 'ANNOUNCED, IN_FORCE or LIFTED.';
COMMENT ON COLUMN expert_suspension.takes_effect_at IS 'At once where people, identity or the law are in danger; else 14 days after the decision.';
COMMENT ON COLUMN expert_suspension.appeal IS 'What the expert answers; null where they did not appeal.';
COMMENT ON COLUMN expert_suspension.upheld_at IS 'When another person decided on the appeal that it stays.';
COMMENT ON COLUMN expert_suspension.lifted_by_id IS 'Who lifted it; null where no decision on the appeal came in time.';
CREATE UNIQUE INDEX expert_suspension_open ON expert_suspension (expert_id) WHERE state <> 'LIFTED';
CREATE INDEX expert_suspension_decided ON expert_suspension (decided_at DESC, id DESC);
CREATE INDEX expert_suspension_expert ON expert_suspension (expert_id, decided_at DESC);

ALTER TABLE expert_suspension ENABLE ROW LEVEL SECURITY;
ALTER TABLE expert_suspension FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON expert_suspension TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY own_expert ON expert_suspension USING (app_sees_all() OR expert_id = app_expert())
  WITH CHECK (app_sees_all() OR expert_id = app_expert());
GRANT SELECT, INSERT ON expert_suspension TO tallystick_app;
GRANT UPDATE (state, appeal, appealed_at, upheld_by_id, upheld_at, uphold_reason, lifted_by_id, lifted_at, lift_reason, version)
  ON expert_suspension TO tallystick_app;
