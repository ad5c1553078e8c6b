-- A lab takes back a proposal of seats that it waits for, and reads how far the search is.
ALTER TABLE seat_proposal
  DROP CONSTRAINT seat_proposal_state_check,
  ADD CONSTRAINT seat_proposal_state_check CHECK (state IN ('WAITING', 'READY', 'REFUSED', 'CONFIRMED', 'REPLACED', 'CANCELLED')),
  DROP CONSTRAINT seat_proposal_computed,
  ADD CONSTRAINT seat_proposal_computed CHECK (state IN ('WAITING', 'REPLACED', 'CANCELLED') OR
    (computed_at IS NOT NULL AND snapshot_id IS NOT NULL AND model_id IS NOT NULL AND inputs IS NOT NULL AND result IS NOT NULL AND gated IS NOT NULL)),
  ADD COLUMN started_at timestamptz(3),
  ADD COLUMN step text CONSTRAINT seat_proposal_step CHECK (step IN ('AUCTION', 'RULES', 'FLOOR', 'FLOOR_BETWEEN'));
COMMENT ON COLUMN seat_proposal.started_at IS 'When a worker took it up, the last time it did; null while it waits in line.';
COMMENT ON COLUMN seat_proposal.step IS 'What the search is at, or was at last: a first assignment by auction, the rules, how high the floor can be, raising it in whole seats.';
