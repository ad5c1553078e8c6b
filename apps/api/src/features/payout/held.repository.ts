import type { Db } from '../../platform/prisma/database';

/** Money that waits at one gate since about as long. */
export interface HeldRecord {
  readonly gate: string;
  readonly fromDays: number;
  readonly toDays: number | null;
  readonly currency: string;
  readonly count: number;
  readonly amountMinor: bigint;
}

/** What waits, by gate and by age: 0 to 3, 4 to 7, 8 to 14, 15 to 30 and more days. A payout that several gates hold counts at each. */
export async function heldByAge(db: Db, now: Date): Promise<HeldRecord[]> {
  return db.$queryRaw<HeldRecord[]>`
    SELECT b.block->>'gate' AS gate, a."fromDays", a."toDays", p.currency, count(*)::int AS count, sum(p.amount_minor)::bigint AS "amountMinor"
    FROM payout p
    CROSS JOIN LATERAL jsonb_array_elements(p.blocks) b (block)
    JOIN (VALUES (0, 3), (4, 7), (8, 14), (15, 30), (31, NULL)) a ("fromDays", "toDays")
      ON extract(day FROM ${now} - p.created_at) >= a."fromDays" AND (a."toDays" IS NULL OR extract(day FROM ${now} - p.created_at) <= a."toDays")
    WHERE p.state = 'GATED'
    GROUP BY 1, 2, 3, 4 ORDER BY 2 DESC, 1, 4`;
}

/** Names of people of staff by their accounts. */
export async function staffNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.account.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
