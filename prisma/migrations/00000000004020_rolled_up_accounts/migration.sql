-- Accounts without a running balance (the platform's fees, above all) are summed up to a posting; only what came later is added when they are read.
CREATE TABLE ledger.rollup (
  account_id bigint PRIMARY KEY REFERENCES ledger.account (id),
  upto_id bigint NOT NULL DEFAULT 0,
  debits_posted bigint NOT NULL DEFAULT 0,
  credits_posted bigint NOT NULL DEFAULT 0,
  debits_pending bigint NOT NULL DEFAULT 0,
  credits_pending bigint NOT NULL DEFAULT 0,
  next_id bigint NOT NULL,
  next_xid xid8 NOT NULL
);
COMMENT ON TABLE ledger.rollup IS 'The sums of an account without a running balance over its postings up to upto_id, minor units. Postings up to next_id are final once no transaction older than next_xid runs: ids are not given in the order of commits.';
GRANT SELECT ON ledger.rollup TO tallystick_app;

-- The sums of an account over the postings of a stretch of ids, by the indexes of its sides.
CREATE FUNCTION ledger.sums_between(account bigint, after_id bigint, upto_id bigint, OUT debits_posted bigint, OUT credits_posted bigint, OUT debits_pending bigint, OUT credits_pending bigint)
LANGUAGE sql STABLE SET search_path = ledger, pg_temp AS $$
  SELECT coalesce(sum(x.dr) FILTER (WHERE x.phase IN ('S', 'C')), 0)::bigint, coalesce(sum(x.cr) FILTER (WHERE x.phase IN ('S', 'C')), 0)::bigint,
    coalesce(sum(CASE x.phase WHEN 'P' THEN x.dr ELSE -x.dr END) FILTER (WHERE x.phase IN ('P', 'C', 'V')), 0)::bigint,
    coalesce(sum(CASE x.phase WHEN 'P' THEN x.cr ELSE -x.cr END) FILTER (WHERE x.phase IN ('P', 'C', 'V')), 0)::bigint
  FROM (SELECT p.amount AS dr, 0 AS cr, p.phase FROM posting p WHERE p.debit_account = account AND p.id > after_id AND p.id <= upto_id
        UNION ALL SELECT 0, p.amount, p.phase FROM posting p WHERE p.credit_account = account AND p.id > after_id AND p.id <= upto_id) x
$$;

-- What an account without a running balance comes to now: its rollup and what came later.
CREATE FUNCTION ledger.lazy_sums(account bigint, OUT debits_posted bigint, OUT credits_posted bigint, OUT debits_pending bigint, OUT credits_pending bigint)
LANGUAGE sql STABLE SET search_path = ledger, pg_temp AS $$
  SELECT coalesce(r.debits_posted, 0) + t.debits_posted, coalesce(r.credits_posted, 0) + t.credits_posted,
    coalesce(r.debits_pending, 0) + t.debits_pending, coalesce(r.credits_pending, 0) + t.credits_pending
  FROM (SELECT account AS id) a LEFT JOIN rollup r ON r.account_id = a.id
  CROSS JOIN LATERAL sums_between(a.id, coalesce(r.upto_id, 0), 9223372036854775807) t
$$;

-- Takes every account without a running balance a step further. Postings that may still be joined by older ones wait for the next time.
CREATE FUNCTION ledger.roll_up() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  one record;
  oldest xid8 := pg_snapshot_xmin(pg_current_snapshot());
  next xid8 := pg_snapshot_xmax(pg_current_snapshot());
  last bigint := coalesce((SELECT max(id) FROM posting), 0);
  stepped int := 0;
BEGIN
  INSERT INTO rollup (account_id, next_id, next_xid)
  SELECT a.id, last, next FROM account a JOIN account_kind k ON k.kind = a.kind WHERE k.balance_mode = 'lazy' ORDER BY a.id
  ON CONFLICT DO NOTHING;
  FOR one IN SELECT * FROM rollup WHERE next_xid <= oldest ORDER BY account_id FOR UPDATE LOOP
    UPDATE rollup r SET upto_id = one.next_id, next_id = last, next_xid = next,
      debits_posted = r.debits_posted + s.debits_posted, credits_posted = r.credits_posted + s.credits_posted,
      debits_pending = r.debits_pending + s.debits_pending, credits_pending = r.credits_pending + s.credits_pending
    FROM sums_between(one.account_id, one.upto_id, one.next_id) s WHERE r.account_id = one.account_id;
    stepped := stepped + 1;
  END LOOP;
  RETURN stepped;
END $$;

-- A lab that pays later may owe so much, minor units; NULL takes the limit away. Refused (23514) below what it owes already.
CREATE FUNCTION ledger.set_ceiling(wanted text, limit_minor bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  opened bigint;
BEGIN
  IF wanted NOT LIKE 'lab_receivable:%' THEN RAISE EXCEPTION 'only what a lab owes has a limit' USING ERRCODE = '22023'; END IF;
  opened := open_account(wanted);
  UPDATE balance SET ceiling = limit_minor WHERE account_id = opened;
END $$;

-- Sums of an account at an instant of the past, by the same indexes.
CREATE OR REPLACE FUNCTION ledger.balance_at(account bigint, at timestamptz, OUT debits_posted bigint, OUT credits_posted bigint, OUT debits_pending bigint, OUT credits_pending bigint)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(x.dr) FILTER (WHERE x.phase IN ('S', 'C')), 0)::bigint, coalesce(sum(x.cr) FILTER (WHERE x.phase IN ('S', 'C')), 0)::bigint,
    coalesce(sum(CASE x.phase WHEN 'P' THEN x.dr ELSE -x.dr END) FILTER (WHERE x.phase IN ('P', 'C', 'V')), 0)::bigint,
    coalesce(sum(CASE x.phase WHEN 'P' THEN x.cr ELSE -x.cr END) FILTER (WHERE x.phase IN ('P', 'C', 'V')), 0)::bigint
  FROM (SELECT p.transaction_id, p.amount AS dr, 0 AS cr, p.phase FROM ledger.posting p WHERE p.debit_account = account
        UNION ALL SELECT p.transaction_id, 0, p.amount, p.phase FROM ledger.posting p WHERE p.credit_account = account) x
  JOIN ledger.ledger_transaction t ON t.id = x.transaction_id AND t.effective_at <= at
$$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.sums_between, ledger.lazy_sums, ledger.roll_up, ledger.set_ceiling TO tallystick_app;
