-- A transfer names in its group the payout that it is for: a second one for the same payout is paid twice, not unknown.
ALTER TABLE rail_movement ADD COLUMN transfer_group text;
COMMENT ON COLUMN rail_movement.transfer_group IS 'Of a transfer: the group that names the payout that it is for; null where it names none.';
UPDATE rail_movement m SET transfer_group = 'payout_' || p.id FROM payout p WHERE m.category = 'transfer' AND p.rail_transfer_id = m.subject_id;
CREATE INDEX rail_movement_transfer_group ON rail_movement (transfer_group) WHERE transfer_group IS NOT NULL;
