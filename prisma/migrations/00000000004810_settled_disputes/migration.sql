-- A dispute says what the rail says of it, and what became of the money: paid by the lab in parts, or written off by two people.
ALTER TABLE lab_dispute ADD COLUMN rail_status text NOT NULL DEFAULT '';
ALTER TABLE lab_dispute ADD COLUMN evidence_due_at timestamptz(3);
ALTER TABLE lab_dispute ADD COLUMN repaid_minor bigint NOT NULL DEFAULT 0 CHECK (repaid_minor >= 0);
ALTER TABLE lab_dispute ADD COLUMN written_off_minor bigint NOT NULL DEFAULT 0 CHECK (written_off_minor >= 0);
ALTER TABLE lab_dispute ADD COLUMN approval_request_id uuid REFERENCES approval_request (id) DEFERRABLE INITIALLY IMMEDIATE;
COMMENT ON COLUMN lab_dispute.rail_status IS 'The state as the rail says it, e.g. needs_response; empty in rows from before it was kept.';
COMMENT ON COLUMN lab_dispute.evidence_due_at IS 'Until when the rail takes evidence.';
COMMENT ON COLUMN lab_dispute.repaid_minor IS 'What the lab has paid of a lost dispute, minor units.';
COMMENT ON COLUMN lab_dispute.written_off_minor IS 'What the platform bears of a lost dispute, minor units.';
COMMENT ON COLUMN lab_dispute.approval_request_id IS 'What another person approved, where something was written off.';
UPDATE lab_dispute SET repaid_minor = amount_minor WHERE state = 'LOST' AND settled_at IS NOT NULL;
ALTER TABLE lab_dispute ADD CONSTRAINT lab_dispute_within CHECK (repaid_minor + written_off_minor <= amount_minor);
ALTER TABLE lab_dispute ADD CONSTRAINT lab_dispute_settled CHECK (settled_at IS NULL OR repaid_minor + written_off_minor = amount_minor);
ALTER TABLE lab_dispute ADD CONSTRAINT lab_dispute_written_off_by_two CHECK (written_off_minor = 0 OR approval_request_id IS NOT NULL);
CREATE INDEX lab_dispute_opened ON lab_dispute (opened_at, id);
CREATE INDEX lab_dispute_state ON lab_dispute (state, opened_at, id);
CREATE INDEX lab_dispute_approval_request_id_idx ON lab_dispute (approval_request_id) WHERE approval_request_id IS NOT NULL;
CREATE INDEX rail_event_object ON rail_event (object_id, received_at);
