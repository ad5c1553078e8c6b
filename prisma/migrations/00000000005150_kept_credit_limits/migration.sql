-- What a lab owes by invoice always has a limit: none is opened without one, and no word takes it away. Ending credit is a limit of 0.
CREATE OR REPLACE FUNCTION ledger.set_ceiling(wanted text, limit_minor bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  opened bigint;
BEGIN
  IF wanted NOT LIKE 'lab_invoiced:%' THEN RAISE EXCEPTION 'only what a lab owes by invoice has a limit' USING ERRCODE = '22023'; END IF;
  IF limit_minor IS NULL OR limit_minor < 0 THEN
    RAISE EXCEPTION 'what a lab owes by invoice has a limit of at least 0 (constraint "credit_has_limit")' USING ERRCODE = '23514', CONSTRAINT = 'credit_has_limit';
  END IF;
  opened := open_account(wanted);
  UPDATE balance SET ceiling = limit_minor WHERE account_id = opened;
END $$;

CREATE OR REPLACE FUNCTION ledger.open_account(wanted text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  found bigint;
  parts text[] := string_to_array(wanted, ':');
  chart ledger.account_kind;
BEGIN
  SELECT id INTO found FROM account WHERE code = wanted;
  IF found IS NOT NULL THEN RETURN found; END IF;
  IF cardinality(parts) <> 3 THEN RAISE EXCEPTION 'not an account code: %', wanted USING ERRCODE = '22023'; END IF;
  SELECT * INTO STRICT chart FROM account_kind WHERE kind = parts[1];
  INSERT INTO account (code, kind, owner_id, currency)
  VALUES (wanted, parts[1], CASE WHEN parts[2] = 'platform' THEN NULL ELSE parts[2]::uuid END, parts[3])
  ON CONFLICT (code) DO NOTHING RETURNING id INTO found;
  IF found IS NULL THEN SELECT id INTO STRICT found FROM account WHERE code = wanted; RETURN found; END IF;
  IF chart.balance_mode = 'sync' THEN
    INSERT INTO balance (account_id, sign, floor, ceiling)
    VALUES (found, CASE chart.normal WHEN 'D' THEN 1 ELSE -1 END, chart.floor, CASE parts[1] WHEN 'lab_invoiced' THEN 0 END);
  END IF;
  RETURN found;
END $$;

-- Accounts that were opened without a limit may owe what they owe, and no more.
UPDATE ledger.balance b SET ceiling = b.debits_posted - b.credits_posted + b.debits_pending
FROM ledger.account a WHERE a.id = b.account_id AND a.kind = 'lab_invoiced' AND b.ceiling IS NULL;
