-- Postings are made in sets: a batch of ledger transactions costs a handful of statements, however many it holds.

-- R: what remains of a hold that was captured in part. It is a hold of its own and reserves nothing anew.
ALTER TABLE ledger.posting DROP CONSTRAINT posting_phase_check;
ALTER TABLE ledger.posting ADD CONSTRAINT posting_phase_check CHECK (phase IN ('S', 'P', 'C', 'V', 'R'));
COMMENT ON TABLE ledger.posting IS 'One debit and one credit of the same amount, minor units. Phase: S single, P pending (a hold), C captures a hold whole or in part, R the hold that remains after a part was captured, V voids a hold.';

-- An account is what it was opened as.
CREATE TRIGGER account_append_only BEFORE UPDATE OR DELETE ON ledger.account FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON ledger.account FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- Postings join a ledger transaction of their own commit, on accounts of their currency; a hold is resolved as it was made.
-- One look at a whole statement: a foreign key would lock the platform's own accounts once for every posting. Always by index: a plan
-- made while the tables were small would read them whole later.
CREATE OR REPLACE FUNCTION ledger.posting_joins_new() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  fits boolean;
  resolves boolean;
BEGIN
  SELECT bool_and((t.created_xid = pg_current_xact_id() AND d.currency = a.currency AND c.currency = a.currency) IS TRUE), bool_or(a.phase IN ('C', 'V', 'R'))
  INTO fits, resolves FROM added a
  LEFT JOIN ledger.ledger_transaction t ON t.id = a.transaction_id
  LEFT JOIN ledger.account d ON d.id = a.debit_account
  LEFT JOIN ledger.account c ON c.id = a.credit_account;
  IF NOT fits THEN
    RAISE EXCEPTION 'a posting joins only a ledger transaction of its own commit, on accounts of its currency' USING ERRCODE = '23001';
  END IF;
  IF resolves AND EXISTS (
    SELECT 1 FROM added a
    LEFT JOIN ledger.posting hold ON hold.id = a.pending_id
    LEFT JOIN added rest ON rest.phase = 'R' AND rest.transaction_id = a.transaction_id AND rest.line = a.line + 1
    LEFT JOIN added part ON part.phase = 'C' AND part.transaction_id = a.transaction_id AND part.line = a.line - 1
    WHERE CASE a.phase
      WHEN 'C' THEN hold.phase IN ('P', 'R') AND (hold.debit_account, hold.credit_account, hold.amount) = (a.debit_account, a.credit_account, a.amount + coalesce(rest.amount, 0))
      WHEN 'V' THEN hold.phase IN ('P', 'R') AND (hold.debit_account, hold.credit_account, hold.amount) = (a.debit_account, a.credit_account, a.amount)
      WHEN 'R' THEN (part.debit_account, part.credit_account) = (a.debit_account, a.credit_account)
      ELSE true END IS NOT TRUE) THEN
    RAISE EXCEPTION 'a hold is resolved whole, on its own accounts' USING ERRCODE = '23001';
  END IF;
  RETURN NULL;
END $$;
ALTER TABLE ledger.posting DROP CONSTRAINT posting_transaction_id_fkey;
ALTER TABLE ledger.posting DROP CONSTRAINT posting_debit_account_currency_fkey;
ALTER TABLE ledger.posting DROP CONSTRAINT posting_credit_account_currency_fkey;
ALTER TABLE ledger.posting DROP CONSTRAINT posting_pending_id_fkey;

ALTER TABLE ledger.ledger_transaction DROP CONSTRAINT ledger_transaction_reverses_id_key;
CREATE UNIQUE INDEX ledger_transaction_reversed_once ON ledger.ledger_transaction (reverses_id) WHERE reverses_id IS NOT NULL;

-- A ledger transaction comes with its postings, in one statement.
DROP TRIGGER transaction_has_postings ON ledger.ledger_transaction;
CREATE OR REPLACE FUNCTION ledger.transaction_has_postings() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added a WHERE NOT EXISTS (SELECT 1 FROM ledger.posting p WHERE p.transaction_id = a.id)) THEN
    RAISE EXCEPTION 'a ledger transaction has no postings' USING ERRCODE = '23001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER transaction_has_postings AFTER INSERT ON ledger.ledger_transaction REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.transaction_has_postings();

-- What a phase does to the posted and the pending sums.
CREATE OR REPLACE FUNCTION ledger.phase_effect(phase text, OUT posted int, OUT pending int) LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE phase WHEN 'S' THEN 1 WHEN 'C' THEN 1 ELSE 0 END, CASE phase WHEN 'P' THEN 1 WHEN 'C' THEN -1 WHEN 'V' THEN -1 ELSE 0 END
$$;

-- The only writer. Takes a batch of ledger transactions as JSON; returns [{id, isNew, postings: [id]}] in their order.
-- A line names debit, credit, currency and amount. One that resolves a hold names pendingId instead of accounts: V gives the hold back,
-- C takes it whole, or a part (amount) where an R line with the rest follows.
-- Errors: TL001 key used for something else; 23001 a hold that is not there or is not resolved whole; 23505 a hold resolved already, or
-- a transaction reversed already; 23514 available_above_floor or available_below_ceiling.
CREATE OR REPLACE FUNCTION ledger.post(batch jsonb) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp
  SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  transactions uuid[];
  ids bigint[];
  debits bigint[];
  credits bigint[];
  amounts bigint[];
  phases char[];
