-- By when whoever waits for a decision was promised it: both sides read the same day, and it does not move.
ALTER TABLE approval_request ADD COLUMN promised_by timestamptz(3);
ALTER TABLE approval_request ADD CONSTRAINT approval_request_promised_in_time CHECK (promised_by <= expires_at);
COMMENT ON COLUMN approval_request.promised_by IS 'By when whoever waits for it was promised a decision; null where nobody was. Never after it lapses.';

CREATE OR REPLACE FUNCTION approval_request_holds() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
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
      ('PENDING', 'OVERTAKEN'), ('APPROVED', 'EXECUTED'), ('APPROVED', 'FAILED')) THEN
    RAISE EXCEPTION 'a request that is % cannot be % (constraint "approval_pending")', OLD.state, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'approval_pending';
  END IF;
  IF NEW.state = 'APPROVED' AND OLD.state = 'PENDING' AND OLD.approvals_needed >
      (SELECT count(*) FROM approval_decision d WHERE d.request_id = OLD.id AND d.decision = 'APPROVE') THEN
    RAISE EXCEPTION 'not enough people have approved (constraint "approval_enough")' USING ERRCODE = '23514', CONSTRAINT = 'approval_enough';
  END IF;
  RETURN NEW;
END $$;
