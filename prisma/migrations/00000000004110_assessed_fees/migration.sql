-- Take rates of several parts, frozen whole; one immutable assessment for each side of each charged line; counters for tiers and caps.

-- Tiers, fixed amounts, minimums and caps beside the percentages: in the policy, and frozen with the terms.
ALTER TABLE take_rate_policy ADD COLUMN fee_parts jsonb CHECK (jsonb_typeof(fee_parts) = 'object');
ALTER TABLE offer ADD COLUMN fee_parts jsonb CHECK (jsonb_typeof(fee_parts) = 'object');
ALTER TABLE engagement ADD COLUMN fee_parts jsonb CHECK (jsonb_typeof(fee_parts) = 'object');
ALTER TABLE charge ADD COLUMN fee_parts jsonb CHECK (jsonb_typeof(fee_parts) = 'object');
COMMENT ON COLUMN take_rate_policy.fee_parts IS 'Tiers, fixed amounts, minimums and caps beside the percentages, by side, with the currency of their amounts; null in a policy of percentages.';
COMMENT ON COLUMN offer.fee_parts IS 'As take_rate_policy.fee_parts, frozen when the offer was sent.';
COMMENT ON COLUMN engagement.fee_parts IS 'As offer.fee_parts, frozen at signing.';
COMMENT ON COLUMN charge.fee_parts IS 'As engagement.fee_parts: what the line was charged by.';

-- A scope has the ids that are its own and no other, so that no overlap hides behind an id that means nothing. A policy covers both sides.
ALTER TABLE take_rate_policy ADD CONSTRAINT take_rate_policy_whom CHECK (CASE scope
  WHEN 'DEFAULT' THEN num_nonnulls(lab_id, project_id, expert_id) = 0
  WHEN 'PROMO' THEN num_nonnulls(lab_id, project_id, expert_id) = 0 AND effective_to IS NOT NULL
  WHEN 'LAB' THEN lab_id IS NOT NULL AND num_nonnulls(project_id, expert_id) = 0
  WHEN 'PROJECT' THEN num_nonnulls(lab_id, project_id) = 2 AND expert_id IS NULL
  WHEN 'LAB_EXPERT' THEN num_nonnulls(lab_id, expert_id) = 2 AND project_id IS NULL
  ELSE false END);
