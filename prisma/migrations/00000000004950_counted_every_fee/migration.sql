-- What came back and is sent again costs the rail's fee once more: every sending counts. The fee comes off the platform's
-- balance, in the currency of that.
ALTER TABLE payout
  ADD COLUMN past_rail_fee_minor bigint NOT NULL DEFAULT 0 CHECK (past_rail_fee_minor >= 0),
  ADD COLUMN rail_fee_currency text;
COMMENT ON COLUMN payout.rail_fee_minor IS 'What the rail took for it, for every time it was sent, minor units of rail_fee_currency; null until it tells.';
COMMENT ON COLUMN payout.past_rail_fee_minor IS 'The part of rail_fee_minor that earlier sendings cost: those that came back.';
COMMENT ON COLUMN payout.rail_fee_currency IS 'The currency of the rail''s fee; the bank''s where it is not known.';
