-- A lab withdraws what it asked back while nothing of it has left. What waits for the rail's balance has a state of its own,
-- left before the rail is asked again: what may have been sent is never withdrawn.
UPDATE lab_refund SET state = 'WAITING' WHERE state = 'REQUESTED' AND rail_refund_id IS NULL AND failure_reason IS NOT NULL;
ALTER TABLE lab_refund ADD CONSTRAINT lab_refund_state_known
  CHECK (state IN ('REQUESTED', 'WAITING', 'SENT', 'SUCCEEDED', 'FAILED', 'WITHDRAWN'));
ALTER TABLE lab_refund ADD CONSTRAINT lab_refund_withdrawn_unsent
  CHECK (state NOT IN ('WAITING', 'WITHDRAWN') OR rail_refund_id IS NULL);
COMMENT ON COLUMN lab_refund.state IS 'REQUESTED while it is handed to the rail; WAITING where the rail''s balance does not cover it and nothing has left; SENT, SUCCEEDED, FAILED; WITHDRAWN by the lab out of WAITING. Source: refundMachine.';

-- It goes from state to state as refundMachine says, whoever writes it: nothing that may have left is withdrawn.
CREATE TRIGGER lab_refund_keeps_states BEFORE UPDATE ON lab_refund FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION keep_states(
  'REQUESTED>SENT', 'REQUESTED>SUCCEEDED', 'REQUESTED>WAITING', 'REQUESTED>FAILED', 'WAITING>REQUESTED', 'WAITING>WITHDRAWN',
  'SENT>SUCCEEDED', 'SENT>FAILED', 'SUCCEEDED>FAILED');

-- Who asked for an approval may not want it any more.
ALTER TABLE approval_request DROP CONSTRAINT approval_request_state_check;
ALTER TABLE approval_request ADD CONSTRAINT approval_request_state_check
  CHECK (state IN ('PENDING', 'APPROVED', 'DECLINED', 'EXPIRED', 'OVERTAKEN', 'WITHDRAWN', 'EXECUTED', 'FAILED'));
CREATE OR REPLACE FUNCTION approval_request_holds() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.payload_sha256 <> encode(sha256(convert_to(NEW.payload, 'UTF8')), 'hex') THEN
      RAISE EXCEPTION 'the hash is not of this payload (constraint "approval_of_payload")' USING ERRCODE = '23514', CONSTRAINT = 'approval_of_payload';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.action, NEW.subject_type, NEW.subject_id, NEW.summary, NEW.payload, NEW.payload_sha256, NEW.requested_by_id, NEW.reason,
      NEW.expert_id, NEW.amount_minor, NEW.currency, NEW.approvals_needed, NEW.created_at, NEW.expires_at, NEW.promised_by)
    IS DISTINCT FROM (OLD.id, OLD.action, OLD.subject_type, OLD.subject_id, OLD.summary, OLD.payload, OLD.payload_sha256, OLD.requested_by_id, OLD.reason,
      OLD.expert_id, OLD.amount_minor, OLD.currency, OLD.approvals_needed, OLD.created_at, OLD.expires_at, OLD.promised_by) THEN
    RAISE EXCEPTION 'a request for approval does not change' USING ERRCODE = '23001';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('PENDING', 'APPROVED'), ('PENDING', 'DECLINED'), ('PENDING', 'EXPIRED'),
      ('PENDING', 'OVERTAKEN'), ('PENDING', 'WITHDRAWN'), ('APPROVED', 'EXECUTED'), ('APPROVED', 'FAILED')) THEN
    RAISE EXCEPTION 'a request that is % cannot be % (constraint "approval_pending")', OLD.state, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'approval_pending';
  END IF;
  IF NEW.state = 'APPROVED' AND OLD.state = 'PENDING' AND OLD.approvals_needed >
      (SELECT count(*) FROM approval_decision d WHERE d.request_id = OLD.id AND d.decision = 'APPROVE') THEN
    RAISE EXCEPTION 'not enough people have approved (constraint "approval_enough")' USING ERRCODE = '23514', CONSTRAINT = 'approval_enough';
  END IF;
  RETURN NEW;
END $$;