BEGIN
  WITH fresh AS (
    INSERT INTO ledger_transaction (id, idempotency_key, request_hash, kind, subject_type, subject_id, reverses_id, effective_at, actor)
    SELECT t.id, t.key, t.hash, t.kind, t."subjectType", t."subjectId", t."reversesId", t."effectiveAt", t.actor
    FROM jsonb_to_recordset(batch) t(id uuid, key text, hash text, kind text, "subjectType" text, "subjectId" uuid, "reversesId" uuid, "effectiveAt" timestamptz, actor text)
    ORDER BY t.key
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING id),
  added AS (
    INSERT INTO posting (transaction_id, line, debit_account, credit_account, currency, amount, phase, pending_id)
    SELECT t.id, l.n,
      coalesce(h.debit_account, (SELECT a.id FROM account a WHERE a.code = l.debit), open_account(l.debit)),
      coalesce(h.credit_account, (SELECT a.id FROM account a WHERE a.code = l.credit), open_account(l.credit)),
      coalesce(h.currency, l.currency), coalesce(l.amount, h.amount), l.phase, CASE WHEN l.phase <> 'R' THEN l.hold END
    FROM ROWS FROM (jsonb_to_recordset(batch) AS (id uuid, lines jsonb)) WITH ORDINALITY t(id, lines, o)
    CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(t.lines) AS (phase char, debit text, credit text, currency char(3), amount bigint, "pendingId" bigint))
      WITH ORDINALITY l(phase, debit, credit, currency, amount, hold, n)
    LEFT JOIN LATERAL (SELECT * FROM posting p WHERE p.id = l.hold LIMIT 1) h ON true
    WHERE (t.id IN (SELECT fresh.id FROM fresh)) IS TRUE
    ORDER BY t.o, l.n
    RETURNING id, transaction_id, debit_account, credit_account, amount, posting.phase)
  SELECT array_agg(a.id), array_agg(a.transaction_id), array_agg(a.debit_account), array_agg(a.credit_account), array_agg(a.amount), array_agg(a.phase)
  INTO ids, transactions, debits, credits, amounts, phases FROM added a;

  -- Every balance row of the batch, locked in id order, with one update each.
  WITH moved AS (
    SELECT x.account, coalesce(sum(x.dr) FILTER (WHERE x.phase IN ('S', 'C')), 0) AS dr, coalesce(sum(x.cr) FILTER (WHERE x.phase IN ('S', 'C')), 0) AS cr,
      coalesce(sum(CASE x.phase WHEN 'P' THEN x.dr ELSE -x.dr END) FILTER (WHERE x.phase IN ('P', 'C', 'V')), 0) AS drp,
      coalesce(sum(CASE x.phase WHEN 'P' THEN x.cr ELSE -x.cr END) FILTER (WHERE x.phase IN ('P', 'C', 'V')), 0) AS crp
    FROM (SELECT d, a, 0::bigint, p FROM unnest(debits, amounts, phases) l(d, a, p)
          UNION ALL SELECT c, 0, a, p FROM unnest(credits, amounts, phases) l(c, a, p)) x(account, dr, cr, phase)
    GROUP BY x.account),
  locked AS MATERIALIZED (
    SELECT b.account_id FROM balance b WHERE b.account_id = ANY (debits || credits) ORDER BY b.account_id FOR NO KEY UPDATE)
  UPDATE balance b SET debits_posted = b.debits_posted + m.dr, credits_posted = b.credits_posted + m.cr,
    debits_pending = b.debits_pending + m.drp, credits_pending = b.credits_pending + m.crp
  FROM locked JOIN moved m ON m.account = locked.account_id WHERE b.account_id = locked.account_id;

  RETURN answer_of(batch, transactions, ids);
END $$;

-- What a batch came to, in its order: new transactions with the ids of their postings, known ones with those of their first time.
-- Refuses a key that was used for something else.
CREATE FUNCTION ledger.answer_of(batch jsonb, transactions uuid[], ids bigint[]) RETURNS jsonb LANGUAGE plpgsql SET search_path = ledger, pg_temp AS $$
DECLARE
  fresh jsonb;
  answer jsonb;
  other text;
BEGIN
  IF jsonb_array_length(batch) = 1 AND ids IS NOT NULL THEN
    RETURN jsonb_build_array(jsonb_build_object('id', transactions[1], 'isNew', true, 'postings', to_jsonb(ids)));
  END IF;
  SELECT jsonb_agg(jsonb_build_object('id', m.id, 'isNew', true, 'postings', m.postings) ORDER BY m.first) INTO fresh
  FROM (SELECT p.transaction AS id, min(p.id) AS first, jsonb_agg(p.id ORDER BY p.id) AS postings FROM unnest(transactions, ids) p(transaction, id) GROUP BY 1) m;
  IF jsonb_array_length(fresh) = jsonb_array_length(batch) THEN RETURN fresh; END IF;
  SELECT jsonb_agg(jsonb_build_object('id', k.id, 'isNew', k.id = t.id AND k.id = ANY (transactions),
      'postings', (SELECT jsonb_agg(p.id ORDER BY p.line) FROM posting p WHERE p.transaction_id = k.id)) ORDER BY t.o),
    min(t.key) FILTER (WHERE k.request_hash <> t.hash)
  INTO answer, other
  FROM ROWS FROM (jsonb_to_recordset(batch) AS (id uuid, key text, hash text)) WITH ORDINALITY t(id, key, hash, o)
  JOIN ledger_transaction k ON k.idempotency_key = t.key;
  IF other IS NOT NULL THEN RAISE EXCEPTION 'the ledger key % was used for something else', other USING ERRCODE = 'TL001'; END IF;
  RETURN answer;
END $$;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
