// Facts that money was decided on and that the ledger has no posting of, each held against the second place that knows it.
import { formatAmount, type Currency } from '@tallystick/domain';
import { Prisma, type Db } from '../../platform/prisma/database';
import { faultOf, MOST, type OffRow, type Proof } from './off-row';

/** What is proven of facts, one after the other. */
export const FACT_PROOFS: readonly ((db: Db) => Promise<Proof>)[] = [
  approvalsOffTheJournal,
  approvalsReadOtherwise,
  ordersOffTheJournal,
  ordersOffTheirInvoices,
  dueDaysOffTheJournal,
  creditOffTheJournal,
  creditOffItsCeiling,
  offersOffTheJournal,
  movementsOffTheLedger,
  billingsOffTheirCharges,
  monthFeesOffTheirAssessments,
  bankAmountsOffTheJournal,
  ratesOffTheJournal,
  feesOffTheJournal,
];

/** The first row of the journal about a subject, or the newest, that holds a fact of a name. */
const sealedFacts = (
  subjectType: string,
  subjectId: Prisma.Sql,
  fact: string,
  more = Prisma.empty,
) => Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT facts FROM journal_entry j
    WHERE j.subject_id = ${subjectId} AND j.subject_type = ${subjectType} AND jsonb_exists(j.facts, ${fact}) ${more}
    LIMIT 1) sealed ON true`;
const FIRST = Prisma.sql`ORDER BY j.id`;
/** Where the journal has how a payout was sent to a bank last. */
const NEWEST_SENDING = Prisma.sql`AND j.to_state = 'SENT_TO_BANK' ORDER BY j.id DESC`;

/** Requests for approval that are not what the journal has of the asking: by their amount, or by anything that is bound by the hash. */
async function approvalsOffTheJournal(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<(OffRow & { isAmount: boolean })[]>`
    SELECT r.id AS what, coalesce(r.currency, sealed.facts->>'currency', 'USD') AS currency, coalesce(r.amount_minor, 0) AS "saidMinor",
      (sealed.facts->>'amountMinor')::bigint AS "foundMinor",
      (r.amount_minor::text, r.currency) IS DISTINCT FROM (sealed.facts->>'amountMinor', sealed.facts->>'currency') AS "isAmount"
    FROM approval_request r ${sealedFacts('approval-request', Prisma.sql`r.id`, 'payloadSha256', FIRST)}
    WHERE (r.action, r.subject_id::text, r.payload_sha256, r.amount_minor::text, r.currency)
        IS DISTINCT FROM (sealed.facts->>'action', sealed.facts->>'subjectId', sealed.facts->>'payloadSha256', sealed.facts->>'amountMinor', sealed.facts->>'currency')
      OR r.payload_sha256 <> encode(sha256(convert_to(r.payload, 'UTF8')), 'hex')
      OR (jsonb_exists(sealed.facts, 'requestedById') AND r.requested_by_id::text IS DISTINCT FROM sealed.facts->>'requestedById')
    ORDER BY r.id LIMIT ${MOST}`;
  const amount = faultOf('request for approval', 'the journal has');
  const faults = rows.map((row) =>
    row.isAmount ? amount(row) : `request for approval ${row.what} is not what was asked for, by the journal`,
  );
  return { looked: await db.approvalRequest.count(), faults };
}

/** Decisions that were on something else than what is stored now. */
async function approvalsReadOtherwise(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<{ what: string }[]>`
    SELECT DISTINCT r.id AS what FROM approval_request r JOIN approval_decision d ON d.request_id = r.id
    WHERE d.payload_sha256 <> r.payload_sha256 ORDER BY r.id LIMIT ${MOST}`;
  const faults = rows.map(({ what }) => `request for approval ${what} is not what was read and decided on`);
  return { looked: await db.approvalDecision.count(), faults };
}

/** Purchase orders of another amount than was added, by the journal. */
async function ordersOffTheJournal(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT o.id AS what, o.currency, o.amount_minor AS "saidMinor", (sealed.facts->>'amountMinor')::bigint AS "foundMinor"
    FROM purchase_order o ${sealedFacts('purchase-order', Prisma.sql`o.id`, 'amountMinor', FIRST)}
    WHERE (o.amount_minor::text, o.currency) IS DISTINCT FROM (sealed.facts->>'amountMinor', sealed.facts->>'currency')
    ORDER BY o.id LIMIT ${MOST}`;
  return {
    looked: await db.purchaseOrder.count(),
    faults: rows.map(faultOf('purchase order', 'the journal has')),
  };
}

