// The first tried design of this ledger, kept to be measured against: sets of arrays, balances in place, foreign keys, no holds.
import { readFileSync } from 'node:fs';

const sql = readFileSync(new URL('prototype.sql', import.meta.url), 'utf8');
const LABS = 200;
const EXPERTS = 10_000;

const SEED = `
  INSERT INTO ledger.account (code, kind, currency, normal) SELECT 'lab:' || n, 'lab_prepaid', 'USD', 'credit' FROM generate_series(1, ${LABS}) n;
  INSERT INTO ledger.account (code, kind, currency, normal) SELECT 'expert:' || n, 'expert_payable', 'USD', 'credit' FROM generate_series(1, ${EXPERTS}) n;
  INSERT INTO ledger.account (code, kind, currency, normal, balance_mode, floor) VALUES ('fee', 'platform_fee', 'USD', 'credit', 'lazy', NULL);
  INSERT INTO ledger.balance (account_id, sign, floor, credits_posted)
  SELECT id, -1, floor, CASE kind WHEN 'lab_prepaid' THEN 10 ^ 15 ELSE 0 END FROM ledger.account WHERE balance_mode = 'sync';`;

const CALLED = `WITH r AS MATERIALIZED (
    SELECT uuidv7() u, 1 + (random() * ${LABS - 1})::bigint lab, ${LABS + 1} + (random() * ${EXPERTS - 1})::bigint expert, 1000 + (random() * 99000)::bigint pay
    FROM generate_series(1, :n)),
  l AS (SELECT u, 1::smallint n, lab, expert other, pay amount FROM r UNION ALL SELECT u, 2::smallint, lab, ${LABS + EXPERTS + 1}, pay * 15 / 100 + 1 FROM r)
  SELECT ledger.post_batch((SELECT array_agg(u) FROM r), (SELECT array_agg(u::text) FROM r), (SELECT array_agg('line-charged'::text) FROM r), (SELECT array_agg(u) FROM r),
    array_agg(u), array_agg(n), array_agg(lab), array_agg(other), array_agg('USD'::text), array_agg(amount)) FROM l;`;

export const PROTOTYPE = { setUp: [sql, SEED], one: `\\set n 1\n${CALLED}`, batch: `\\set n 200\n${CALLED}` };
