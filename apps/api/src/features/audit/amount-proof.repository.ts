// The amounts that are kept outside the ledger's postings, each held against what it follows from.
import { Prisma, type Db } from '../../platform/prisma/database';
import { disputesOffTheirSources } from './dispute-proof.repository';
import { FACT_PROOFS } from './fact-proof.repository';
import { faultOf, MOST, type OffRow, type Proof } from './off-row';

/** What is proven of amounts, one after the other. */
export const AMOUNT_PROOFS: readonly ((db: Db) => Promise<Proof>)[] = [
  invoicesOffTheLedger,
  fundingsOffTheLedger,
  refundsOffTheLedger,
  returnsOffTheirPayout,
  rollupsOffTheirPostings,
  signedSumsOffTheirLines,
  weeksOffTheirHold,
  disputesOffTheirSources,
  ...FACT_PROOFS,
];

/** Invoices of which the ledger has another amount: issued, paid or taken back. */
async function invoicesOffTheLedger(db: Db): Promise<Proof> {
  const kinds = ['invoice-issued', 'invoice-paid', 'invoice-taken-back'];
  const rows = await offTheLedger(db, Prisma.sql`invoice r`, { subjectType: 'invoice', kinds });
  return { looked: await db.invoice.count(), faults: rows.map(faultOf('invoice', 'the ledger has')) };
}

/** Payments of labs that arrived, of which the ledger has another amount. */
async function fundingsOffTheLedger(db: Db): Promise<Proof> {
  const kinds = ['funding-cleared', 'funding-arrived'];
  const arrived = Prisma.sql`(SELECT * FROM funding WHERE state IN ('ARRIVED', 'CLEARED')) r`;
  const rows = await offTheLedger(db, arrived, { subjectType: 'funding', kinds });
  const looked = await db.funding.count({ where: { state: { in: ['ARRIVED', 'CLEARED'] } } });
  return { looked, faults: rows.map(faultOf('funding', 'the ledger has')) };
}

/** Refunds to labs of which the ledger has another amount: asked for, refused, withdrawn or come back. */
async function refundsOffTheLedger(db: Db): Promise<Proof> {
  const kinds = ['refund-requested', 'refund-refused', 'refund-withdrawn', 'refund-returned'];
  const rows = await offTheLedger(db, Prisma.sql`lab_refund r`, { subjectType: 'lab-refund', kinds });
  return { looked: await db.labRefund.count(), faults: rows.map(faultOf('refund', 'the ledger has')) };
}

/**
 * Records (named r) with another amount than what a ledger transaction of some kinds about them moved on the lab's balance,
 * or without any. By the index of subjects, then by that of postings.
 */
async function offTheLedger(
  db: Db,
  records: Prisma.Sql,
  { subjectType, kinds }: { readonly subjectType: string; readonly kinds: readonly string[] },
): Promise<OffRow[]> {
  return db.$queryRaw<OffRow[]>`
    SELECT DISTINCT r.id AS what, r.currency, r.amount_minor AS "saidMinor", moved.minor AS "foundMinor" FROM ${records}
    LEFT JOIN ledger.ledger_transaction t ON t.subject_type = ${subjectType} AND t.subject_id = r.id AND t.kind = ANY(${[...kinds]})
    LEFT JOIN LATERAL (
      SELECT sum(p.amount)::bigint AS minor FROM ledger.posting p
      JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account c ON c.id = p.credit_account
      WHERE p.transaction_id = t.id AND p.phase = 'S' AND p.currency = r.currency AND r.lab_id IN (d.owner_id, c.owner_id)
        AND 'lab_prepaid' IN (d.kind, c.kind)) moved ON true
    WHERE moved.minor IS DISTINCT FROM r.amount_minor ORDER BY r.id LIMIT ${MOST}`;
}

/** Returns of banks with another amount than their payout. */
async function returnsOffTheirPayout(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT r.id AS what, r.currency, r.amount_minor AS "saidMinor", p.amount_minor AS "foundMinor"
    FROM payout_return r LEFT JOIN payout p ON p.id = r.payout_id AND p.currency = r.currency AND p.expert_id = r.expert_id
    WHERE p.amount_minor IS DISTINCT FROM r.amount_minor ORDER BY r.id LIMIT ${MOST}`;
  return { looked: await db.payoutReturn.count(), faults: rows.map(faultOf('return', 'its payout has')) };
}

/** Sums of accounts without a running balance that are not what their postings up to there give. */
async function rollupsOffTheirPostings(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT side.name || ' of ' || a.code AS what, a.currency, side.said AS "saidMinor", side.summed AS "foundMinor"
    FROM ledger.rollup r JOIN ledger.account a ON a.id = r.account_id CROSS JOIN LATERAL ledger.sums_between(r.account_id, 0, r.upto_id) s
    CROSS JOIN LATERAL (VALUES ('debits', r.debits_posted, s.debits_posted), ('credits', r.credits_posted, s.credits_posted),
      ('held debits', r.debits_pending, s.debits_pending), ('held credits', r.credits_pending, s.credits_pending)) side (name, said, summed)
    WHERE side.said <> side.summed ORDER BY a.code, side.name LIMIT ${MOST}`;
  const [all] = await db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM ledger.rollup`;
  return { looked: Number(all?.n ?? 0n), faults: rows.map(faultOf('the rollup of', 'its postings have')) };
}

/** Newest signatures of weeks over another price or pay than the charges of the week. */
async function signedSumsOffTheirLines(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    WITH newest AS (
      SELECT DISTINCT ON (engagement_id, week_start) * FROM signed_week ORDER BY engagement_id, week_start, version DESC),
    summed AS (
      SELECT c.engagement_id, coalesce(c.week_start, s.week_start) AS week_start,
        sum(c.price_minor)::bigint AS price, sum(c.pay_minor)::bigint AS pay, sum(c.fee_minor)::bigint AS fee
      FROM charge c LEFT JOIN timesheet s ON s.id = c.timesheet_id GROUP BY 1, 2)
    SELECT side.name || ' of signed week ' || w.id AS what, w.currency, side.said AS "saidMinor", side.summed AS "foundMinor"
    FROM newest w LEFT JOIN summed l USING (engagement_id, week_start)
    CROSS JOIN LATERAL (VALUES ('price', w.price_minor, l.price), ('pay', w.pay_minor, l.pay), ('fee', w.fee_minor, l.fee)) side (name, said, summed)
    WHERE side.said IS DISTINCT FROM side.summed ORDER BY w.id, side.name LIMIT ${MOST}`;
  return { looked: await db.signedWeek.count(), faults: rows.map(faultOf('the', 'its lines have')) };
}

/** Weeks that say they hold another amount than their hold in the ledger; one without a hold holds nothing. */
async function weeksOffTheirHold(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT w.id AS what, w.currency, w.held_minor AS "saidMinor", coalesce(p.amount, 0) AS "foundMinor"
    FROM engagement_week w LEFT JOIN ledger.posting p ON p.id = w.hold_posting_id
    WHERE w.held_minor <> coalesce(p.amount, 0) ORDER BY w.id LIMIT ${MOST}`;
  return { looked: await db.engagementWeek.count(), faults: rows.map(faultOf('week', 'its hold has')) };
}
