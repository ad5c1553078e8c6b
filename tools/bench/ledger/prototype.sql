-- The first tried design of this ledger. The bench measures the product's own beside it (tools/bench/ledger/prototype.mjs).
CREATE SCHEMA ledger;
SET search_path = ledger, public;
CREATE TABLE currency (code char(3) PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'), exponent smallint NOT NULL CHECK (exponent BETWEEN 0 AND 4));
INSERT INTO currency VALUES ('USD',2),('EUR',2),('JPY',0),('KWD',3);
CREATE TYPE normal_side AS ENUM ('debit','credit');
CREATE TABLE account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL UNIQUE,                         -- e.g. 'lab:42:prepaid:USD'
  kind text NOT NULL CHECK (kind IN ('lab_prepaid','lab_receivable','expert_payable','platform_fee','stripe_balance','stripe_in_transit','stripe_fee_expense','reserve','suspense','refund_clearing','dispute_loss','tax_withheld','rounding')),
  currency char(3) NOT NULL REFERENCES currency(code),
  normal normal_side NOT NULL,
  balance_mode text NOT NULL DEFAULT 'sync' CHECK (balance_mode IN ('sync','lazy')),  -- lazy = no balance row touched at post time
  floor bigint DEFAULT 0,                             -- NULL = may go negative; checked on available balance for sync accounts
  closed_at timestamptz,
  UNIQUE (id, currency),
  CHECK (balance_mode='sync' OR floor IS NULL)        -- a lazy account can't promise a floor
);
CREATE TABLE balance (                                -- one row per sync account
  account_id bigint PRIMARY KEY REFERENCES account(id),
  debits_posted  bigint NOT NULL DEFAULT 0 CHECK (debits_posted  >= 0),
  credits_posted bigint NOT NULL DEFAULT 0 CHECK (credits_posted >= 0),
  debits_pending bigint NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
  credits_pending bigint NOT NULL DEFAULT 0 CHECK (credits_pending >= 0),
  sign smallint NOT NULL CHECK (sign IN (1,-1)),      -- +1 debit-normal, -1 credit-normal
  floor bigint,
  version bigint NOT NULL DEFAULT 0,
  -- available = posted - pending outflow; must not fall below floor
  CONSTRAINT available_ge_floor CHECK (floor IS NULL OR
     CASE sign WHEN -1 THEN credits_posted - debits_posted - debits_pending
               ELSE debits_posted - credits_posted - credits_pending END >= floor)
) WITH (fillfactor=50);
CREATE TABLE journal (
  id uuid PRIMARY KEY,                                -- client-made UUIDv7: is also the idempotency id
  idem_key text NOT NULL UNIQUE,
  kind text NOT NULL,
  reverses_id uuid UNIQUE REFERENCES journal(id),     -- a journal is reversed at most once
  subject_type text NOT NULL, subject_id uuid NOT NULL,
  effective_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  actor text NOT NULL,
  request_hash bytea NOT NULL
);
CREATE TABLE posting (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  journal_id uuid NOT NULL REFERENCES journal(id),
  line smallint NOT NULL,
  debit_account bigint NOT NULL, credit_account bigint NOT NULL,
  currency char(3) NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  phase char(1) NOT NULL DEFAULT 'S' CHECK (phase IN ('S','P','C','V')), -- single, pending, capture, void
  pending_id bigint REFERENCES posting(id),
  CHECK (debit_account <> credit_account),
  CHECK ((phase IN ('C','V')) = (pending_id IS NOT NULL)),
  UNIQUE (journal_id, line),
  FOREIGN KEY (debit_account, currency)  REFERENCES account(id, currency),
  FOREIGN KEY (credit_account, currency) REFERENCES account(id, currency)
);
CREATE UNIQUE INDEX posting_resolved_once ON posting(pending_id) WHERE pending_id IS NOT NULL;
CREATE INDEX posting_debit  ON posting(debit_account, id);
CREATE INDEX posting_credit ON posting(credit_account, id);
-- append only
CREATE FUNCTION no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ledger rows are immutable' USING ERRCODE='23001'; END $$;
CREATE TRIGGER journal_ro BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION no_change();
CREATE TRIGGER posting_ro BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION no_change();
CREATE TRIGGER journal_nt BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION no_change();
CREATE TRIGGER posting_nt BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION no_change();
-- postings may only join a journal made in the same transaction; and a journal can't be empty at commit
CREATE FUNCTION posting_same_tx() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT journal_id FROM newrows) n JOIN ledger.journal j ON j.id=n.journal_id WHERE j.created_xid <> pg_current_xact_id())
  THEN RAISE EXCEPTION 'posting added to a committed journal'; END IF; RETURN NULL; END $$;
