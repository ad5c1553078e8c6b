-- Whoever can make a temporary table can put a name before ours: what is not told otherwise looks for names among temporary tables
-- first, and a function that runs as the owner would read, and fire, what its caller made. So every function of ours that runs as its
-- owner, or guards a table, looks for them last. (The queue needs temporary tables of its own: the right to make them stays.)
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT p.oid::regprocedure AS name, n.nspname AS home
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE n.nspname IN ('public', 'ledger') AND l.lanname IN ('sql', 'plpgsql') AND (p.prosecdef OR p.prorettype = 'trigger'::regtype)
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', one.name, one.home);
  END LOOP;
END $$;

-- A row goes from state to state as its machine says, whoever writes it: no payout that was sent is asked for anew.
CREATE FUNCTION keep_states() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.state || '>' || NEW.state = ANY (TG_ARGV)) IS NOT TRUE THEN
    RAISE EXCEPTION '% goes from % to no %', TG_TABLE_NAME, OLD.state, NEW.state USING ERRCODE = '23001', CONSTRAINT = 'state_kept';
  END IF;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_states IS 'Refuses a change of state that none of its arguments names, each as FROM>TO.';
CREATE TRIGGER payout_keeps_states BEFORE UPDATE ON payout FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION keep_states(
  'GATED>REQUESTED', 'GATED>CANCELLED', 'REQUESTED>IN_TRANSIT', 'REQUESTED>UNKNOWN', 'REQUESTED>FAILED', 'REQUESTED>GATED',
  'UNKNOWN>IN_TRANSIT', 'UNKNOWN>FAILED', 'UNKNOWN>REQUESTED', 'FAILED>REQUESTED', 'FAILED>CANCELLED',
  'IN_TRANSIT>PAID', 'IN_TRANSIT>RETURNED', 'PAID>RETURNED', 'PAID>IN_TRANSIT', 'RETURNED>IN_TRANSIT', 'RETURNED>PAID');
-- Money that came in, and an invoice that was paid, stay so.
CREATE TRIGGER funding_keeps_states BEFORE UPDATE ON funding FOR EACH ROW WHEN (OLD.state = 'CLEARED' AND NEW.state <> 'CLEARED')
  EXECUTE FUNCTION keep_states();
CREATE TRIGGER invoice_keeps_states BEFORE UPDATE ON invoice FOR EACH ROW WHEN (OLD.state IN ('PAID', 'VOID') AND NEW.state <> OLD.state)
  EXECUTE FUNCTION keep_states();

-- A change of the bank details of an account cools down: when it was is said later or the same, never taken away or set back.
CREATE FUNCTION bank_change_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'when bank details changed stays, or is later' USING ERRCODE = '23001', CONSTRAINT = 'bank_change_stays';
END $$;
CREATE TRIGGER payout_account_bank_change_stays BEFORE UPDATE ON payout_account FOR EACH ROW
  WHEN (OLD.rail_account_id = NEW.rail_account_id AND OLD.bank_changed_at IS NOT NULL AND (NEW.bank_changed_at IS NULL OR NEW.bank_changed_at < OLD.bank_changed_at))
  EXECUTE FUNCTION bank_change_stays();
