// What the records of agreements, lines, policies and payouts say, held against the sealed journal and the ledger.
import { canonicalJson, takenBackMatches } from '@tallystick/domain';
import { sha256 } from '../../platform/crypto/digest';
import { Prisma, type Db } from '../../platform/prisma/database';

/** At most so many faults are read of one kind. */
const MOST = 20;

/**
 * The line of each charge: gone, or with other hours than those charged; of a bonus, with another amount. A settled
 * question says how much of a line counts.
 */
export async function chargesOffTheirLine(
  db: Db,
  chargeIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; isGone: boolean; kind: string }[]>`
    SELECT c.id, coalesce(t.id, b.id) IS NULL AS "isGone", c.kind
    FROM charge c
    LEFT JOIN bonus b ON b.id = c.bonus_id AND b.engagement_id = c.engagement_id
    LEFT JOIN time_entry t ON t.id = c.time_entry_id AND t.engagement_id = c.engagement_id
    LEFT JOIN LATERAL (
      SELECT q.proposed_seconds FROM line_question q
      WHERE q.time_entry_id = t.id AND q.resolution = 'ACCEPTED' ORDER BY q.resolved_at DESC LIMIT 1) settled ON true
    WHERE c.id = ANY(${[...chargeIds]}::uuid[])
      AND CASE c.kind WHEN 'BONUS' THEN (b.amount_minor, b.currency) IS DISTINCT FROM (c.agreed_minor, c.currency) WHEN 'TIME' THEN t.id IS NULL OR t.counted_seconds <> c.seconds
        OR c.seconds <> coalesce(settled.proposed_seconds, round(extract(epoch FROM t.ends_at - t.starts_at))) ELSE false END`;
  return new Map(
    rows.map(({ id, isGone, kind }) => {
      if (isGone) return [id, 'is without its line'];
      return [id, kind === 'TIME' ? 'is not the hours of its line' : 'is not the amount of its bonus'];
    }),
  );
}

interface ReversalRow {
  readonly id: string;
  readonly agreedMinor: bigint;
  readonly priceMinor: bigint;
  readonly payMinor: bigint;
  readonly feeMinor: bigint;
  readonly seconds: number;
  readonly lineAgreedMinor: bigint;
  readonly linePriceMinor: bigint;
  readonly linePayMinor: bigint;
  readonly lineSeconds: number;
  readonly rounding: string;
  /** As its own assessment keeps it; null where that is gone. */
  readonly beforeMinor: bigint | null;
}

/** Those of the charges that take another back and are not what its rates and the parts before them give. */
export async function reversalsOffTheirCharge(db: Db, chargeIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<ReversalRow[]>`
    SELECT c.id, c.agreed_minor AS "agreedMinor", c.price_minor AS "priceMinor", c.pay_minor AS "payMinor", c.fee_minor AS "feeMinor", c.seconds,
      o.agreed_minor AS "lineAgreedMinor", o.price_minor AS "linePriceMinor", o.pay_minor AS "linePayMinor", o.seconds AS "lineSeconds", o.rounding,
      (a.inputs->'takenBack'->>'beforeMinor')::bigint AS "beforeMinor"
    FROM charge c JOIN charge o ON o.id = c.reverses_charge_id LEFT JOIN fee_assessment a ON a.charge_id = c.id AND a.side = 'LAB' WHERE c.id = ANY(${[...chargeIds]}::uuid[])`;
  const wrong = rows.filter((row) => {
    const rounding = row.rounding === 'HALF_UP' ? ('HALF_UP' as const) : ('HALF_EVEN' as const);
    const line = {
      agreedMinor: row.lineAgreedMinor,
      priceMinor: row.linePriceMinor,
      payMinor: row.linePayMinor,
      seconds: row.lineSeconds,
      rounding,
    };
    return row.beforeMinor === null || !takenBackMatches(line, row.beforeMinor, { ...row, rounding });
  });
  return new Set(wrong.map(({ id }) => id));
}

/** Ledger transactions of charges and payouts whose record is gone. */
export async function bookedWithoutRecord(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string; kind: string }[]>`
    SELECT t.id, t.kind FROM ledger.ledger_transaction t
    WHERE (t.kind IN ('line-charged', 'bonus-charged', 'charge-reversed') AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.ledger_transaction_id = t.id))
       OR (t.kind = 'payout-transferred' AND NOT EXISTS (SELECT 1 FROM payout p WHERE p.id = t.subject_id))
    ORDER BY t.effective_at, t.id LIMIT ${MOST}`;
  return rows.map(
    ({ id, kind }) =>
      `ledger transaction ${id} is without its ${kind === 'payout-transferred' ? 'payout' : 'charge'}`,
  );
}

