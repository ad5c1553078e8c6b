-- Which bank account was set last, so that news of the same one is no change, and a payout that another one returned says
-- nothing about it.
ALTER TABLE payout_account ADD COLUMN rail_bank_id text;
COMMENT ON COLUMN payout_account.rail_bank_id IS 'The rail''s number of the bank account that was set last; null where the rail has not told.';
