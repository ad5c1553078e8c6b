import {
  canonicalJson,
  countedBefore,
  lineMatches,
  termsOf,
  type Counted,
  type FeeAssessment,
  type TakeRateTerms,
} from '@tallystick/domain';
import { Prisma, type Db } from '../../platform/prisma/database';
import { chargesOffTheirLine, reversalsOffTheirCharge } from './records.repository';

export interface JournalRow {
  readonly id: bigint;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly command: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly facts: unknown;
  readonly labId: string | null;
  readonly expertId: string | null;
}

/** Which rows of the journal are asked for. */
export interface JournalFilter {
  readonly subjectId?: string;
  readonly subjectType?: string;
  readonly actorId?: string;
  readonly command?: string;
  readonly labId?: string;
  readonly expertId?: string;
  /** At or after. */
  readonly from?: Date;
  /** Before. */
  readonly to?: Date;
}

/** One row of the chain: what it stands for, in canonical text. */
export interface Sealable {
  readonly kind: 'JOURNAL' | 'LEDGER';
  readonly subjectId: string;
  readonly body: string;
}

export interface SealRow {
  readonly id: string;
  readonly fromSeq: bigint;
  readonly toSeq: bigint;
  readonly previousRoot: string;
  readonly root: string;
  readonly signature: string;
  readonly keyId: string;
  readonly sealedAt: Date;
}

const JOURNAL_COLUMNS = Prisma.sql`j.id, j.at, j.actor_kind AS "actorKind", j.actor_id AS "actorId", j.command, j.subject_type AS "subjectType", j.subject_id AS "subjectId",
  j.from_state AS "fromState", j.to_state AS "toState", j.facts, j.lab_id AS "labId", j.expert_id AS "expertId"`;

/** One sealer at a time. Returns false where another is at work. */
export async function lockSealing(db: Db): Promise<boolean> {
  const [row] = await db.$queryRaw<
    { ok: boolean }[]
  >`SELECT pg_try_advisory_xact_lock(hashtext('sealer')) AS ok`;
  return row?.ok ?? false;
}

/** What is not in the chain yet, oldest first. */
export async function unsealed(db: Db, limit: number): Promise<Sealable[]> {
  // A chain that has just grown has no statistics yet: the planner takes it for empty and walks it once for every row.
  await db.$queryRaw`SELECT set_config('enable_nestloop', 'off', true)`;
  const journal = await db.$queryRaw<JournalRow[]>`
    SELECT ${JOURNAL_COLUMNS} FROM journal_entry j WHERE NOT EXISTS (SELECT 1 FROM seal_item i WHERE i.kind = 'JOURNAL' AND i.subject_id = j.id::text) ORDER BY j.id LIMIT ${limit}`;
  const ledger = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM ledger.ledger_transaction t WHERE NOT EXISTS (SELECT 1 FROM seal_item i WHERE i.kind = 'LEDGER' AND i.subject_id = t.id::text) ORDER BY t.effective_at, t.id LIMIT ${limit}`;
  const bodies = await ledgerBodies(
    db,
    ledger.map(({ id }) => id),
  );
  return [
    ...journal.map(journalItem),
    ...ledger.map(({ id }) => ({ kind: 'LEDGER' as const, subjectId: id, body: bodies.get(id) ?? '' })),
  ];
}

function journalItem(row: JournalRow): Sealable {
  return { kind: 'JOURNAL', subjectId: String(row.id), body: canonicalJson({ ...row }) };
}

async function ledgerBodies(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; body: unknown }[]>`
    SELECT t.id, jsonb_build_object('id', t.id, 'key', t.idempotency_key, 'hash', t.request_hash, 'kind', t.kind, 'subjectType', t.subject_type, 'subjectId', t.subject_id,
      'reverses', t.reverses_id, 'at', t.effective_at, 'actor', t.actor,
      'postings', (SELECT jsonb_agg(jsonb_build_array(p.id, p.line, p.debit_account, p.credit_account, p.currency, p.amount, p.phase, p.pending_id) ORDER BY p.line) FROM ledger.posting p WHERE p.transaction_id = t.id)) AS body
    FROM ledger.ledger_transaction t WHERE t.id = ANY(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, body }) => [id, canonicalJson(body)]));
}

