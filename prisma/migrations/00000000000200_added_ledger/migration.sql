-- The book of every cent. A posting names a debit account, a credit account and one positive amount, so it balances by itself.
CREATE SCHEMA ledger;

CREATE TABLE ledger.currency (code char(3) PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'), exponent smallint NOT NULL CHECK (exponent BETWEEN 0 AND 4));
INSERT INTO ledger.currency VALUES ('USD', 2), ('EUR', 2), ('GBP', 2), ('CAD', 2), ('CHF', 2), ('JPY', 0), ('KWD', 3);

CREATE TABLE ledger.account_kind (
  kind text PRIMARY KEY,
  normal char(1) NOT NULL CHECK (normal IN ('D', 'C')),
  balance_mode text NOT NULL CHECK (balance_mode IN ('sync', 'lazy')),
  floor bigint,
  CHECK (balance_mode = 'sync' OR floor IS NULL)
);
COMMENT ON TABLE ledger.account_kind IS 'The chart of accounts: which side is its own, whether a balance row is kept at posting, and below what its available balance may not fall.';
INSERT INTO ledger.account_kind VALUES
  ('rail_pending', 'D', 'sync', NULL), ('rail_available', 'D', 'sync', NULL), ('rail_fee_expense', 'D', 'lazy', NULL),
  ('lab_prepaid', 'C', 'sync', 0), ('work_reserve', 'C', 'sync', NULL), ('expert_payable', 'C', 'sync', 0),
  ('platform_fee', 'C', 'lazy', NULL), ('refund_clearing', 'C', 'sync', NULL), ('suspense', 'D', 'sync', NULL);

CREATE TABLE ledger.account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL UNIQUE,
  kind text NOT NULL REFERENCES ledger.account_kind,
  owner_id uuid,
  currency char(3) NOT NULL REFERENCES ledger.currency,
  opened_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (id, currency)
);
COMMENT ON TABLE ledger.account IS 'A LedgerAccount. Its code is kind:owner:currency; the owner is a lab, an expert or the platform.';
CREATE INDEX account_owner ON ledger.account (owner_id);

CREATE TABLE ledger.balance (
  account_id bigint PRIMARY KEY REFERENCES ledger.account (id),
  debits_posted bigint NOT NULL DEFAULT 0 CHECK (debits_posted >= 0),
  credits_posted bigint NOT NULL DEFAULT 0 CHECK (credits_posted >= 0),
  debits_pending bigint NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
  credits_pending bigint NOT NULL DEFAULT 0 CHECK (credits_pending >= 0),
  sign smallint NOT NULL CHECK (sign IN (1, -1)),
  floor bigint,
  CONSTRAINT available_above_floor CHECK (floor IS NULL OR CASE sign
    WHEN -1 THEN credits_posted - debits_posted - debits_pending
    ELSE debits_posted - credits_posted - credits_pending END >= floor)
) WITH (fillfactor = 50);
COMMENT ON TABLE ledger.balance IS 'Running sums of one account, minor units. Pending outflow is reserved: it counts against the floor.';