CREATE TRIGGER posting_same_tx AFTER INSERT ON posting REFERENCING NEW TABLE AS newrows FOR EACH STATEMENT EXECUTE FUNCTION posting_same_tx();
CREATE FUNCTION journal_not_empty() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger.posting p WHERE p.journal_id=NEW.id) THEN RAISE EXCEPTION 'empty journal %', NEW.id; END IF; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER journal_not_empty AFTER INSERT ON journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_not_empty();

-- the only writer: one call posts a batch of journals. lines: jsonb-free arrays
CREATE FUNCTION post_batch(j_id uuid[], j_key text[], j_kind text[], j_subj uuid[], l_j uuid[], l_line smallint[], l_dr bigint[], l_cr bigint[], l_ccy text[], l_amt bigint[])
RETURNS int LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN
  WITH ins AS (
    INSERT INTO ledger.journal(id, idem_key, kind, subject_type, subject_id, effective_at, actor, request_hash)
    SELECT u.id, u.k, u.kd, 'milestone', u.s, now(), 'bench', '\x00' FROM unnest(j_id,j_key,j_kind,j_subj) AS u(id,k,kd,s)
    ON CONFLICT DO NOTHING RETURNING id)
  SELECT count(*) INTO n FROM ins;
  -- duplicates: drop their lines (caller compares request_hash for a 409)
  INSERT INTO ledger.posting(journal_id,line,debit_account,credit_account,currency,amount)
  SELECT u.j,u.ln,u.dr,u.cr,u.c,u.a FROM unnest(l_j,l_line,l_dr,l_cr,l_ccy,l_amt) AS u(j,ln,dr,cr,c,a)
  WHERE n = cardinality(j_id) OR EXISTS (SELECT 1 FROM ledger.journal j WHERE j.id=u.j AND j.created_xid=pg_current_xact_id());
  -- lock every sync balance row of the batch in id order, then one aggregated update per account
  PERFORM 1 FROM ledger.balance b WHERE b.account_id = ANY(l_dr||l_cr) ORDER BY b.account_id FOR NO KEY UPDATE;
  UPDATE ledger.balance b SET debits_posted=b.debits_posted+d.dr, credits_posted=b.credits_posted+d.cr, version=b.version+1
  FROM (SELECT acct, sum(dr)::bigint dr, sum(cr)::bigint cr FROM (
          SELECT u.dr acct, u.a dr, 0::bigint cr FROM unnest(l_j,l_dr,l_amt) AS u(j,dr,a) WHERE n=cardinality(j_id) OR EXISTS (SELECT 1 FROM ledger.journal j WHERE j.id=u.j AND j.created_xid=pg_current_xact_id())
          UNION ALL SELECT u.cr, 0, u.a FROM unnest(l_j,l_cr,l_amt) AS u(j,cr,a) WHERE n=cardinality(j_id) OR EXISTS (SELECT 1 FROM ledger.journal j WHERE j.id=u.j AND j.created_xid=pg_current_xact_id())) x GROUP BY acct) d
  WHERE b.account_id=d.acct;
  RETURN n;
END $$;
SET search_path = public;