ALTER TABLE take_rate_policy ADD CONSTRAINT take_rate_policy_rounding CHECK (rounding IN ('HALF_EVEN', 'HALF_UP'));
ALTER TABLE take_rate_policy ADD CONSTRAINT take_rate_policy_project_id_fkey FOREIGN KEY (project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE take_rate_policy ADD CONSTRAINT take_rate_policy_expert_id_fkey FOREIGN KEY (expert_id) REFERENCES expert (id) DEFERRABLE INITIALLY IMMEDIATE;
CREATE INDEX take_rate_policy_resolved ON take_rate_policy (lab_id, effective_from DESC);
CREATE INDEX take_rate_policy_project_id_idx ON take_rate_policy (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX take_rate_policy_expert_id_idx ON take_rate_policy (expert_id) WHERE expert_id IS NOT NULL;

-- Lifetime billings of a lab and an expert: moves the counter by what is agreed on a line, and keeps its row locked until
-- the transaction ends. The first line of a pair begins with the sum of what was charged before there was a counter.
CREATE TABLE billed_total (
  lab_id uuid NOT NULL REFERENCES lab (id),
  expert_id uuid NOT NULL REFERENCES expert (id),
  currency char(3) NOT NULL,
  agreed_minor bigint NOT NULL CHECK (agreed_minor >= 0),
  PRIMARY KEY (lab_id, expert_id, currency)
);
COMMENT ON TABLE billed_total IS 'Agreed pay of all lines that a lab was ever charged for an expert, minor units: what tiers are counted by.';
CREATE INDEX billed_total_expert_id_idx ON billed_total (expert_id);
CREATE FUNCTION count_billed(for_lab uuid, for_expert uuid, in_currency text, minor bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  total bigint;
BEGIN
  UPDATE billed_total SET agreed_minor = agreed_minor + minor
    WHERE lab_id = for_lab AND expert_id = for_expert AND currency = in_currency RETURNING agreed_minor INTO total;
  IF NOT FOUND THEN
    INSERT INTO billed_total AS b (lab_id, expert_id, currency, agreed_minor)
      SELECT for_lab, for_expert, in_currency, minor + coalesce(sum(c.agreed_minor), 0) FROM charge c
      WHERE c.expert_id = for_expert AND c.lab_id = for_lab AND c.currency = in_currency
      ON CONFLICT (lab_id, expert_id, currency) DO UPDATE SET agreed_minor = b.agreed_minor + minor
      RETURNING b.agreed_minor INTO total;
  END IF;
  RETURN total;
END $$;
COMMENT ON FUNCTION count_billed IS 'Moves the lifetime billings of a pair by minor units (a reversal: below nothing) and returns them; the row stays locked.';

-- What a lab was charged in fees under a policy in a calendar month (UTC).
CREATE TABLE month_fee (
  lab_id uuid NOT NULL REFERENCES lab (id),
  take_rate_policy_id uuid NOT NULL REFERENCES take_rate_policy (id),
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  currency char(3) NOT NULL,
  fee_minor bigint NOT NULL CHECK (fee_minor >= 0),
  PRIMARY KEY (lab_id, take_rate_policy_id, month, currency)
);
COMMENT ON TABLE month_fee IS 'Lab''s fees under a policy with a monthly cap, by calendar month (UTC), minor units: what the cap is counted by.';
CREATE INDEX month_fee_take_rate_policy_id_idx ON month_fee (take_rate_policy_id);
CREATE FUNCTION count_month_fee(for_lab uuid, by_policy uuid, in_month date, in_currency text, minor bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO month_fee AS m (lab_id, take_rate_policy_id, month, currency, fee_minor)
    VALUES (for_lab, by_policy, in_month, in_currency, minor)
    ON CONFLICT (lab_id, take_rate_policy_id, month, currency) DO UPDATE SET fee_minor = m.fee_minor + minor
    RETURNING m.fee_minor
$$;
COMMENT ON FUNCTION count_month_fee IS 'Moves a lab''s fees of a month under a policy by minor units (0 to read and lock them) and returns them; the row stays locked.';

-- One side's fee of a charged line, with everything that it follows from.
CREATE TABLE fee_assessment (
  id uuid PRIMARY KEY,
  charge_id uuid NOT NULL REFERENCES charge (id) DEFERRABLE INITIALLY IMMEDIATE,
  side text NOT NULL CHECK (side IN ('LAB', 'EXPERT')),
  lab_id uuid NOT NULL,
  expert_id uuid NOT NULL,
  currency char(3) NOT NULL,
  take_rate_policy_id uuid NOT NULL REFERENCES take_rate_policy (id) DEFERRABLE INITIALLY IMMEDIATE,
  basis_minor bigint NOT NULL CHECK (basis_minor >= 0),
  computed_minor bigint NOT NULL CHECK (computed_minor >= 0),
  charged_minor bigint NOT NULL CHECK (charged_minor BETWEEN 0 AND basis_minor),
  billed_before_minor bigint CHECK (billed_before_minor >= 0),
  billed_after_minor bigint,
  month_before_minor bigint CHECK (month_before_minor >= 0),
  month_after_minor bigint,
  formula_version smallint NOT NULL,
  inputs jsonb NOT NULL CHECK (jsonb_typeof(inputs) = 'object'),
  assessed_at timestamptz(3) NOT NULL,
  CONSTRAINT fee_assessment_billed CHECK (billed_after_minor = billed_before_minor + basis_minor),
  CONSTRAINT fee_assessment_month CHECK (month_after_minor = month_before_minor + charged_minor),
  CONSTRAINT fee_assessment_once UNIQUE (charge_id, side)
);
COMMENT ON TABLE fee_assessment IS 'One side''s fee of a charged line and everything that it follows from. Written with the charge, never changed.';
COMMENT ON COLUMN fee_assessment.basis_minor IS 'Agreed pay of the line, minor units.';
COMMENT ON COLUMN fee_assessment.computed_minor IS 'As the percentages and the fixed amount give it, before minimum, agreed pay and cap bound it.';
COMMENT ON COLUMN fee_assessment.billed_before_minor IS 'Lifetime billings of the pair before the line; null where no tiers were agreed.';
COMMENT ON COLUMN fee_assessment.month_before_minor IS 'Lab''s fees of the month under the policy before the line; null where no cap was agreed.';
COMMENT ON COLUMN fee_assessment.formula_version IS 'Which formula worked it out.';
COMMENT ON COLUMN fee_assessment.inputs IS 'Rate an hour (minor units), seconds, parts per million, rounding, and the side''s parts.';
CREATE INDEX fee_assessment_take_rate_policy_id_idx ON fee_assessment (take_rate_policy_id);
CREATE TRIGGER fee_assessment_append_only BEFORE UPDATE OR DELETE ON fee_assessment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fee_assessment_no_truncate BEFORE TRUNCATE ON fee_assessment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was charged before assessments were kept was charged by percentages: both sides' follow from the charge itself.
CREATE FUNCTION assess_older_charges(after_id uuid, at_most integer) RETURNS TABLE (looked integer, last_id uuid, made integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY
  WITH part AS MATERIALIZED (
    SELECT c.* FROM charge c WHERE after_id IS NULL OR c.id > after_id ORDER BY c.id LIMIT at_most),
  missing AS (
    SELECT p.*, s.side, s.ppm, s.fee FROM part p
      CROSS JOIN LATERAL (VALUES ('LAB', p.lab_fee_ppm, p.price_minor - p.agreed_minor), ('EXPERT', p.expert_fee_ppm, p.agreed_minor - p.pay_minor)) AS s (side, ppm, fee)
    WHERE p.fee_parts IS NULL AND NOT EXISTS (SELECT 1 FROM fee_assessment a WHERE a.charge_id = p.id)),
  added AS (
    INSERT INTO fee_assessment (id, charge_id, side, lab_id, expert_id, currency, take_rate_policy_id, basis_minor, computed_minor, charged_minor, formula_version, inputs, assessed_at)
    SELECT gen_random_uuid(), m.id, m.side, m.lab_id, m.expert_id, m.currency, m.take_rate_policy_id, m.agreed_minor, m.fee, m.fee, 1,
      jsonb_build_object('rateMinorPerHour', m.rate_minor_per_hour::text, 'seconds', m.seconds, 'ppm', m.ppm, 'rounding', m.rounding), m.charged_at
    FROM missing m ON CONFLICT (charge_id, side) DO NOTHING RETURNING 1)
  SELECT (SELECT count(*) FROM part)::integer, (SELECT p.id FROM part p ORDER BY p.id DESC LIMIT 1), (SELECT count(*) FROM added)::integer;
END $$;
COMMENT ON FUNCTION assess_older_charges IS 'Writes the assessments of charges that have none, of the next so many after an id; run again, it adds nothing.';

GRANT SELECT, INSERT ON fee_assessment TO tallystick_app;
GRANT SELECT ON billed_total, month_fee TO tallystick_app;
REVOKE UPDATE, DELETE, TRUNCATE ON fee_assessment FROM tallystick_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON billed_total, month_fee FROM tallystick_app;
REVOKE EXECUTE ON FUNCTION count_billed, count_month_fee, assess_older_charges FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_billed, count_month_fee, assess_older_charges TO tallystick_app;

CREATE POLICY both_sides ON fee_assessment USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert())
  WITH CHECK (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert());
CREATE POLICY both_sides ON billed_total USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert());
CREATE POLICY own_lab ON month_fee USING (app_sees_all() OR lab_id = app_lab());
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['fee_assessment', 'billed_total', 'month_fee'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

SELECT assess_older_charges(NULL, 2147483647);
