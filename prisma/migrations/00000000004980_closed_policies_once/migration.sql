-- A take-rate policy is only closed: by the policy for the same people that begins there, and set into the past only by one
-- that another person approved. Whoever has the application's role moves no end by itself.
CREATE FUNCTION take_rate_policy_only_ends() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL OR NEW.effective_to IS NULL OR NEW.effective_to <= NEW.effective_from OR NEW.effective_to >= OLD.effective_to THEN
    RAISE EXCEPTION 'a policy is only closed, once, and earlier than it would end (constraint "take_rate_policy_only_ends")'
      USING ERRCODE = '23514', CONSTRAINT = 'take_rate_policy_only_ends';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER take_rate_policy_only_ends BEFORE UPDATE ON take_rate_policy FOR EACH ROW
  WHEN ((NEW.effective_to, NEW.closed_at, NEW.planned_to) IS DISTINCT FROM (OLD.effective_to, OLD.closed_at, OLD.planned_to))
  EXECUTE FUNCTION take_rate_policy_only_ends();

-- Looked at when the transaction ends: the end is set before the next policy is there.
CREATE FUNCTION take_rate_policy_followed() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  following take_rate_policy;
  isPast boolean;
BEGIN
  SELECT * INTO following FROM take_rate_policy n
    WHERE n.scope = NEW.scope AND (n.lab_id, n.project_id, n.expert_id) IS NOT DISTINCT FROM (NEW.lab_id, NEW.project_id, NEW.expert_id)
      AND n.effective_from = NEW.effective_to;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a policy ends where another for the same people begins (constraint "take_rate_policy_followed")'
      USING ERRCODE = '23514', CONSTRAINT = 'take_rate_policy_followed';
  END IF;
  isPast := following.effective_from < following.created_at;
  IF isPast AND NOT EXISTS (
    SELECT 1 FROM approval_request a WHERE a.id = following.approval_request_id AND a.action = 'take-rate.set'
      AND a.subject_id = following.id AND a.state IN ('APPROVED', 'EXECUTED')) THEN
    RAISE EXCEPTION 'nobody approved that a policy ends in the past (constraint "take_rate_policy_followed")'
      USING ERRCODE = '23514', CONSTRAINT = 'take_rate_policy_followed';
  END IF;
  IF (NEW.closed_at, NEW.planned_to) IS DISTINCT FROM
    (CASE WHEN isPast THEN following.created_at END, CASE WHEN isPast THEN OLD.effective_to END) THEN
    RAISE EXCEPTION 'an end in the past is kept with when it was set, another is not (constraint "take_rate_policy_followed")'
      USING ERRCODE = '23514', CONSTRAINT = 'take_rate_policy_followed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER take_rate_policy_followed AFTER UPDATE ON take_rate_policy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((NEW.effective_to, NEW.closed_at, NEW.planned_to) IS DISTINCT FROM (OLD.effective_to, OLD.closed_at, OLD.planned_to))
  EXECUTE FUNCTION take_rate_policy_followed();