/** The first row of the journal about a subject that holds a fact of a name. */
const firstFacts = (subjectType: string, subjectId: Prisma.Sql, fact: string) => Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT facts FROM journal_entry j
    WHERE j.subject_id = ${subjectId} AND j.subject_type = ${subjectType} AND jsonb_exists(j.facts, ${fact})
    ORDER BY j.id LIMIT 1) sealed ON true`;

/** Engagements whose frozen terms are not those that the journal has of the signature. */
export async function termsOffTheJournal(db: Db): Promise<{ looked: number; faults: string[] }> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM engagement e ${firstFacts('engagement', Prisma.sql`e.id`, 'offerId')}
    WHERE (e.offer_id::text, e.rate_minor_per_hour::text, e.lab_fee_ppm::text, e.expert_fee_ppm::text, e.take_rate_policy_id::text, e.fee_parts)
      IS DISTINCT FROM (sealed.facts->>'offerId', sealed.facts->>'rateMinorPerHour', sealed.facts->>'labFeePpm', sealed.facts->>'expertFeePpm', sealed.facts->>'takeRatePolicyId', sealed.facts->'feeParts')
    ORDER BY e.id LIMIT ${MOST}`;
  return {
    looked: await db.engagement.count(),
    faults: rows.map(({ id }) => `the terms of engagement ${id} are not those that were signed`),
  };
}

/** Charges at another rate or take rate than their engagement's. */
export async function chargesOffTheirTerms(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM charge c JOIN engagement e ON e.id = c.engagement_id
    WHERE (c.rate_minor_per_hour, c.lab_fee_ppm, c.expert_fee_ppm, c.rounding, c.fee_parts, c.take_rate_policy_id, c.currency)
      IS DISTINCT FROM (e.rate_minor_per_hour, e.lab_fee_ppm, e.expert_fee_ppm, e.rounding, e.fee_parts, e.take_rate_policy_id, e.currency)
    ORDER BY c.id LIMIT ${MOST}`;
  return rows.map(({ id }) => `charge ${id} is not at the terms of its engagement`);
}

/** Take-rate policies that are not what the journal has of them, or what was agreed under them. */
export async function changedPolicies(db: Db): Promise<{ looked: number; faults: string[] }> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM take_rate_policy p ${firstFacts('take-rate-policy', Prisma.sql`p.id`, 'labFeePpm')}
    WHERE (sealed.facts IS NOT NULL AND (p.lab_fee_ppm::text, p.expert_fee_ppm::text, p.fee_parts) IS DISTINCT FROM (sealed.facts->>'labFeePpm', sealed.facts->>'expertFeePpm', sealed.facts->'feeParts'))
       OR EXISTS (SELECT 1 FROM engagement e WHERE e.take_rate_policy_id = p.id
                  AND (e.lab_fee_ppm, e.expert_fee_ppm, e.rounding, e.fee_parts) IS DISTINCT FROM (p.lab_fee_ppm, p.expert_fee_ppm, p.rounding, p.fee_parts))
    ORDER BY p.id LIMIT ${MOST}`;
  return {
    looked: await db.takeRatePolicy.count(),
    faults: rows.map(({ id }) => `take-rate policy ${id} is not what was set and agreed`),
  };
}

/** Payouts with another amount than the ledger has, or sent without the ledger. */
export async function wrongPayouts(db: Db): Promise<{ looked: number; faults: string[] }> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM payout p
    LEFT JOIN LATERAL (
      SELECT sum(s.amount) AS booked FROM ledger.posting s JOIN ledger.account a ON a.id = s.debit_account
      WHERE s.transaction_id = p.ledger_transaction_id AND a.kind = 'expert_payable') ledger ON true
    WHERE p.transferred_at IS NOT NULL AND ledger.booked IS DISTINCT FROM p.amount_minor
    ORDER BY p.id LIMIT ${MOST}`;
  return {
    looked: await db.payout.count(),
    faults: rows.map(({ id }) => `payout ${id} is not what the ledger paid`),
  };
}

/** A part of the words beside the journal after a row, in its order: those that are not what was sealed. Erased words are no fault. */
export async function changedWords(
  db: Db,
  after: bigint,
  limit: number,
): Promise<{ looked: number; last: bigint; faults: string[] }> {
  const rows = await db.$queryRaw<{ id: bigint; words: unknown; salt: string; sealed: string | null }[]>`
    SELECT w.entry_id AS id, w.words, w.salt, j.facts->>'wordsHash' AS sealed
    FROM journal_words w LEFT JOIN journal_entry j ON j.id = w.entry_id
    WHERE w.entry_id > ${after} ORDER BY w.entry_id LIMIT ${limit}`;
  return {
    looked: rows.length,
    last: rows.at(-1)?.id ?? after,
    faults: rows
      .filter(({ words, salt, sealed }) => sha256(salt + canonicalJson(words)).toString('hex') !== sealed)
      .map(({ id }) => `the words beside journal row ${id} are not those that were written`),
  };
}
