// What must be true of the books whatever happened. Each query gives the rows that break it; names as in docs/operators.md.

/**
 * Money in the account of an expert at the rail that is not sent on, since their bank returned something or the rail refused: it waits
 * for other bank details, the cool-down or the next hour, and is not on its way.
 */
const WAITS_FOR_BANK = `state = 'IN_TRANSIT' AND rail_payout_id IS NULL AND bank_asked_at IS NULL AND (bank_refused_at IS NOT NULL
      OR EXISTS (SELECT 1 FROM payout_return r WHERE r.expert_id = p.expert_id))`;

/** Rows that are still on their way. Once nothing is wrong any more there must be none. */
export const OPEN = {
  'outbox rows not handed over':
    'SELECT id FROM outbox_message WHERE sent_at IS NULL AND available_at < now()',
  'fundings without an end': `SELECT id FROM funding WHERE state NOT IN ('CLEARED', 'FAILED')`,
  'refunds without an end': `SELECT id FROM lab_refund WHERE state NOT IN ('SUCCEEDED', 'FAILED', 'WITHDRAWN')`,
  'payouts without an end': `SELECT id, state, 'attempt ' || attempt || ', sent on ' || bank_attempt || ' times, last asked ' || coalesce(bank_asked_at::text, 'never')
      || ', refused ' || coalesce(bank_refused_at::text, 'never') || coalesce(': ' || failure_reason, '')
    FROM payout p WHERE state IN ('REQUESTED', 'UNKNOWN', 'IN_TRANSIT') AND NOT (${WAITS_FOR_BANK})`,
  'events of the rail not handled': 'SELECT id FROM rail_event WHERE handled_at IS NULL',
};

/** The invariants that are read from the database. */
export const INVARIANTS = {
  'I1 balances are what postings give': `
    SELECT a.code FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id CROSS JOIN LATERAL ledger.balance_at(a.id, 'infinity') s
    WHERE (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending)
      IS DISTINCT FROM (s.debits_posted, s.credits_posted, s.debits_pending, s.credits_pending)`,
  'I1 every ledger transaction has postings': `
    SELECT t.id FROM ledger.ledger_transaction t WHERE NOT EXISTS (SELECT 1 FROM ledger.posting p WHERE p.transaction_id = t.id)`,
  'I2 nothing below its floor': `
    SELECT a.code FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id JOIN ledger.account_kind k ON k.kind = a.kind
    WHERE k.floor IS NOT NULL AND CASE b.sign WHEN -1 THEN b.credits_posted - b.debits_posted - b.debits_pending
      ELSE b.debits_posted - b.credits_posted - b.credits_pending END < k.floor`,
  'I3 what is held is what open weeks hold': `
    SELECT a.code FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id AND a.kind = 'lab_prepaid'
    LEFT JOIN (SELECT w.lab_id, sum(p.amount) AS held FROM engagement_week w JOIN ledger.posting p ON p.id = w.hold_posting_id
               WHERE NOT EXISTS (SELECT 1 FROM ledger.posting r WHERE r.pending_id = p.id) GROUP BY w.lab_id) h ON h.lab_id = a.owner_id
    WHERE b.debits_pending <> coalesce(h.held, 0)`,
  'I4 what an expert is owed is what was charged less what was sent': `
    SELECT a.code FROM ledger.balance b JOIN ledger.account a ON a.id = b.account_id AND a.kind = 'expert_payable'
    WHERE b.credits_posted - b.debits_posted <>
      (SELECT coalesce(sum(c.pay_minor), 0) FROM charge c WHERE c.expert_id = a.owner_id)
      - (SELECT coalesce(sum(p.amount_minor), 0) FROM payout p WHERE p.expert_id = a.owner_id AND p.ledger_transaction_id IS NOT NULL)`,
  'I5 one payment at the rail for each funding': `
    SELECT body->'metadata'->>'funding_id' FROM sandbox.object WHERE kind = 'payment_intent' GROUP BY 1 HAVING count(*) > 1`,
  'I5 one transfer at the rail for each payout': `
    SELECT body->'metadata'->>'payout_id' FROM sandbox.object WHERE kind = 'transfer' GROUP BY 1 HAVING count(*) > 1`,
  'I5 at most one payout at the rail that did not come back for each payout': `
    SELECT body->'metadata'->>'payout_id' FROM sandbox.object WHERE kind = 'payout' AND body->'metadata' ? 'payout_id' AND body->>'status' <> 'failed'
    GROUP BY 1 HAVING count(*) > 1`,
  'I5 a payout at the rail is of its payout’s amount': `
    SELECT o.id FROM sandbox.object o LEFT JOIN payout p ON p.id::text = o.body->'metadata'->>'payout_id'
    WHERE o.kind = 'payout' AND o.account IS NOT NULL
      AND (p.amount_minor, lower(p.currency)) IS DISTINCT FROM ((o.body->>'amount')::bigint, o.body->>'currency')`,
  'I5 a payout at the rail goes to a bank account that was set for its account': `
    SELECT o.id FROM sandbox.object o WHERE o.kind = 'payout' AND o.account IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM sandbox.event e WHERE e.body->>'type' = 'account.external_account.created' AND e.body->>'account' = o.account
        AND e.body->'data'->'object'->>'id' = o.body->>'destination')`,
  'I5 one refund at the rail for each refund': `
    SELECT body->'metadata'->>'refund_id' FROM sandbox.object WHERE kind = 'refund' GROUP BY 1 HAVING count(*) > 1`,
  'I5 every transfer of the rail is in the ledger once': `
    SELECT o.id FROM sandbox.object o WHERE o.kind = 'transfer'
      AND (SELECT count(*) FROM payout p WHERE p.rail_transfer_id = o.id AND p.ledger_transaction_id IS NOT NULL) <> 1`,
  'I5 every payment that arrived is in the ledger once': `
    SELECT o.id FROM sandbox.object o WHERE o.kind = 'payment_intent' AND o.body->>'status' = 'succeeded'
      AND (SELECT count(*) FROM funding f WHERE f.rail_payment_id = o.id AND f.state = 'CLEARED') <> 1`,
  'I5 a webhook is kept and handled once': 'SELECT id FROM rail_event GROUP BY id HAVING count(*) > 1',
  'I6 each approved line is charged once': `
    SELECT e.id FROM time_entry e LEFT JOIN charge c ON c.time_entry_id = e.id
    WHERE e.state = 'APPROVED' GROUP BY e.id HAVING count(c.id) <> 1
    UNION ALL SELECT c.time_entry_id FROM charge c JOIN time_entry e ON e.id = c.time_entry_id WHERE e.state <> 'APPROVED'`,
  'I7 no illegal pair of states': `
    SELECT id FROM payout WHERE state IN ('PAID', 'IN_TRANSIT', 'RETURNED') AND ledger_transaction_id IS NULL
    UNION ALL SELECT id FROM payout WHERE state IN ('GATED', 'CANCELLED', 'REQUESTED') AND ledger_transaction_id IS NOT NULL
    UNION ALL SELECT id FROM funding WHERE (state = 'CLEARED') <> (ledger_transaction_id IS NOT NULL)
    UNION ALL SELECT w.id FROM engagement_week w JOIN ledger.posting r ON r.pending_id = w.hold_posting_id WHERE w.state = 'HELD'`,
  'I8 nothing waits in the outbox': OPEN['outbox rows not handed over'],
};

