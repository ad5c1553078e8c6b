-- What a transfer brought into an expert's account at the rail is sent on by us, to the bank account that we know. What the
-- rail sends by itself goes to whichever is set at that moment, and its news of another one may be late.
ALTER TABLE payout ADD COLUMN bank_attempt integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN payout.bank_attempt IS 'How often the rail was asked to send it on to a bank; part of the rail''s idempotency key.';
ALTER TABLE payout ADD COLUMN bank_asked_at timestamptz(3);
COMMENT ON COLUMN payout.bank_asked_at IS 'When the rail was asked to send it on, written before the call; null before that, and after its answer.';
ALTER TABLE payout ADD COLUMN bank_refused_at timestamptz(3);
COMMENT ON COLUMN payout.bank_refused_at IS 'When the rail refused to send it on; null where it did not, or was asked again.';
ALTER TABLE payout ADD COLUMN rail_bank_id text;
COMMENT ON COLUMN payout.rail_bank_id IS 'The rail''s number of the bank account to which it was sent last; null before that.';
CREATE INDEX payout_at_rail ON payout (id) WHERE state = 'RETURNED' OR (state = 'IN_TRANSIT' AND rail_payout_id IS NULL);

COMMENT ON COLUMN payout_account.rail_held_at IS 'Since when the rail sends nothing from this account to a bank by itself; null before it was told.';
COMMENT ON COLUMN past_payout_account.rail_held_at IS 'Since when the rail sends nothing from this account to a bank by itself; null where it was never told.';
-- Accounts of before are told when money goes there next.
UPDATE payout_account SET rail_held_at = NULL;
