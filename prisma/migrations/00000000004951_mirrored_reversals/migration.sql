-- What says that it takes a ledger transaction back is its mirror: every move the other way round, of the same amount, and no
-- other. Holds are not moves. Looked at for these alone: nothing else that is posted pays for it.
CREATE FUNCTION ledger.reversal_mirrors() RETURNS trigger LANGUAGE plpgsql SET search_path = ledger, pg_temp
  SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (
      SELECT p.debit_account AS debit, p.credit_account AS credit, p.currency, p.amount, 1 AS side
      FROM posting p WHERE p.transaction_id = NEW.id AND p.phase IN ('S', 'C')
      UNION ALL
      SELECT p.credit_account, p.debit_account, p.currency, p.amount, -1
      FROM posting p WHERE p.transaction_id = NEW.reverses_id AND p.phase IN ('S', 'C')) moves
    GROUP BY debit, credit, currency, amount HAVING sum(side) <> 0) THEN
    RAISE EXCEPTION 'ledger transaction % is no mirror of %, which it says it takes back', NEW.id, NEW.reverses_id USING ERRCODE = '23001';
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION ledger.reversal_mirrors() FROM PUBLIC;
CREATE TRIGGER reversal_mirrors AFTER INSERT ON ledger.ledger_transaction
  FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION ledger.reversal_mirrors();
COMMENT ON TABLE ledger.ledger_transaction IS 'One business fact, posted once: the same key with the same request gives the first result, with another it is refused. Reversed at most once, by its mirror.';