CREATE TABLE ledger.ledger_transaction (
  id uuid PRIMARY KEY,
  idempotency_key text NOT NULL UNIQUE,
  request_hash text NOT NULL,
  kind text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  reverses_id uuid UNIQUE REFERENCES ledger.ledger_transaction (id),
  effective_at timestamptz NOT NULL,
  actor text NOT NULL,
  created_xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
COMMENT ON TABLE ledger.ledger_transaction IS 'One business fact, posted once: the same key with the same request gives the first result, with another it is refused. Reversed at most once.';
CREATE INDEX ledger_transaction_subject ON ledger.ledger_transaction (subject_type, subject_id);
CREATE INDEX ledger_transaction_time ON ledger.ledger_transaction (effective_at, id);

CREATE TABLE ledger.posting (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  transaction_id uuid NOT NULL REFERENCES ledger.ledger_transaction (id),
  line smallint NOT NULL,
  debit_account bigint NOT NULL,
  credit_account bigint NOT NULL,
  currency char(3) NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  phase char(1) NOT NULL CHECK (phase IN ('S', 'P', 'C', 'V')),
  pending_id bigint REFERENCES ledger.posting (id),
  CHECK (debit_account <> credit_account),
  CHECK ((phase IN ('C', 'V')) = (pending_id IS NOT NULL)),
  UNIQUE (transaction_id, line),
  FOREIGN KEY (debit_account, currency) REFERENCES ledger.account (id, currency),
  FOREIGN KEY (credit_account, currency) REFERENCES ledger.account (id, currency)
);
COMMENT ON TABLE ledger.posting IS 'One debit and one credit of the same amount, minor units. Phase: S single, P pending (a hold), C captures a hold, V voids it.';
-- A hold resolves once, for ever.
CREATE UNIQUE INDEX posting_resolves_once ON ledger.posting (pending_id) WHERE pending_id IS NOT NULL;
CREATE INDEX posting_debit ON ledger.posting (debit_account, id);
CREATE INDEX posting_credit ON ledger.posting (credit_account, id);

-- Append-only, by trigger and by grant.
CREATE TRIGGER transaction_append_only BEFORE UPDATE OR DELETE ON ledger.ledger_transaction FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE ON ledger.posting FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER transaction_no_truncate BEFORE TRUNCATE ON ledger.ledger_transaction FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER posting_no_truncate BEFORE TRUNCATE ON ledger.posting FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE FUNCTION ledger.posting_joins_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added a JOIN ledger.ledger_transaction t ON t.id = a.transaction_id WHERE t.created_xid <> pg_current_xact_id()) THEN
    RAISE EXCEPTION 'a posting was added to a committed ledger transaction' USING ERRCODE = '23001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER posting_joins_new AFTER INSERT ON ledger.posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.posting_joins_new();

CREATE FUNCTION ledger.transaction_has_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger.posting p WHERE p.transaction_id = NEW.id) THEN
    RAISE EXCEPTION 'ledger transaction % has no postings', NEW.id USING ERRCODE = '23001';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transaction_has_postings AFTER INSERT ON ledger.ledger_transaction DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger.transaction_has_postings();

