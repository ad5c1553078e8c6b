-- What moves money by one person's word is asked of a second person: take rates that begin in the past or lower what was
-- published, large refunds, large credit. Each carries the request that another person approved.

ALTER TABLE take_rate_policy ADD COLUMN approval_request_id uuid REFERENCES approval_request (id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE take_rate_policy ADD COLUMN closed_at timestamptz(3);
ALTER TABLE take_rate_policy ADD COLUMN planned_to timestamptz(3);
COMMENT ON COLUMN take_rate_policy.approval_request_id IS 'What another person approved, where the policy begins in the past or lowers what was published.';
COMMENT ON COLUMN take_rate_policy.closed_at IS 'When its end was set into the past by a policy that begins there; until then it was in force as planned.';
COMMENT ON COLUMN take_rate_policy.planned_to IS 'Its end before it was set into the past.';
ALTER TABLE take_rate_policy ADD CONSTRAINT take_rate_policy_past_by_two
  CHECK (created_by_id IS NULL OR effective_from >= created_at OR approval_request_id IS NOT NULL);
CREATE INDEX take_rate_policy_approval_request_id_idx ON take_rate_policy (approval_request_id) WHERE approval_request_id IS NOT NULL;

ALTER TABLE lab_refund ADD COLUMN approval_request_id uuid REFERENCES approval_request (id) DEFERRABLE INITIALLY IMMEDIATE;
COMMENT ON COLUMN lab_refund.approval_request_id IS 'What another person approved, where it was more than goes back by one person''s word.';
CREATE INDEX lab_refund_approval_request_id_idx ON lab_refund (approval_request_id) WHERE approval_request_id IS NOT NULL;
CREATE INDEX lab_refund_lab_requested ON lab_refund (lab_id, requested_at);

ALTER TABLE credit_terms ADD COLUMN approval_request_id uuid REFERENCES approval_request (id) DEFERRABLE INITIALLY IMMEDIATE;
COMMENT ON COLUMN credit_terms.approval_request_id IS 'What another person approved, where the limit is more than one person may give.';
CREATE INDEX credit_terms_approval_request_id_idx ON credit_terms (approval_request_id) WHERE approval_request_id IS NOT NULL;

-- One request waits for an action on a subject in a currency: another currency is another thing.
DROP INDEX approval_request_one_open;
CREATE UNIQUE INDEX approval_request_one_open ON approval_request (action, subject_id, (coalesce(currency, ''))) WHERE state = 'PENDING';
