// The designs that the ledger is measured beside, each in a database of its own: what the machine can do at most, what one would
// write at first, and what one would write next. Every transaction is a charge: a lab pays an expert and the platform's fee.
/** Ledger transactions in a batch. */
export const BATCH = 200;

const LABS = 200;
const EXPERTS = 10_000;

const ROWS = `
  CREATE TABLE transaction (id uuid, key text, hash text, kind text, subject_type text, subject_id uuid, reverses_id uuid, effective_at timestamptz, actor text, xid xid8);
  CREATE TABLE posting (id bigint GENERATED ALWAYS AS IDENTITY, transaction_id uuid, line smallint, debit bigint, credit bigint, currency char(3), amount bigint, phase char(1), pending_id bigint);`;

const INDEXES = `
  ALTER TABLE transaction ADD PRIMARY KEY (id), ADD UNIQUE (key);
  CREATE INDEX ON transaction (reverses_id) WHERE reverses_id IS NOT NULL;
  CREATE INDEX ON transaction (subject_type, subject_id);
  CREATE INDEX ON transaction (effective_at, id);
  ALTER TABLE posting ADD PRIMARY KEY (id), ADD UNIQUE (transaction_id, line);
  CREATE INDEX ON posting (pending_id) WHERE pending_id IS NOT NULL;
  CREATE INDEX ON posting (debit, id);
  CREATE INDEX ON posting (credit, id);`;

const BALANCES = `
  CREATE TABLE balance (account bigint PRIMARY KEY, debits bigint NOT NULL DEFAULT 0, credits bigint NOT NULL DEFAULT 0, floor bigint,
    CHECK (floor IS NULL OR credits - debits >= floor)) WITH (fillfactor = 50);
  INSERT INTO balance SELECT n, 0, CASE WHEN n <= ${LABS} THEN 10 ^ 15 ELSE 0 END, 0 FROM generate_series(1, ${LABS + EXPERTS + 1}) n;`;

const FEE = LABS + EXPERTS + 1;

/** Draws :n charges: ids, lab, expert, pay and fee. */
const DRAWN = `WITH r AS MATERIALIZED (
  SELECT uuidv7() u, 1 + (random() * ${LABS - 1})::bigint lab, ${LABS + 1} + (random() * ${EXPERTS - 1})::bigint expert, 1000 + (random() * 99000)::bigint pay
  FROM generate_series(1, :n))`;

const INSERTED = `${DRAWN},
  t AS (INSERT INTO transaction SELECT u, u::text, 'x', 'line-charged', 'charge', u, NULL, now(), 'bench', pg_current_xact_id() FROM r)
  INSERT INTO posting (transaction_id, line, debit, credit, currency, amount, phase)
  SELECT u, 1, lab, expert, 'USD', pay, 'S' FROM r UNION ALL SELECT u, 2, lab, ${FEE}, 'USD', pay * 15 / 100 + 1, 'S' FROM r;`;

/** The naive design: one transaction each, every balance updated in place, the platform's fee too. */
const NAIVE = `
  ALTER TABLE posting ADD FOREIGN KEY (transaction_id) REFERENCES transaction (id), ADD FOREIGN KEY (debit) REFERENCES balance (account), ADD FOREIGN KEY (credit) REFERENCES balance (account);
  CREATE FUNCTION charge(u uuid, lab bigint, expert bigint, pay bigint, fee bigint) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO transaction VALUES (u, u::text, 'x', 'line-charged', 'charge', u, NULL, now(), 'bench', pg_current_xact_id());
    INSERT INTO posting (transaction_id, line, debit, credit, currency, amount, phase) VALUES (u, 1, lab, expert, 'USD', pay, 'S'), (u, 2, lab, ${FEE}, 'USD', fee, 'S');
    UPDATE balance SET debits = debits + pay + fee WHERE account = lab;
    UPDATE balance SET credits = credits + pay WHERE account = expert;
    UPDATE balance SET credits = credits + fee WHERE account = ${FEE};
  END $$;`;