-- Opens an account by its code, kind:owner:currency. Returns its id.
CREATE FUNCTION ledger.open_account(wanted text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
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
    INSERT INTO balance (account_id, sign, floor) VALUES (found, CASE chart.normal WHEN 'D' THEN 1 ELSE -1 END, chart.floor);
  END IF;
  RETURN found;
END $$;

-- The only writer. Takes a batch of ledger transactions as JSON; returns [{id, isNew, postings: [id]}] in their order.
-- Errors: TL001 key used for something else; 23514 (available_above_floor) a balance would fall below its floor; 23505 a hold was resolved already.
CREATE FUNCTION ledger.post(batch jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  t jsonb;
  l jsonb;
  n smallint;
  known ledger.ledger_transaction;
  hold ledger.posting;
  made bigint;
  ids jsonb;
  result jsonb := '[]';
BEGIN
  CREATE TEMP TABLE IF NOT EXISTS ledger_delta (account_id bigint, dr bigint, cr bigint, drp bigint, crp bigint) ON COMMIT DROP;
  DELETE FROM ledger_delta;
  FOR t IN SELECT value FROM jsonb_array_elements(batch) LOOP
    INSERT INTO ledger_transaction (id, idempotency_key, request_hash, kind, subject_type, subject_id, reverses_id, effective_at, actor)
    VALUES ((t->>'id')::uuid, t->>'key', t->>'hash', t->>'kind', t->>'subjectType', (t->>'subjectId')::uuid, (t->>'reversesId')::uuid, (t->>'effectiveAt')::timestamptz, t->>'actor')
    ON CONFLICT (idempotency_key) DO NOTHING;
    IF NOT FOUND THEN
      SELECT * INTO STRICT known FROM ledger_transaction WHERE idempotency_key = t->>'key';
      IF known.request_hash <> t->>'hash' THEN
        RAISE EXCEPTION 'the ledger key % was used for something else', t->>'key' USING ERRCODE = 'TL001';
      END IF;
      SELECT jsonb_agg(p.id ORDER BY p.line) INTO ids FROM posting p WHERE p.transaction_id = known.id;
      result := result || jsonb_build_object('id', known.id, 'isNew', false, 'postings', ids);
      CONTINUE;
    END IF;
    n := 0;
    ids := '[]';
    FOR l IN SELECT value FROM jsonb_array_elements(t->'lines') LOOP
      n := n + 1;
      IF l->>'phase' IN ('C', 'V') THEN
        SELECT * INTO STRICT hold FROM posting WHERE id = (l->>'pendingId')::bigint AND phase = 'P';
      ELSE
        hold.debit_account := open_account(l->>'debit');
        hold.credit_account := open_account(l->>'credit');
        hold.currency := l->>'currency';
        hold.amount := (l->>'amount')::bigint;
      END IF;
      INSERT INTO posting (transaction_id, line, debit_account, credit_account, currency, amount, phase, pending_id)
      VALUES ((t->>'id')::uuid, n, hold.debit_account, hold.credit_account, hold.currency, hold.amount, l->>'phase', (l->>'pendingId')::bigint)
      RETURNING id INTO made;
      ids := ids || to_jsonb(made);
      INSERT INTO ledger_delta
      SELECT hold.debit_account, hold.amount * posted, 0, hold.amount * pending, 0 FROM phase_effect(l->>'phase')
      UNION ALL
      SELECT hold.credit_account, 0, hold.amount * posted, 0, hold.amount * pending FROM phase_effect(l->>'phase');
    END LOOP;
    result := result || jsonb_build_object('id', t->>'id', 'isNew', true, 'postings', ids);
  END LOOP;
  -- Every balance row of the batch, locked in id order, then one update each.
  PERFORM 1 FROM balance b WHERE b.account_id IN (SELECT d.account_id FROM ledger_delta d) ORDER BY b.account_id FOR NO KEY UPDATE;
  UPDATE balance b SET debits_posted = b.debits_posted + d.dr, credits_posted = b.credits_posted + d.cr,
    debits_pending = b.debits_pending + d.drp, credits_pending = b.credits_pending + d.crp
  FROM (SELECT account_id, sum(dr)::bigint dr, sum(cr)::bigint cr, sum(drp)::bigint drp, sum(crp)::bigint crp FROM ledger_delta GROUP BY account_id) d
  WHERE b.account_id = d.account_id;
  RETURN result;
END $$;

-- What a phase does to the posted and the pending sums.
CREATE FUNCTION ledger.phase_effect(phase text, OUT posted int, OUT pending int) LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE phase WHEN 'S' THEN 1 WHEN 'C' THEN 1 ELSE 0 END, CASE phase WHEN 'P' THEN 1 WHEN 'C' THEN -1 WHEN 'V' THEN -1 ELSE 0 END
$$;

-- The sums of an account worked out from its postings, at any instant.
CREATE FUNCTION ledger.balance_at(account bigint, at timestamptz, OUT debits_posted bigint, OUT credits_posted bigint, OUT debits_pending bigint, OUT credits_pending bigint)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(p.amount * e.posted) FILTER (WHERE p.debit_account = account), 0)::bigint,
         coalesce(sum(p.amount * e.posted) FILTER (WHERE p.credit_account = account), 0)::bigint,
         coalesce(sum(p.amount * e.pending) FILTER (WHERE p.debit_account = account), 0)::bigint,
         coalesce(sum(p.amount * e.pending) FILTER (WHERE p.credit_account = account), 0)::bigint
  FROM ledger.posting p
  JOIN ledger.ledger_transaction t ON t.id = p.transaction_id AND t.effective_at <= at
  CROSS JOIN LATERAL ledger.phase_effect(p.phase) e
  WHERE p.debit_account = account OR p.credit_account = account
$$;

GRANT USAGE ON SCHEMA ledger TO tallystick_app;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO tallystick_app;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.post, ledger.open_account, ledger.balance_at, ledger.phase_effect TO tallystick_app;