/** The end of the chain. */
export async function lastSeal(db: Db): Promise<SealRow | null> {
  return db.seal.findFirst({ orderBy: { toSeq: 'desc' } });
}

/** Stores a seal with its items. */
export async function insertSeal(
  db: Db,
  seal: SealRow,
  items: readonly { seq: bigint; kind: string; subjectId: string; hash: string }[],
): Promise<void> {
  await db.seal.create({ data: seal });
  await db.sealItem.createMany({ data: items.map((item) => ({ ...item, sealId: seal.id })) });
}

/** Seals after a place in the chain, oldest first. */
export async function sealsAfter(db: Db, seq: bigint, limit: number): Promise<SealRow[]> {
  return db.seal.findMany({ where: { toSeq: { gt: seq } }, orderBy: { toSeq: 'asc' }, take: limit });
}

/** A stretch of the chain with what its rows say today; a row that is gone has no body. */
export async function chainPart(
  db: Db,
  fromSeq: bigint,
  limit: number,
): Promise<{ seq: bigint; kind: string; subjectId: string; hash: string; body: string | undefined }[]> {
  const items = await db.sealItem.findMany({
    where: { seq: { gte: fromSeq } },
    orderBy: { seq: 'asc' },
    take: limit,
  });
  const journalIds = items.filter(({ kind }) => kind === 'JOURNAL').map(({ subjectId }) => BigInt(subjectId));
  const rows = await db.$queryRaw<
    JournalRow[]
  >`SELECT ${JOURNAL_COLUMNS} FROM journal_entry j WHERE j.id = ANY(${journalIds}::bigint[])`;
  const journal = new Map(rows.map((row) => [String(row.id), journalItem(row).body]));
  const ledger = await ledgerBodies(
    db,
    items.filter(({ kind }) => kind === 'LEDGER').map(({ subjectId }) => subjectId),
  );
  return items.map((item) => ({
    ...item,
    body: item.kind === 'JOURNAL' ? journal.get(item.subjectId) : ledger.get(item.subjectId),
  }));
}

/** At most so many faults are read of one kind. */
const MOST = 20;

/** Rows without a seal that are this much older than a sealed one; a unit of work lasts a minute at most. */
const PASSED_BY = Prisma.sql`interval '2 minutes'`;

/** Rows that the sealer has passed by: they have no seal although younger rows do. At most 20. */
export async function passedBy(db: Db): Promise<Pick<Sealable, 'kind' | 'subjectId'>[]> {
  return db.$queryRaw<Pick<Sealable, 'kind' | 'subjectId'>[]>`
    WITH last_of AS (
      SELECT DISTINCT ON (kind) kind, subject_id FROM (
        (SELECT kind, subject_id, seq FROM seal_item WHERE kind = 'JOURNAL' ORDER BY seq DESC LIMIT 1)
        UNION ALL (SELECT kind, subject_id, seq FROM seal_item WHERE kind = 'LEDGER' ORDER BY seq DESC LIMIT 1)) found)
    (SELECT 'JOURNAL' AS kind, j.id::text AS "subjectId" FROM journal_entry j
     WHERE j.at < (SELECT k.at FROM last_of l JOIN journal_entry k ON k.id = l.subject_id::bigint WHERE l.kind = 'JOURNAL') - ${PASSED_BY}
       AND NOT EXISTS (SELECT 1 FROM seal_item i WHERE i.kind = 'JOURNAL' AND i.subject_id = j.id::text) ORDER BY j.id LIMIT ${MOST})
    UNION ALL
    (SELECT 'LEDGER', t.id::text FROM ledger.ledger_transaction t
     WHERE t.effective_at < (SELECT k.effective_at FROM last_of l JOIN ledger.ledger_transaction k ON k.id = l.subject_id::uuid WHERE l.kind = 'LEDGER') - ${PASSED_BY}
       AND NOT EXISTS (SELECT 1 FROM seal_item i WHERE i.kind = 'LEDGER' AND i.subject_id = t.id::text) ORDER BY t.id LIMIT ${MOST})`;
}