/** The names of what does not hold, each with the first rows that break it. */
export async function brokenIn(owner, queries) {
  const broken = [];
  for (const [name, sql] of Object.entries(queries)) {
    const { rows } = await owner.query(sql);
    if (rows.length > 0)
      broken.push(
        `${name}: ${rows
          .slice(0, 3)
          .map((row) => Object.values(row).join(' '))
          .join(', ')}${rows.length > 3 ? ` and ${rows.length - 3} more` : ''}`,
      );
  }
  return broken;
}

/** I11: what the callers were told is what the database has: nothing lost, nothing doubled. */
export async function brokenPromises(owner, log, seed) {
  const broken = [];
  const answers = new Map();
  for (const { what, key, data, refused } of log) {
    if (!key?.startsWith(`chaos-${seed}-`)) continue;
    const said = JSON.stringify(data ?? refused);
    if (answers.has(key) && answers.get(key).said !== said)
      broken.push(`I11 ${what} ${key} was answered in two ways`);
    answers.set(key, { what, said, data });
  }
  const told = (what) => [...answers.values()].filter((each) => each.what === what && each.data);
  const count = async (sql, values) => (await owner.query(sql, values)).rows[0].n;
  const fundings = await count('SELECT count(*)::int AS n FROM funding WHERE requested_at >= $1', [
    log.since,
  ]);
  if (fundings !== told('fund').length)
    broken.push(`I11 ${told('fund').length} fundings were promised and ${fundings} are there`);
  const ids = told('refund').flatMap(({ data }) => data.requestRefund.map(({ id }) => id));
  const refunds = await count('SELECT count(*)::int AS n FROM lab_refund WHERE requested_at >= $1', [
    log.since,
  ]);
  if (refunds !== new Set(ids).size)
    broken.push(`I11 ${new Set(ids).size} refunds were promised and ${refunds} are there`);
  const entries = await count('SELECT count(*)::int AS n FROM time_entry', []);
  if (entries !== told('entry').length)
    broken.push(`I11 ${told('entry').length} entries were promised and ${entries} are there`);
  const approved = await count(`SELECT count(*)::int AS n FROM timesheet WHERE state = 'CHARGED'`, []);
  if (approved < told('approve').length)
    broken.push(`I11 ${told('approve').length} approvals were promised and ${approved} weeks are charged`);
  return broken;
}
