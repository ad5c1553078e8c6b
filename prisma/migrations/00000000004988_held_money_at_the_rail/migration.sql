-- What a bank returned lies in the expert's account at the rail, which would send it to other bank details by itself. The
-- rail is told to wait as long as our own payouts do; whether it was told is kept with each account.
ALTER TABLE payout_account ADD COLUMN rail_held_at timestamptz(3);
COMMENT ON COLUMN payout_account.rail_held_at IS 'Since when the rail was told to send nothing from this account to a bank by itself; null while it sends.';
ALTER TABLE payout_account ADD COLUMN active_at timestamptz(3);
COMMENT ON COLUMN payout_account.active_at IS 'When this account could first be paid; another bank account before that belongs to setting it up. Null until then.';
UPDATE payout_account a SET active_at = a.created_at
WHERE a.state <> 'ONBOARDING' OR EXISTS (SELECT 1 FROM journal_entry j
  WHERE j.subject_type = 'payout-account' AND j.subject_id = a.expert_id AND j.to_state = 'ACTIVE' AND j.at >= a.created_at);

-- An account that was left may still have something that came back: it waits by the same rule.
ALTER TABLE past_payout_account ADD COLUMN rail_held_at timestamptz(3);
COMMENT ON COLUMN past_payout_account.rail_held_at IS 'Since when the rail was told to send nothing from this account to a bank by itself; null while it sends.';
ALTER TABLE past_payout_account ADD COLUMN bank_changed_at timestamptz(3);
COMMENT ON COLUMN past_payout_account.bank_changed_at IS 'When another bank account was set for it last; null where none was.';
ALTER TABLE past_payout_account ADD COLUMN rail_bank_id text;
COMMENT ON COLUMN past_payout_account.rail_bank_id IS 'The rail''s number of the bank account that was set last; null where the rail has not told.';
DROP TRIGGER past_payout_account_append_only ON past_payout_account;
CREATE FUNCTION past_payout_account_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - '{rail_held_at,bank_changed_at,rail_bank_id}'::text[] <> to_jsonb(NEW) - '{rail_held_at,bank_changed_at,rail_bank_id}'::text[] THEN
    RAISE EXCEPTION 'an account that was left stays as it was; only what happens to it at the rail is added';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER past_payout_account_stays BEFORE UPDATE ON past_payout_account FOR EACH ROW EXECUTE FUNCTION past_payout_account_stays();
CREATE TRIGGER past_payout_account_no_delete BEFORE DELETE ON past_payout_account FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT UPDATE (rail_held_at, bank_changed_at, rail_bank_id) ON past_payout_account TO tallystick_app;

-- Which bank returned it: another bank account than that one is a change that money waits for.
ALTER TABLE payout_return ADD COLUMN rail_bank_id text;
COMMENT ON COLUMN payout_return.rail_bank_id IS 'The rail''s number of the bank account that returned it; null where the rail did not tell.';
CREATE INDEX payout_return_lies ON payout_return (expert_id) WHERE sent_again_at IS NULL;