/** How many rows are not sealed although they are older than an instant. */
export async function countUnsealed(db: Db, before: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ n: bigint }[]>`
    SELECT (SELECT count(*) FROM journal_entry j WHERE j.at < ${before} AND NOT EXISTS (SELECT 1 FROM seal_item i WHERE i.kind = 'JOURNAL' AND i.subject_id = j.id::text))
         + (SELECT count(*) FROM ledger.ledger_transaction t WHERE t.effective_at < ${before} AND NOT EXISTS (SELECT 1 FROM seal_item i WHERE i.kind = 'LEDGER' AND i.subject_id = t.id::text)) AS n`;
  return Number(row?.n ?? 0n);
}

/** Accounts whose running sums are not what their postings give, or are gone (at most 20), and how many have such sums. */
export async function drift(db: Db): Promise<{ looked: number; codes: string[] }> {
  const [all] = await db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM ledger.balance`;
  const rows = await db.$queryRaw<{ code: string }[]>`
    WITH entry AS (
      SELECT debit_account AS account, amount AS debit, 0 AS credit, phase FROM ledger.posting
      UNION ALL SELECT credit_account, 0, amount, phase FROM ledger.posting),
    summed AS (
      SELECT account, sum(debit * e.posted) AS debits_posted, sum(credit * e.posted) AS credits_posted,
             sum(debit * e.pending) AS debits_pending, sum(credit * e.pending) AS credits_pending
      FROM entry CROSS JOIN LATERAL ledger.phase_effect(phase) e GROUP BY account)
    SELECT a.code FROM ledger.account a JOIN ledger.account_kind k ON k.kind = a.kind LEFT JOIN ledger.balance b ON b.account_id = a.id LEFT JOIN summed s ON s.account = a.id
    WHERE (k.balance_mode = 'sync' OR b.account_id IS NOT NULL) AND (b.debits_posted, b.credits_posted, b.debits_pending, b.credits_pending)
      IS DISTINCT FROM (coalesce(s.debits_posted, 0), coalesce(s.credits_posted, 0), coalesce(s.debits_pending, 0), coalesce(s.credits_pending, 0))
    ORDER BY a.code LIMIT ${MOST}`;
  return { looked: Number(all?.n ?? 0n), codes: rows.map(({ code }) => code) };
}

/** A part of the charges after an id, in the order of ids: those that are not what their own inputs give, or that the ledger has with other amounts. */
export async function wrongCharges(
  db: Db,
  after: string | undefined,
  limit: number,
): Promise<{ looked: number; last: string | undefined; faults: string[] }> {
  const charges = await db.charge.findMany({
    where: after === undefined ? {} : { id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit,
  });
  const ids = charges.map(({ id }) => id);
  const booked = await db.$queryRaw<{ id: string; pay: bigint | null; fee: bigint | null }[]>`
    SELECT c.id, sum(p.amount * ((a.kind = 'expert_payable')::integer - (d.kind = 'expert_payable')::integer))::bigint AS pay,
      sum(p.amount * ((a.kind = 'platform_fee')::integer - (d.kind = 'platform_fee')::integer))::bigint AS fee
    FROM charge c LEFT JOIN ledger.posting p ON p.transaction_id = c.ledger_transaction_id AND p.phase = 'S'
    LEFT JOIN ledger.account a ON a.id = p.credit_account LEFT JOIN ledger.account d ON d.id = p.debit_account
    WHERE c.id = ANY(${ids}::uuid[]) GROUP BY c.id`;
  const books = new Map(booked.map((row) => [row.id, row]));
  const offLine = await chargesOffTheirLine(db, ids);
  const counted = await countedOf(db, ids);
  const offCharge = await reversalsOffTheirCharge(db, ids);
  const faults = charges.flatMap((charge) => {
    const terms = termsOf(charge as unknown as TakeRateTerms);
    const sumMinor = charge.kind === 'BONUS' ? charge.agreedMinor : undefined;
    const isRight =
      charge.kind === 'REVERSAL'
        ? !offCharge.has(charge.id)
        : lineMatches({ ...charge, terms, sumMinor }, counted.get(charge.id));
    const book = books.get(charge.id);
    const isBooked = (book?.pay ?? 0n) === charge.payMinor && (book?.fee ?? 0n) === charge.feeMinor;
    const wrong = !isRight
      ? 'is not what its hours, rate and take rate give'
      : isBooked
        ? offLine.get(charge.id)
        : 'differs from the ledger';
    return wrong === undefined ? [] : [`charge ${charge.id} ${wrong}`];
  });
  return { looked: charges.length, last: ids.at(-1), faults };
}

/** What was counted before charges, as their assessments keep it. */
async function countedOf(db: Db, chargeIds: readonly string[]): Promise<Map<string, Counted>> {
  const rows = await db.feeAssessment.findMany({
    where: { chargeId: { in: [...chargeIds] } },
    select: { chargeId: true, side: true, inputs: true, billedBeforeMinor: true, monthBeforeMinor: true },
  });
  const ofCharge = (id: string) =>
    rows.filter(({ chargeId }) => chargeId === id) as unknown as FeeAssessment[];
  return new Map(chargeIds.map((id) => [id, countedBefore(ofCharge(id))]));
}

/** What the platform owes and has, by currency, minor units. */
export async function owedAndHad(
  db: Db,
): Promise<{ currency: string; owedMinor: bigint; hadMinor: bigint; receivableMinor: bigint }[]> {
  return db.$queryRaw<{ currency: string; owedMinor: bigint; hadMinor: bigint; receivableMinor: bigint }[]>`
    SELECT a.currency, coalesce(sum(b.credits_posted - b.debits_posted) FILTER (WHERE a.kind IN ('lab_prepaid', 'expert_payable')), 0)::bigint AS "owedMinor",
           coalesce(sum(b.debits_posted - b.credits_posted) FILTER (WHERE a.kind IN ('rail_available', 'rail_pending')), 0)::bigint AS "hadMinor",
           coalesce(sum(b.debits_posted - b.credits_posted) FILTER (WHERE a.kind IN ('lab_receivable', 'lab_invoiced', 'expert_receivable')), 0)::bigint AS "receivableMinor"
    FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id GROUP BY a.currency ORDER BY a.currency`;
}

/** The journal, newest first, after an id; with who did it by name. */
export async function listJournal(
  db: Db,
  filter: JournalFilter,
  limit: number,
  after?: readonly string[],
): Promise<(JournalRow & { isSealed: boolean; actorName: string | null })[]> {
  const rows = (await db.journalEntry.findMany({
    where: { AND: [whereOf(filter), after ? { id: { lt: BigInt(after[0] ?? 0) } } : {}] },
    orderBy: { id: 'desc' },
    take: limit,
  })) as JournalRow[];
  const sealed = await db.sealItem.findMany({
    where: { kind: 'JOURNAL', subjectId: { in: rows.map(({ id }) => String(id)) } },
    select: { subjectId: true },
  });
  const known = new Set(sealed.map((item) => item.subjectId));
  const actors = await db.account.findMany({
    where: { id: { in: rows.flatMap((row) => whoseAct(row) ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...row,
    isSealed: known.has(String(row.id)),
    actorName: names.get(whoseAct(row) ?? '') ?? null,
  }));
}

/** The account that acted; who signs in or sets a forgotten password anew is not known before, and is the one that it is about. */
function whoseAct({ actorId, actorKind, subjectType, subjectId }: JournalRow): string | null {
  if (actorId !== null) return actorId;
  return actorKind === 'PERSON' && subjectType === 'account' ? subjectId : null;
}

/** How many rows of the journal a filter finds. */
export async function countJournal(db: Db, filter: JournalFilter): Promise<number> {
  return db.journalEntry.count({ where: whereOf(filter) });
}

function whereOf({ from, to, ...same }: JournalFilter): Prisma.JournalEntryWhereInput {
  return { ...same, ...((from || to) && { at: { ...(from && { gte: from }), ...(to && { lt: to }) } }) };
}

/** The database's own name for the instant that a transaction sees: lowest and highest running transaction. */
export async function snapshotOf(db: Db): Promise<string> {
  const [row] = await db.$queryRaw<{ snapshot: string }[]>`SELECT pg_current_snapshot()::text AS snapshot`;
  return row?.snapshot ?? '';
}