/** Purchase orders of which another amount is burned down than their standing invoices come to. */
async function ordersOffTheirInvoices(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT o.id AS what, o.currency, o.invoiced_minor AS "saidMinor", coalesce(sum(i.amount_minor), 0)::bigint AS "foundMinor"
    FROM purchase_order o LEFT JOIN invoice i ON i.purchase_order_id = o.id AND i.state <> 'VOID'
    GROUP BY o.id HAVING o.invoiced_minor <> coalesce(sum(i.amount_minor), 0) ORDER BY o.id LIMIT ${MOST}`;
  return { looked: 0, faults: rows.map(faultOf('what is invoiced of purchase order', 'its invoices have')) };
}

/**
 * Invoices due on another day than they were issued for, by the journal. Before it noted the day: so many days after they
 * were issued as the terms had, by the journal, that were set last before.
 */
async function dueDaysOffTheJournal(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<{ what: string; said: string; found: string | null }[]>`
    SELECT i.id AS what, i.due_on::text AS said, coalesce(issued.facts->>'dueOn', terms.due_on) AS found
    FROM invoice i LEFT JOIN LATERAL (
      SELECT j.id, j.facts, j.at FROM journal_entry j
      WHERE j.subject_id = i.id AND j.subject_type = 'invoice' AND j.to_state = 'OPEN' ORDER BY j.id LIMIT 1) issued ON true
    LEFT JOIN LATERAL (
      SELECT ((issued.at AT TIME ZONE 'UTC')::date + (t.facts->>'dueDays')::integer)::text AS due_on FROM journal_entry t
      WHERE t.subject_id = i.lab_id AND t.subject_type = 'credit-terms' AND t.facts->>'currency' = i.currency AND t.id < issued.id
      ORDER BY t.id DESC LIMIT 1) terms ON NOT jsonb_exists(issued.facts, 'dueOn')
    WHERE i.due_on::text IS DISTINCT FROM coalesce(issued.facts->>'dueOn', terms.due_on) ORDER BY i.id LIMIT ${MOST}`;
  const faults = rows.map(
    ({ what, said, found }) =>
      `invoice ${what} is due on ${said}, by the journal ${found === null ? 'it was never issued' : `on ${found}`}`,
  );
  return { looked: await db.invoice.count(), faults };
}

/** The terms in force of each lab and currency. */
const IN_FORCE = Prisma.sql`
  (SELECT DISTINCT ON (lab_id, currency) * FROM credit_terms ORDER BY lab_id, currency, place DESC) c`;

/** Terms of credit in force that are not those that were set last, by the journal. */
async function creditOffTheJournal(db: Db): Promise<Proof> {
  const newest = Prisma.sql`AND j.facts->>'currency' = c.currency ORDER BY j.id DESC`;
  const rows = await db.$queryRaw<(OffRow & { isDays: boolean })[]>`
    SELECT c.lab_id AS what, c.currency, c.limit_minor AS "saidMinor", (sealed.facts->>'limitMinor')::bigint AS "foundMinor",
      c.limit_minor::text IS NOT DISTINCT FROM sealed.facts->>'limitMinor' AS "isDays"
    FROM ${IN_FORCE} ${sealedFacts('credit-terms', Prisma.sql`c.lab_id`, 'limitMinor', newest)}
    WHERE (c.limit_minor::text, c.due_days::text) IS DISTINCT FROM (sealed.facts->>'limitMinor', sealed.facts->>'dueDays')
    ORDER BY c.lab_id, c.currency LIMIT ${MOST}`;
  const limit = faultOf('the credit of lab', 'the journal has');
  const faults = rows.map((row) =>
    row.isDays
      ? `the days of credit of lab ${row.what} in ${row.currency} are not those that were set`
      : limit(row),
  );
  return { looked: await db.creditTerms.count(), faults };
}

/** Terms of credit in force with another limit than the ledger holds the lab to. */
async function creditOffItsCeiling(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT c.lab_id AS what, c.currency, c.limit_minor AS "saidMinor", b.ceiling AS "foundMinor"
    FROM ${IN_FORCE} LEFT JOIN ledger.account a ON a.kind = 'lab_invoiced' AND a.owner_id = c.lab_id AND a.currency = c.currency
    LEFT JOIN ledger.balance b ON b.account_id = a.id
    WHERE b.ceiling IS DISTINCT FROM c.limit_minor ORDER BY c.lab_id, c.currency LIMIT ${MOST}`;
  return { looked: 0, faults: rows.map(faultOf('the credit of lab', 'the ledger holds it to')) };
}

