-- What gates look at is data, each row with who decided, when and why.

-- The switch that stops all payouts. The newest row decides.
CREATE TABLE payout_switch (
  id uuid PRIMARY KEY,
  place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  is_stopped boolean NOT NULL,
  reason text NOT NULL,
  by_id uuid REFERENCES account (id),
  at timestamptz(3) NOT NULL,
  review_on date,
  approval_request_id uuid REFERENCES approval_request (id),
  CONSTRAINT payout_switch_opened_by_two CHECK (is_stopped OR approval_request_id IS NOT NULL)
);
COMMENT ON TABLE payout_switch IS 'The switch that stops all payouts: one person throws it, opening it again needs four eyes.';
COMMENT ON COLUMN payout_switch.reason IS 'Why; experts read it.';
COMMENT ON COLUMN payout_switch.place IS 'Their order; two may fall into one millisecond.';
CREATE TRIGGER payout_switch_append_only BEFORE UPDATE OR DELETE ON payout_switch FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_switch_no_truncate BEFORE TRUNCATE ON payout_switch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Money of one expert that a person holds, or that is held until a person decides.
CREATE TABLE payout_hold (
  id uuid PRIMARY KEY,
  expert_id uuid NOT NULL REFERENCES expert (id),
  kind text NOT NULL CHECK (kind IN ('STAFF', 'SANCTIONS')),
  place text,
  reason text NOT NULL,
  placed_by_id uuid REFERENCES account (id),
  placed_at timestamptz(3) NOT NULL,
  review_on date NOT NULL,
  released_at timestamptz(3),
  released_by_id uuid REFERENCES account (id),
  release_reason text,
  approval_request_id uuid REFERENCES approval_request (id),
  CONSTRAINT payout_hold_of_place CHECK ((kind = 'SANCTIONS') = (place IS NOT NULL)),
  CONSTRAINT payout_hold_placed_by_person CHECK (kind <> 'STAFF' OR placed_by_id IS NOT NULL),
  CONSTRAINT payout_hold_released_by_person CHECK ((released_at IS NULL) = (released_by_id IS NULL) AND (released_at IS NULL) = (release_reason IS NULL))
);
COMMENT ON TABLE payout_hold IS 'A hold on all payouts of an expert: by a person of staff, or by a place on the list of sanctions until a person decides.';
COMMENT ON COLUMN payout_hold.place IS 'The place on the list that was hit.';
COMMENT ON COLUMN payout_hold.reason IS 'Why; the expert reads it.';
COMMENT ON COLUMN payout_hold.review_on IS 'By when a person looks at it again.';
CREATE INDEX payout_hold_expert ON payout_hold (expert_id);
CREATE INDEX payout_hold_standing ON payout_hold (placed_at, id) WHERE released_at IS NULL;
CREATE UNIQUE INDEX payout_hold_one_a_place ON payout_hold (expert_id, place) WHERE released_at IS NULL AND place IS NOT NULL;
CREATE FUNCTION payout_hold_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.released_at IS NOT NULL OR (NEW.id, NEW.expert_id, NEW.kind, NEW.place, NEW.reason, NEW.placed_by_id, NEW.placed_at)
    IS DISTINCT FROM (OLD.id, OLD.expert_id, OLD.kind, OLD.place, OLD.reason, OLD.placed_by_id, OLD.placed_at) THEN
    RAISE EXCEPTION 'a hold is only released' USING ERRCODE = '23001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_hold_only_ends BEFORE UPDATE ON payout_hold FOR EACH ROW EXECUTE FUNCTION payout_hold_only_ends();
