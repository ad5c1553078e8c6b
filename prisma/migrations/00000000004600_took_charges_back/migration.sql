-- A charged line is taken back whole or in part, at the rate at which it was charged; who asked, why, and what of it was paid out.
CREATE TABLE reversal (
  charge_id uuid PRIMARY KEY REFERENCES charge (id) DEFERRABLE INITIALLY IMMEDIATE,
  lab_id uuid NOT NULL REFERENCES lab (id) DEFERRABLE INITIALLY IMMEDIATE,
  expert_id uuid NOT NULL REFERENCES expert (id) DEFERRABLE INITIALLY IMMEDIATE,
  reason text NOT NULL CHECK (length(reason) BETWEEN 10 AND 500),
  paid_out_minor bigint NOT NULL CHECK (paid_out_minor >= 0),
  asked_by_id uuid NOT NULL REFERENCES account (id),
  approval_request_id uuid REFERENCES approval_request (id) DEFERRABLE INITIALLY IMMEDIATE,
  taken_back_at timestamptz(3) NOT NULL
);
COMMENT ON TABLE reversal IS 'Why a charge of kind REVERSAL was made, and by whom. Both sides read the reason. Never changed.';
COMMENT ON COLUMN reversal.charge_id IS 'The charge of kind REVERSAL, whose amounts are below zero.';
COMMENT ON COLUMN reversal.paid_out_minor IS 'What of the pay had been paid out: it goes off what the expert earns next, minor units.';
CREATE INDEX reversal_lab_id_idx ON reversal (lab_id);
CREATE INDEX reversal_expert_id_idx ON reversal (expert_id);
CREATE INDEX reversal_asked_by_id_idx ON reversal (asked_by_id);
CREATE INDEX reversal_approval_request_id_idx ON reversal (approval_request_id) WHERE approval_request_id IS NOT NULL;

CREATE TRIGGER reversal_append_only BEFORE UPDATE OR DELETE ON reversal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reversal_no_truncate BEFORE TRUNCATE ON reversal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON reversal TO tallystick_app;
REVOKE UPDATE, DELETE, TRUNCATE ON reversal FROM tallystick_app;
ALTER TABLE reversal ENABLE ROW LEVEL SECURITY;
ALTER TABLE reversal FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON reversal TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY both_sides ON reversal USING (app_sees_all() OR lab_id = app_lab() OR expert_id = app_expert()) WITH CHECK (app_sees_all());

-- Never more than was charged, whoever writes it; one at a time for each line.
CREATE FUNCTION reversal_within_charge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  original charge;
  back record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.reverses_charge_id::text, 4600));
  SELECT * INTO STRICT original FROM charge WHERE id = NEW.reverses_charge_id;
  SELECT coalesce(sum(agreed_minor), 0) AS agreed, coalesce(sum(price_minor), 0) AS price, coalesce(sum(pay_minor), 0) AS pay, coalesce(sum(fee_minor), 0) AS fee, coalesce(sum(seconds), 0) AS seconds
    INTO back FROM charge WHERE reverses_charge_id = NEW.reverses_charge_id;
  IF original.kind = 'REVERSAL' OR (original.engagement_id, original.lab_id, original.expert_id, original.currency) IS DISTINCT FROM (NEW.engagement_id, NEW.lab_id, NEW.expert_id, NEW.currency)
    OR original.agreed_minor + back.agreed + NEW.agreed_minor < 0 OR original.price_minor + back.price + NEW.price_minor < 0
    OR original.pay_minor + back.pay + NEW.pay_minor < 0 OR original.fee_minor + back.fee + NEW.fee_minor < 0 OR original.seconds + back.seconds + NEW.seconds < 0 THEN
    RAISE EXCEPTION 'more is taken back than was charged' USING ERRCODE = '23514', CONSTRAINT = 'reversal_within_charge';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION reversal_within_charge IS 'Refuses a charge of kind REVERSAL that takes more back than its line was charged, or of other parties.';
CREATE TRIGGER reversal_within_charge BEFORE INSERT ON charge FOR EACH ROW WHEN (NEW.kind = 'REVERSAL') EXECUTE FUNCTION reversal_within_charge();

-- The counter-row of an assessment: the same inputs, with which part goes back, and amounts below zero.
ALTER TABLE fee_assessment DROP CONSTRAINT fee_assessment_basis_minor_check;
ALTER TABLE fee_assessment DROP CONSTRAINT fee_assessment_computed_minor_check;
ALTER TABLE fee_assessment DROP CONSTRAINT fee_assessment_check;
ALTER TABLE fee_assessment ADD CONSTRAINT fee_assessment_of_its_sign CHECK (CASE WHEN jsonb_exists(inputs, 'takenBack')
  THEN basis_minor < 0 AND computed_minor <= 0 AND charged_minor BETWEEN basis_minor AND 0
  ELSE basis_minor >= 0 AND computed_minor >= 0 AND charged_minor BETWEEN 0 AND basis_minor END);
COMMENT ON COLUMN fee_assessment.inputs IS 'Rate an hour (minor units), seconds, parts per million, rounding, and the side''s parts; of a counter-row also which part of which fee goes back.';

-- A row that is proposed must hold its own checks even where it is only added to another: what steps back finds its row first.
CREATE OR REPLACE FUNCTION count_month_fee(for_lab uuid, by_policy uuid, in_month date, in_currency text, minor bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  total bigint;
BEGIN
  UPDATE month_fee SET fee_minor = fee_minor + minor
    WHERE lab_id = for_lab AND take_rate_policy_id = by_policy AND month = in_month AND currency = in_currency RETURNING fee_minor INTO total;
  IF NOT FOUND THEN
    INSERT INTO month_fee AS m (lab_id, take_rate_policy_id, month, currency, fee_minor)
      VALUES (for_lab, by_policy, in_month, in_currency, minor)
      ON CONFLICT (lab_id, take_rate_policy_id, month, currency) DO UPDATE SET fee_minor = m.fee_minor + minor
      RETURNING m.fee_minor INTO total;
  END IF;
  RETURN total;
END $$;