/** Offers at another rate than was sent, by the journal. */
async function offersOffTheJournal(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT o.id AS what, o.currency, o.rate_minor_per_hour AS "saidMinor", (sealed.facts->>'rateMinorPerHour')::bigint AS "foundMinor"
    FROM offer o ${sealedFacts('offer', Prisma.sql`o.id`, 'rateMinorPerHour', FIRST)}
    WHERE (o.rate_minor_per_hour::text, o.currency, o.take_rate_policy_id::text)
      IS DISTINCT FROM (sealed.facts->>'rateMinorPerHour', sealed.facts->>'currency', sealed.facts->>'takeRatePolicyId')
    ORDER BY o.id LIMIT ${MOST}`;
  return {
    looked: await db.offer.count(),
    faults: rows.map(faultOf('the rate of offer', 'the journal has')),
  };
}

/** Movements at the rail that are not their own amount less their fee, or not what the ledger transaction moved that they were matched with. */
async function movementsOffTheLedger(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT m.id AS what, m.currency, m.net_minor AS "saidMinor", other.minor AS "foundMinor"
    FROM rail_movement m CROSS JOIN LATERAL (
      SELECT CASE WHEN m.ledger_transaction_id IS NULL OR m.amount_minor - m.fee_minor <> m.net_minor THEN m.amount_minor - m.fee_minor ELSE (
        SELECT sum(p.amount * ((d.kind LIKE 'rail\\_%' AND d.kind <> 'rail_fee_expense')::integer - (c.kind LIKE 'rail\\_%' AND c.kind <> 'rail_fee_expense')::integer))::bigint
        FROM ledger.posting p JOIN ledger.account d ON d.id = p.debit_account JOIN ledger.account c ON c.id = p.credit_account
        WHERE p.transaction_id = m.ledger_transaction_id AND p.phase = 'S' AND p.currency = m.currency) END AS minor) other
    WHERE other.minor IS DISTINCT FROM m.net_minor ORDER BY m.id LIMIT ${MOST}`;
  return {
    looked: await db.railMovement.count(),
    faults: rows.map(faultOf('movement at the rail', 'what it follows from is')),
  };
}

/** Lifetime billings of a lab for an expert, by which tiers are counted, that are not the sum of their charges. */
async function billingsOffTheirCharges(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT 'lab ' || b.lab_id || ' for expert ' || b.expert_id AS what, b.currency, b.agreed_minor AS "saidMinor", coalesce(sum(c.agreed_minor), 0)::bigint AS "foundMinor"
    FROM billed_total b LEFT JOIN charge c ON c.lab_id = b.lab_id AND c.expert_id = b.expert_id AND c.currency = b.currency
    GROUP BY b.lab_id, b.expert_id, b.currency HAVING b.agreed_minor <> coalesce(sum(c.agreed_minor), 0)
    ORDER BY b.lab_id, b.expert_id LIMIT ${MOST}`;
  return {
    looked: await db.billedTotal.count(),
    faults: rows.map(faultOf('what was billed to', 'its charges have')),
  };
}

/** Fees of months, by which caps are counted, that are not what was assessed under their policy. */
async function monthFeesOffTheirAssessments(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT 'lab ' || m.lab_id || ' under policy ' || m.take_rate_policy_id AS what, m.currency, m.minor AS "saidMinor", coalesce(f.minor, 0) AS "foundMinor"
    FROM (SELECT lab_id, take_rate_policy_id, currency, sum(fee_minor)::bigint AS minor FROM month_fee GROUP BY 1, 2, 3) m
    LEFT JOIN (
      SELECT lab_id, take_rate_policy_id, currency, sum(month_after_minor - month_before_minor)::bigint AS minor FROM fee_assessment
      WHERE side = 'LAB' AND month_after_minor IS NOT NULL GROUP BY 1, 2, 3) f USING (lab_id, take_rate_policy_id, currency)
    WHERE m.minor <> coalesce(f.minor, 0) ORDER BY m.lab_id, m.take_rate_policy_id LIMIT ${MOST}`;
  return {
    looked: await db.monthFee.count(),
    faults: rows.map(faultOf('the monthly fees of', 'its assessments have')),
  };
}