CREATE TRIGGER payout_hold_kept BEFORE DELETE ON payout_hold FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_hold_no_truncate BEFORE TRUNCATE ON payout_hold FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Places to which nothing is paid without a person's decision. Data: a programme that begins or ends is a row.
CREATE TABLE sanctioned_place (
  place text NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  effective_from date NOT NULL,
  effective_to date,
  PRIMARY KEY (place, effective_from),
  CHECK (effective_to IS NULL OR effective_to > effective_from)
);
COMMENT ON TABLE sanctioned_place IS 'Countries (ISO 3166-1) and regions (ISO 3166-2) under comprehensive sanctions, with their dates and source.';
INSERT INTO sanctioned_place VALUES
  ('CU', 'Cuba', 'OFAC, Cuban Assets Control Regulations, 31 CFR part 515', '1963-07-08', NULL),
  ('IR', 'Iran', 'OFAC, Iranian Transactions and Sanctions Regulations, 31 CFR part 560', '1995-05-06', NULL),
  ('KP', 'North Korea', 'OFAC, North Korea Sanctions Regulations, 31 CFR part 510', '2008-06-26', NULL),
  ('UA-43', 'Crimea', 'Executive Order 13685', '2014-12-19', NULL),
  ('UA-14', 'Donetsk region', 'Executive Order 14065', '2022-02-21', NULL),
  ('UA-09', 'Luhansk region', 'Executive Order 14065', '2022-02-21', NULL),
  ('SY', 'Syria', 'OFAC, Syrian Sanctions Regulations, 31 CFR part 542; ended by Executive Order 14312', '2011-08-18', '2025-06-30');

-- Tax forms: which, when, until when. No tax number is kept here.
CREATE TABLE tax_form (
  id uuid PRIMARY KEY,
  expert_id uuid NOT NULL REFERENCES expert (id),
  kind text NOT NULL CHECK (kind IN ('W9', 'W8BEN')),
  country text NOT NULL,
  wording_sha256 text NOT NULL,
  signed_at timestamptz(3) NOT NULL,
  expires_on date,
  CONSTRAINT tax_form_end CHECK ((kind = 'W8BEN') = (expires_on IS NOT NULL))
);
COMMENT ON TABLE tax_form IS 'A tax form that an expert stated and signed under penalties of perjury: its kind and dates only. The tax number lies with the payment provider.';
COMMENT ON COLUMN tax_form.wording_sha256 IS 'SHA-256 of the wording that was signed.';
CREATE INDEX tax_form_expert ON tax_form (expert_id, signed_at);
CREATE TRIGGER tax_form_append_only BEFORE UPDATE OR DELETE ON tax_form FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tax_form_no_truncate BEFORE TRUNCATE ON tax_form FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE payout_account ADD COLUMN bank_changed_at timestamptz(3);
COMMENT ON COLUMN payout_account.bank_changed_at IS 'When another bank account was set; payouts wait for it.';

GRANT SELECT, INSERT ON payout_switch, tax_form TO tallystick_app;
GRANT SELECT, INSERT, UPDATE ON payout_hold TO tallystick_app;
GRANT SELECT ON sanctioned_place TO tallystick_app;
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['payout_switch', 'payout_hold', 'sanctioned_place', 'tax_form'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
  END LOOP;
  -- Whoever reads why their money waits reads these.
  FOREACH t IN ARRAY ARRAY['payout_switch', 'sanctioned_place'] LOOP
    EXECUTE format('CREATE POLICY read_by_all ON %I FOR SELECT USING (true)', t);
  END LOOP;
  CREATE POLICY thrown_by_staff ON payout_switch FOR INSERT WITH CHECK (app_sees_all());
  CREATE POLICY own_hold_read ON payout_hold FOR SELECT USING (app_sees_all() OR expert_id = app_expert());
  CREATE POLICY hold_by_staff ON payout_hold FOR INSERT WITH CHECK (app_sees_all());
  CREATE POLICY release_by_staff ON payout_hold FOR UPDATE USING (app_sees_all());
  CREATE POLICY own_tax_form ON tax_form USING (app_sees_all() OR expert_id = app_expert()) WITH CHECK (app_sees_all() OR expert_id = app_expert());
END $$;