/** A charge as the product sends it, with marks where its values go. */
const TEMPLATE = JSON.stringify({
  id: '$u',
  key: '$u',
  hash: 'x',
  kind: 'line-charged',
  subjectType: 'charge',
  subjectId: '$u',
  reversesId: null,
  effectiveAt: '2026-11-28T20:00:00.000Z',
  actor: 'bench',
  lines: [
    {
      phase: 'S',
      debit: 'lab_prepaid:$l:USD',
      credit: 'expert_payable:$e:USD',
      currency: 'USD',
      amount: '$p',
    },
    {
      phase: 'S',
      debit: 'lab_prepaid:$l:USD',
      credit: 'platform_fee:platform:USD',
      currency: 'USD',
      amount: '$f',
    },
  ],
});

const MARKS = { u: 'u', l: 'lab', e: 'expert', p: 'pay', f: 'pay * 15 / 100 + 1' };

/** The template as an expression of SQL. */
const WRITTEN = TEMPLATE.split(/\$([a-z])/)
  .map((part, index) => (index % 2 === 0 ? `'${part}'` : `(${MARKS[part]})`))
  .join(' || ');

/** An owner's id by its number. */
const owner = (number) => `('00000000-0000-7000-8000-' || lpad((${number})::text, 12, '0'))`;

/** How many requests a second can be wanted at the most, of one transaction and of a batch. */
const MOST = { one: 3000, batch: 150 };

/** Requests made beforehand, as the product's own process makes them: what is measured is the ledger, not the making of JSON. */
const requests = (way, count, size) => `
  CREATE UNLOGGED TABLE public.bench_${way} (n int PRIMARY KEY, request text STORAGE EXTERNAL);
  CREATE SEQUENCE public.bench_${way}_next;
  INSERT INTO public.bench_${way}
    SELECT n, (SELECT '[' || string_agg(${WRITTEN}, ',') || ']'
      FROM (SELECT uuidv7() u, ${owner(`1 + (random() * ${LABS - 1})::int`)} lab, ${owner(`1 + (random() * ${EXPERTS - 1})::int`)} expert, 1000 + (random() * 99000)::bigint pay
            FROM generate_series(1, ${size} + 0 * n) OFFSET 0) r)
    FROM generate_series(1, ${count}) n;`;

/** Accounts of the product's ledger, and requests for so many seconds. */
const ours = (seconds) => `
  SELECT ledger.open_account('lab_prepaid:' || ${owner('n')} || ':USD') FROM generate_series(1, ${LABS}) n;
  SELECT ledger.open_account('expert_payable:' || ${owner('n')} || ':USD') FROM generate_series(1, ${EXPERTS}) n;
  SELECT ledger.open_account('platform_fee:platform:USD');
  UPDATE ledger.balance b SET credits_posted = 10 ^ 15 FROM ledger.account a WHERE a.id = b.account_id AND a.kind = 'lab_prepaid';
  ${requests('one', seconds * MOST.one, 1)}
  ${requests('batch', seconds * MOST.batch, BATCH)}`;

const ONE = '\\set n 1\n';
const MANY = `\\set n ${BATCH}\n`;
const sent = (way) =>
  `SELECT length(ledger.post(b.request::jsonb)::text) FROM public.bench_${way} b WHERE b.n = (SELECT nextval('public.bench_${way}_next'));`;
const CHARGED = `${DRAWN} SELECT charge(u, lab, expert, pay, pay * 15 / 100 + 1) FROM r;`;

/** Each design for a run of so many seconds: how its database is made, and what one of its clients does. */
export const designs = (seconds) => ({
  ceiling: { setUp: [ROWS], one: ONE + INSERTED, batch: MANY + INSERTED },
  indexedCeiling: { setUp: [ROWS, INDEXES], one: ONE + INSERTED, batch: MANY + INSERTED },
  naive: { setUp: [ROWS, INDEXES, BALANCES, NAIVE], one: ONE + CHARGED },
  ours: { isProduct: true, setUp: [ours(seconds)], one: sent('one'), batch: sent('batch') },
});
