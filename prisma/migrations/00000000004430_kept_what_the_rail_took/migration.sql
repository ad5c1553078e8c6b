-- What the rail kept of a payout, and at which rate it exchanged it: lines of their own.
ALTER TABLE payout
  ADD COLUMN rail_fee_minor bigint CHECK (rail_fee_minor >= 0),
  ADD COLUMN fee_borne_by text NOT NULL DEFAULT 'PLATFORM' CHECK (fee_borne_by IN ('PLATFORM', 'EXPERT')),
  ADD COLUMN exchange_rate numeric(18, 9) CHECK (exchange_rate > 0),
  ADD COLUMN bank_amount_minor bigint CHECK (bank_amount_minor >= 0),
  ADD COLUMN bank_currency text;
COMMENT ON COLUMN payout.rail_fee_minor IS 'What the rail kept of it, minor units of the bank''s currency; null until it tells.';
COMMENT ON COLUMN payout.fee_borne_by IS 'PLATFORM or EXPERT.';
COMMENT ON COLUMN payout.exchange_rate IS 'Units of the bank''s currency for one of the payout''s; null where nothing was exchanged.';
COMMENT ON COLUMN payout.bank_amount_minor IS 'What arrived at the bank, minor units of its currency; null until the rail tells.';

-- One payout of the rail may carry several transfers, so several of ours.
DROP INDEX payout_rail_payout_id_key;
CREATE INDEX payout_rail_payout ON payout (rail_payout_id) WHERE rail_payout_id IS NOT NULL;
