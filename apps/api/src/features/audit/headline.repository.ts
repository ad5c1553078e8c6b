import type { Db } from '../../platform/prisma/database';
import { countContractChecks } from './contract-check.repository';
import { listMargins } from './margin.repository';
import { countOverrides } from './override.repository';
import { waitingByAge } from './waiting-money.repository';

/** The first thing to know of one view of money; minor units. */
export interface HeadlineRecord {
  readonly view: string;
  readonly count: number;
  readonly of?: number;
  readonly ppm?: number;
  readonly at?: Date;
  readonly amounts: readonly { readonly minor: bigint; readonly currency: string }[];
}

const DAY_MS = 86_400_000;
/** What waits for longer than this is told on the first page. */
const LONG_DAYS = 8;

interface Sum {
  readonly currency: string;
  readonly count: number;
  readonly minor: bigint;
  readonly ofMinor: bigint;
  readonly at: Date;
}

const counted = (sums: readonly Sum[]) => sums.reduce((sum, { count }) => sum + count, 0);

/** The headlines of all views, of the last 30 days or of now. */
export async function headlines(db: Db, now: Date): Promise<HeadlineRecord[]> {
  const from = new Date(now.getTime() - 30 * DAY_MS);
  const kept = await db.$queryRaw<Sum[]>`
    SELECT currency, count(*)::int AS count, sum(fee_minor)::bigint AS minor, sum(agreed_minor)::bigint AS "ofMinor"
    FROM charge WHERE charged_at >= ${from} GROUP BY 1 ORDER BY 1`;
  const [first] = kept;
  const ppm =
    kept.length === 1 && first && first.ofMinor > 0n
      ? Number((first.minor * 1_000_000n) / first.ofMinor)
      : undefined;
  return [
    { view: 'TAKE_RATE', count: counted(kept), amounts: kept, ...(ppm !== undefined && { ppm }) },
    await drift(db),
    {
      view: 'CONTRACT',
      count: await countContractChecks(db, { from, isDifferent: true }),
      of: counted(kept),
      amounts: [],
    },
    await lastRun(db),
    await takenBack(db, from),
    await held(db),
    await waitingLong(db, now),
    {
      view: 'OVERRIDES',
      count: await countOverrides(db, { from }),
      of: await countOverrides(db, { from, kind: 'OWN_REQUEST' }),
      amounts: [],
    },
    await marginOfMonth(db, now),
    await taken(db, from),
  ];
}

async function drift(db: Db): Promise<HeadlineRecord> {
  const run = await db.takeRateRun.findFirst({ orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }] });
  return {
    view: 'DRIFT',
    count: run?.drifted ?? 0,
    of: run?.looked ?? 0,
    amounts: [],
    ...(run && { at: run.finishedAt }),
  };
}

async function lastRun(db: Db): Promise<HeadlineRecord> {
  const run = await db.payoutRun.findFirst({ orderBy: [{ startedAt: 'desc' }, { id: 'desc' }] });
  const [made, blocked] = [run?.payoutCount ?? 0, run?.blockedCount ?? 0];
  return { view: 'PAYOUTS', count: made, of: made + blocked, amounts: [], ...(run && { at: run.startedAt }) };
}

async function takenBack(db: Db, from: Date): Promise<HeadlineRecord> {
  const amounts = await db.$queryRaw<Sum[]>`
    SELECT currency, count(*)::int AS count, sum(-price_minor)::bigint AS minor FROM charge
    WHERE charged_at >= ${from} AND kind = 'REVERSAL' GROUP BY 1 ORDER BY 1`;
  return { view: 'REVERSALS', count: counted(amounts), amounts };
}

async function held(db: Db): Promise<HeadlineRecord> {
  const amounts = await db.$queryRaw<Sum[]>`
    SELECT currency, count(*)::int AS count, sum(amount_minor)::bigint AS minor, min(created_at) AS at FROM payout
    WHERE state = 'GATED' GROUP BY 1 ORDER BY 1`;
  const [oldest] = amounts.map(({ at }) => at).sort((a, b) => a.getTime() - b.getTime());
  return { view: 'HOLDS', count: counted(amounts), amounts, ...(oldest && { at: oldest }) };
}

async function waitingLong(db: Db, now: Date): Promise<HeadlineRecord> {
  const sums = new Map<string, bigint>();
  const rows = await waitingByAge(db, { fromDays: LONG_DAYS }, now);
  for (const { currency, amountMinor } of rows) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  const amounts = [...sums].map(([currency, minor]) => ({ currency, minor }));
  const [oldest] = rows.map(({ since }) => since).sort((a, b) => a.getTime() - b.getTime());
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return { view: 'WAITING', count, amounts, ...(oldest && { at: oldest }) };
}

async function marginOfMonth(db: Db, now: Date): Promise<HeadlineRecord> {
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
  const sums = new Map<string, bigint>();
  const rows = await listMargins(db, { from: month }, 1000);
  for (const { currency, feeMinor, railInMinor, railOutMinor } of rows)
    sums.set(currency, (sums.get(currency) ?? 0n) + feeMinor - railInMinor - railOutMinor);
  const amounts = [...sums].map(([currency, minor]) => ({ currency, minor }));
  return { view: 'MARGIN', count: rows.length, amounts, at: month };
}

async function taken(db: Db, from: Date): Promise<HeadlineRecord> {
  const count = await db.journalEntry.count({
    where: { subjectType: 'export', toState: 'MADE', at: { gte: from } },
  });
  return { view: 'EXPORTS', count, amounts: [] };
}
