import type { Db } from '../../platform/prisma/database';

export interface SwitchRecord {
  readonly id: string;
  readonly isStopped: boolean;
  readonly reason: string;
  readonly byId: string | null;
  readonly at: Date;
  readonly reviewOn: Date | null;
}

/** How the switch stands; null where it was never thrown. */
export async function newestSwitch(db: Db): Promise<SwitchRecord | null> {
  return db.payoutSwitch.findFirst({ orderBy: { place: 'desc' } });
}

/** Throws the switch, or opens it with the approval that allows it. */
export async function insertSwitch(
  db: Db,
  row: Omit<SwitchRecord, 'reviewOn'> & { reviewOn?: Date; approvalRequestId?: string },
): Promise<void> {
  await db.payoutSwitch.create({ data: row });
}

/** One change of the switch at a time. */
export async function lockSwitch(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1 AS locked FROM (SELECT pg_advisory_xact_lock(hashtextextended('payout_switch', 0))) taken`;
}
