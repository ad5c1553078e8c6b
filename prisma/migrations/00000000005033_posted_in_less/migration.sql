-- A batch costs less: codes and keys are compared by their bytes, triggers look at each account of a batch once, and balances are
-- locked last, so that batches on the same accounts wait for each other for a shorter time.
ALTER TABLE ledger.account ALTER COLUMN code TYPE text COLLATE "C";
ALTER TABLE ledger.ledger_transaction ALTER COLUMN idempotency_key TYPE text COLLATE "C";

-- Postings join a ledger transaction of their own commit, on accounts of their currency; a hold is resolved as it was made.
-- One look at a whole statement, at each ledger transaction and account once: a foreign key would lock the platform's own accounts
-- once for every posting. Always by index: a plan made while the tables were small would read them whole later.
CREATE OR REPLACE FUNCTION ledger.posting_joins_new() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  fits boolean;
  resolves boolean;
BEGIN
  SELECT (SELECT bool_and((t.created_xid = pg_current_xact_id()) IS TRUE)
            FROM (SELECT DISTINCT transaction_id FROM added) a LEFT JOIN ledger.ledger_transaction t ON t.id = a.transaction_id)
     AND (SELECT bool_and((c.currency = a.currency) IS TRUE)
            FROM (SELECT debit_account AS id, currency FROM added UNION SELECT credit_account, currency FROM added) a LEFT JOIN ledger.account c ON c.id = a.id),
    bool_or(a.phase IN ('C', 'V', 'R'))
  INTO fits, resolves FROM added a;
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
  answer jsonb;
BEGIN
  WITH fresh AS (
    INSERT INTO ledger_transaction (id, idempotency_key, request_hash, kind, subject_type, subject_id, reverses_id, effective_at, actor)
    SELECT t.id, t.key, t.hash, t.kind, t."subjectType", t."subjectId", t."reversesId", t."effectiveAt", t.actor
    FROM jsonb_to_recordset(batch) t(id uuid, key text, hash text, kind text, "subjectType" text, "subjectId" uuid, "reversesId" uuid, "effectiveAt" timestamptz, actor text)
    ORDER BY t.key COLLATE "C"
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

  answer := answer_of(batch, transactions, ids);

  -- Every balance row of the batch, locked in id order, with one update each: last of all, for others wait from here to the commit.
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

  RETURN answer;
END $$;