/** Payouts of which a bank got another amount than the journal has of the payout of the rail that sent it last. */
async function bankAmountsOffTheJournal(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffRow[]>`
    SELECT p.id AS what, coalesce(p.bank_currency, p.currency) AS currency, coalesce(p.bank_amount_minor, 0) AS "saidMinor", (sealed.facts->>'bankAmountMinor')::bigint AS "foundMinor"
    FROM payout p ${sealedFacts('payout', Prisma.sql`p.id`, 'bankAmountMinor', NEWEST_SENDING)}
    WHERE sealed.facts IS NOT NULL
      AND (p.rail_payout_id, p.bank_amount_minor::text, p.bank_currency) IS DISTINCT FROM (sealed.facts->>'railPayoutId', sealed.facts->>'bankAmountMinor', sealed.facts->>'bankCurrency')
    ORDER BY p.id LIMIT ${MOST}`;
  return { looked: 0, faults: rows.map(faultOf('what the bank got of payout', 'the journal has')) };
}

/** Payouts that say the rail took another fee for them than the journal has of their newest step; it had none before it kept fees. */
async function feesOffTheJournal(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<OffFee[]>`
    SELECT p.id AS what, coalesce(p.rail_fee_currency, p.currency) AS currency,
      p.rail_fee_minor AS "saidMinor", (sealed.facts->>'railFeeMinor')::bigint AS "foundMinor",
      p.past_rail_fee_minor AS "saidPastMinor", (sealed.facts->>'pastRailFeeMinor')::bigint AS "foundPastMinor"
    FROM payout p ${sealedFacts('payout', Prisma.sql`p.id`, 'railFeeMinor', Prisma.sql`ORDER BY j.id DESC`)}
    WHERE sealed.facts IS NOT NULL
      AND (p.rail_fee_minor::text, p.rail_fee_currency, p.past_rail_fee_minor::text)
        IS DISTINCT FROM (sealed.facts->>'railFeeMinor', sealed.facts->>'railFeeCurrency', sealed.facts->>'pastRailFeeMinor')
    ORDER BY p.id LIMIT ${MOST}`;
  return { looked: 0, faults: rows.map(feeFault) };
}

/** Payouts that say they were exchanged at another rate than the journal has of their last sending; it had none before it kept rates. */
async function ratesOffTheJournal(db: Db): Promise<Proof> {
  const rows = await db.$queryRaw<{ what: string; said: string | null; found: string | null }[]>`
    SELECT p.id AS what, trim_scale(p.exchange_rate)::text AS said, sealed.facts->>'exchangeRate' AS found
    FROM payout p ${sealedFacts('payout', Prisma.sql`p.id`, 'bankAmountMinor', NEWEST_SENDING)}
    WHERE jsonb_exists(sealed.facts, 'exchangeRate') AND p.exchange_rate IS DISTINCT FROM (sealed.facts->>'exchangeRate')::numeric
    ORDER BY p.id LIMIT ${MOST}`;
  const worded = (rate: string | null) => rate ?? 'none';
  const faults = rows.map(
    ({ what, said, found }) =>
      `the exchange rate of payout ${what} says ${worded(said)}, the journal has ${worded(found)}`,
  );
  return { looked: 0, faults };
}

interface OffFee {
  readonly what: string;
  readonly currency: string;
  readonly saidMinor: bigint | null;
  readonly foundMinor: bigint | null;
  readonly saidPastMinor: bigint;
  readonly foundPastMinor: bigint;
}

/** Which of the two amounts is another: of all sendings, or of those before the last. */
function feeFault({ what, currency, saidMinor, foundMinor, saidPastMinor, foundPastMinor }: OffFee): string {
  const words = (minor: bigint | null) =>
    minor === null ? 'nothing' : formatAmount({ minor, currency: currency as Currency });
  const [name, said, found] =
    saidMinor === foundMinor && saidPastMinor !== foundPastMinor
      ? ['the provider’s fee of earlier sendings of payout', saidPastMinor, foundPastMinor]
      : ['the provider’s fee of payout', saidMinor, foundMinor];
  return `${name} ${what} says ${words(said)}, the journal has ${words(found)}`;
}
