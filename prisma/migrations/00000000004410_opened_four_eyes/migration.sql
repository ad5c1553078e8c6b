-- Four eyes: what one person or the product asks for is done after another person has approved exactly that.
CREATE TABLE approval_request (
  id uuid PRIMARY KEY,
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  summary text NOT NULL,
  payload text NOT NULL,
  payload_sha256 text NOT NULL,
  requested_by_id uuid REFERENCES account (id),
  reason text NOT NULL,
  expert_id uuid REFERENCES expert (id),
  amount_minor bigint,
  currency text,
  approvals_needed smallint NOT NULL DEFAULT 1 CHECK (approvals_needed BETWEEN 1 AND 2),
  state text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'APPROVED', 'DECLINED', 'EXPIRED', 'EXECUTED', 'FAILED')),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at),
  decided_at timestamptz(3),
  executed_at timestamptz(3),
  outcome text
);
COMMENT ON TABLE approval_request IS 'Something that is done only after another person has approved exactly this. Nobody is exempt.';
COMMENT ON COLUMN approval_request.action IS 'What is done, e.g. payout.send.';
COMMENT ON COLUMN approval_request.payload IS 'Canonical JSON of everything that is done; its SHA-256 is what is approved.';
COMMENT ON COLUMN approval_request.requested_by_id IS 'Who asks; null where the product itself does.';
COMMENT ON COLUMN approval_request.approvals_needed IS 'How many people must approve: two where much is at stake.';
COMMENT ON COLUMN approval_request.outcome IS 'Why it was not done, where it was approved and could not be done any more.';
CREATE UNIQUE INDEX approval_request_one_open ON approval_request (action, subject_id) WHERE state = 'PENDING';
CREATE INDEX approval_request_subject ON approval_request (subject_id, action, created_at);
CREATE INDEX approval_request_created ON approval_request (created_at, id);
CREATE INDEX approval_request_waiting ON approval_request (state, created_at, id);

CREATE TABLE approval_decision (
  request_id uuid NOT NULL REFERENCES approval_request (id),
  approver_id uuid NOT NULL REFERENCES account (id),
  decision text NOT NULL CHECK (decision IN ('APPROVE', 'DECLINE')),
  reason text NOT NULL,
  payload_sha256 text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (request_id, approver_id)
);
COMMENT ON TABLE approval_decision IS 'One person''s decision on one request, bound to the hash of what they read.';

-- The client hands on no name of a constraint that a trigger gives, so the message has it too.
-- The hash is of the payload, and nothing of a request changes but how it went.
CREATE FUNCTION approval_request_holds() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.payload_sha256 <> encode(sha256(convert_to(NEW.payload, 'UTF8')), 'hex') THEN
      RAISE EXCEPTION 'the hash is not of this payload (constraint "approval_of_payload")' USING ERRCODE = '23514', CONSTRAINT = 'approval_of_payload';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.action, NEW.subject_type, NEW.subject_id, NEW.summary, NEW.payload, NEW.payload_sha256, NEW.requested_by_id, NEW.reason,
      NEW.expert_id, NEW.amount_minor, NEW.currency, NEW.approvals_needed, NEW.created_at, NEW.expires_at)
    IS DISTINCT FROM (OLD.id, OLD.action, OLD.subject_type, OLD.subject_id, OLD.summary, OLD.payload, OLD.payload_sha256, OLD.requested_by_id, OLD.reason,
      OLD.expert_id, OLD.amount_minor, OLD.currency, OLD.approvals_needed, OLD.created_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'a request for approval does not change' USING ERRCODE = '23001';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('PENDING', 'APPROVED'), ('PENDING', 'DECLINED'), ('PENDING', 'EXPIRED'),
      ('APPROVED', 'EXECUTED'), ('APPROVED', 'FAILED')) THEN
    RAISE EXCEPTION 'a request that is % cannot be % (constraint "approval_pending")', OLD.state, NEW.state USING ERRCODE = '23514', CONSTRAINT = 'approval_pending';
  END IF;
  IF NEW.state = 'APPROVED' AND OLD.state = 'PENDING' AND OLD.approvals_needed >
      (SELECT count(*) FROM approval_decision d WHERE d.request_id = OLD.id AND d.decision = 'APPROVE') THEN
    RAISE EXCEPTION 'not enough people have approved (constraint "approval_enough")' USING ERRCODE = '23514', CONSTRAINT = 'approval_enough';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_request_holds BEFORE INSERT OR UPDATE ON approval_request FOR EACH ROW EXECUTE FUNCTION approval_request_holds();
CREATE TRIGGER approval_request_kept BEFORE DELETE ON approval_request FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_request_no_truncate BEFORE TRUNCATE ON approval_request FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Another person, who read the same, in time, while it waits.
CREATE FUNCTION approval_decision_holds() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  asked approval_request;
BEGIN
  SELECT * INTO asked FROM approval_request WHERE id = NEW.request_id FOR UPDATE;
  IF NOT FOUND THEN RETURN NEW; END IF;
  IF asked.requested_by_id = NEW.approver_id THEN
    RAISE EXCEPTION 'nobody decides on what they asked for (constraint "approval_by_another")' USING ERRCODE = '23514', CONSTRAINT = 'approval_by_another';
  END IF;
  IF asked.payload_sha256 <> NEW.payload_sha256 THEN
    RAISE EXCEPTION 'something else was read than is asked for (constraint "approval_of_payload")' USING ERRCODE = '23514', CONSTRAINT = 'approval_of_payload';
  END IF;
  IF asked.state <> 'PENDING' THEN
    RAISE EXCEPTION 'the request is % already (constraint "approval_pending")', asked.state USING ERRCODE = '23514', CONSTRAINT = 'approval_pending';
  END IF;
  IF asked.expires_at <= NEW.at THEN
    RAISE EXCEPTION 'the request has expired (constraint "approval_in_time")' USING ERRCODE = '23514', CONSTRAINT = 'approval_in_time';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_decision_holds BEFORE INSERT ON approval_decision FOR EACH ROW EXECUTE FUNCTION approval_decision_holds();
CREATE TRIGGER approval_decision_append_only BEFORE UPDATE OR DELETE ON approval_decision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_decision_no_truncate BEFORE TRUNCATE ON approval_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, UPDATE ON approval_request TO tallystick_app;
GRANT SELECT, INSERT ON approval_decision TO tallystick_app;
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['approval_request', 'approval_decision'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY staff_only ON %I USING (app_sees_all()) WITH CHECK (app_sees_all())', t);
    EXECUTE format('CREATE POLICY owner_sees_all ON %I TO tallystick_owner USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
