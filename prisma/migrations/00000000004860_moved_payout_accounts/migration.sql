-- Experts move. A recipient's country cannot be changed at the rail: the old account stays as history, payouts under way are followed by it, and nothing more is sent there.
CREATE TABLE past_payout_account (
  rail_account_id text PRIMARY KEY,
  expert_id uuid NOT NULL REFERENCES expert (id),
  country text NOT NULL,
  currency text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3) NOT NULL,
  CONSTRAINT past_payout_account_time CHECK (opened_at <= closed_at)
);
COMMENT ON TABLE past_payout_account IS 'Where an expert was paid before they moved: nothing more is sent there; what was under way is followed to its end.';
CREATE INDEX past_payout_account_expert ON past_payout_account (expert_id, closed_at);
CREATE TRIGGER past_payout_account_append_only BEFORE UPDATE OR DELETE ON past_payout_account FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER past_payout_account_no_truncate BEFORE TRUNCATE ON past_payout_account FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON past_payout_account TO tallystick_app;
ALTER TABLE past_payout_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE past_payout_account FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON past_payout_account TO tallystick_owner USING (true) WITH CHECK (true);
CREATE POLICY own_expert ON past_payout_account USING (app_sees_all() OR expert_id = app_expert()) WITH CHECK (app_sees_all() OR expert_id = app_expert());

ALTER TABLE payout_account ADD COLUMN moved_at timestamptz(3);
COMMENT ON COLUMN payout_account.moved_at IS 'When the expert moved to this account from one in another country; null for the first.';

ALTER TABLE payout ADD COLUMN rail_account_id text;
COMMENT ON COLUMN payout.rail_account_id IS 'The account that the rail was asked to pay in this attempt, written before the call; null before it is asked, and where the expert has had only one.';

-- An account that was left is never the one that is paid.
CREATE FUNCTION refuse_past_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM past_payout_account p WHERE p.rail_account_id = NEW.rail_account_id) THEN
    RAISE EXCEPTION 'this account was left: nothing more is sent there';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_account_is_not_past BEFORE INSERT OR UPDATE OF rail_account_id ON payout_account FOR EACH ROW EXECUTE FUNCTION refuse_past_account();
