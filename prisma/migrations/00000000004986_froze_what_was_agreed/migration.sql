-- A request for approval begins as one that waits, and is approved only by the decisions that are there and by nobody who declined.
CREATE FUNCTION approval_request_begins() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF NEW.state <> 'PENDING' OR NEW.decided_at IS NOT NULL OR NEW.executed_at IS NOT NULL OR NEW.outcome IS NOT NULL THEN
    RAISE EXCEPTION 'a request begins as one that waits (constraint "approval_begins")' USING ERRCODE = '23514', CONSTRAINT = 'approval_begins';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_request_begins BEFORE INSERT ON approval_request FOR EACH ROW EXECUTE FUNCTION approval_request_begins();
CREATE FUNCTION approval_request_undeclined() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM approval_decision d WHERE d.request_id = OLD.id AND d.decision = 'DECLINE') THEN
    RAISE EXCEPTION 'somebody has declined this (constraint "approval_undeclined")' USING ERRCODE = '23514', CONSTRAINT = 'approval_undeclined';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_request_undeclined BEFORE UPDATE ON approval_request FOR EACH ROW
  WHEN (OLD.state = 'PENDING' AND NEW.state = 'APPROVED') EXECUTE FUNCTION approval_request_undeclined();

-- Payouts are opened again by what two people agreed to: this very stop, and once.
CREATE FUNCTION payout_switch_opens_a_stop() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM approval_request a WHERE a.id = NEW.approval_request_id AND a.action = 'payout.open-switch' AND a.state IN ('APPROVED', 'EXECUTED')
      AND a.subject_id = (SELECT s.id FROM payout_switch s ORDER BY s.place DESC LIMIT 1)) THEN
    RAISE EXCEPTION 'nobody approved that payouts are opened after this stop (constraint "payout_switch_opened_by_two")'
      USING ERRCODE = '23514', CONSTRAINT = 'payout_switch_opened_by_two';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_switch_opens_a_stop BEFORE INSERT ON payout_switch FOR EACH ROW
  WHEN (NOT NEW.is_stopped AND NEW.approval_request_id IS NOT NULL) EXECUTE FUNCTION payout_switch_opens_a_stop();

-- What was agreed is frozen: an engagement only goes on and ends, and a policy is only closed. The application may write nothing else of them.
REVOKE UPDATE, DELETE ON engagement FROM tallystick_app;
GRANT UPDATE (state, notice_given_at, ends_at, end_reason, version) ON engagement TO tallystick_app;
REVOKE UPDATE, DELETE ON take_rate_policy FROM tallystick_app;
GRANT UPDATE (effective_to, closed_at, planned_to) ON take_rate_policy TO tallystick_app;
