import type { FeeParts, Rounding } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { jsonColumn } from '../../platform/prisma/json-column';

export interface ApplicationRecord {
  readonly id: string;
  readonly openingId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly note: string;
  readonly state: string;
  readonly declineReason: string | null;
  readonly createdAt: Date;
  readonly version: number;
}

export interface OfferRecord {
  readonly id: string;
  readonly applicationId: string;
  readonly openingId: string;
  readonly projectId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly currency: string;
  readonly rateMinorPerHour: bigint;
  readonly weeklyCapSeconds: number;
  readonly noticeDays: number;
  readonly startsOn: Date;
  readonly labFeePpm: number;
  readonly expertFeePpm: number;
  readonly rounding: Rounding;
  /** Amounts and tiers beside the percentages; none in a policy of percentages. */
  readonly feeParts?: FeeParts | null;
  readonly takeRatePolicyId: string;
  readonly takeRateExplanation: string;
  readonly state: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly version: number;
}

/** An application by its id. */
export async function findApplication(db: Db, id: string): Promise<ApplicationRecord | null> {
  return db.application.findUnique({ where: { id } });
}

/** Stores an application. */
export async function insertApplication(
  db: Db,
  row: Omit<ApplicationRecord, 'declineReason' | 'version'>,
): Promise<void> {
  await db.application.create({ data: row });
}

/** Moves an application on from the state and version that were seen. */
export async function moveApplication(
  db: Db,
  seen: ApplicationRecord,
  changes: { state: string; decidedAt?: Date; declineReason?: string },
): Promise<boolean> {
  const { count } = await db.application.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Applications of an opening or of an expert, newest first. */
export async function listApplications(
  db: Db,
  where: { openingId?: string; expertId?: string; labId?: string; state?: string },
): Promise<ApplicationRecord[]> {
  return db.application.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 200 });
}

/** Who waits for an answer on openings, or has an offer there: at most 5,000, in the order in which they applied. */
export async function openApplications(
  db: Db,
  openingIds: readonly string[],
): Promise<Pick<ApplicationRecord, 'id' | 'openingId' | 'expertId' | 'state'>[]> {
  return db.application.findMany({
    where: { openingId: { in: [...openingIds] }, state: { in: ['APPLIED', 'OFFERED'] } },
    select: { id: true, openingId: true, expertId: true, state: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 5_000,
  });
}

/** Where an expert stands with openings that they applied to: at most 1,000 of the newest, or only some openings. */
export async function applicationStates(
  db: Db,
  expertId: string,
  openingIds?: readonly string[],
): Promise<Pick<ApplicationRecord, 'openingId' | 'state' | 'createdAt'>[]> {
  return db.application.findMany({
    where: { expertId, ...(openingIds && { openingId: { in: [...openingIds] } }) },
    select: { openingId: true, state: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 1000,
  });
}

/** Stores an invitation. */
export async function insertInvitation(
  db: Db,
  row: {
    id: string;
    openingId: string;
    labId: string;
    expertId: string;
    message: string;
    state: string;
    invitedById: string;
    createdAt: Date;
  },
): Promise<void> {
  await db.invitation.create({ data: row });
}

/** Moves the open invitation of an expert to an opening on, where there is one. Returns whether there was. */
export async function answerInvitation(
  db: Db,
  openingId: string,
  expertId: string,
  state: string,
  decidedAt: Date,
): Promise<boolean> {
  const { count } = await db.invitation.updateMany({
    where: { openingId, expertId, state: 'SENT' },
    data: { state, decidedAt, version: { increment: 1 } },
  });
  return count === 1;
}

export interface InvitationRecord {
  readonly id: string;
  readonly openingId: string;
  readonly labId: string;
  readonly expertId: string;
  readonly message: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly version: number;
}

/** Invitations of an expert or to an opening, newest first; at most 200. */
export async function listInvitations(
  db: Db,
  where: { expertId?: string; openingId?: string; labId?: string; state?: string },
): Promise<InvitationRecord[]> {
  return db.invitation.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 200 });
}

/** An invitation by its id. */
export async function findInvitation(db: Db, id: string): Promise<InvitationRecord | null> {
  return db.invitation.findUnique({ where: { id } });
}

/** Moves an invitation on from the state and version that were seen. */
export async function moveInvitation(
  db: Db,
  seen: InvitationRecord,
  changes: { state: string; decidedAt: Date },
): Promise<boolean> {
  const { count } = await db.invitation.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Stores an offer. */
export async function insertOffer(
  db: Db,
  row: Omit<OfferRecord, 'version'> & { sentById: string },
): Promise<void> {
  await db.offer.create({ data: { ...row, feeParts: jsonColumn(row.feeParts) } });
}

/** An offer by its id, locked until the transaction ends. */
export async function lockOffer(db: Db, id: string): Promise<OfferRecord | null> {
  await db.$queryRaw`SELECT 1 FROM offer WHERE id = ${id}::uuid FOR UPDATE`;
  return findOffer(db, id);
}

/** An offer by its id. */
export async function findOffer(db: Db, id: string): Promise<OfferRecord | null> {
  return (await db.offer.findUnique({ where: { id } })) as OfferRecord | null;
}

/** Moves an offer on from the state and version that were seen. */
export async function moveOffer(
  db: Db,
  seen: OfferRecord,
  changes: { state: string; decidedAt: Date },
): Promise<boolean> {
  const { count } = await db.offer.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Offers of applications, or all of an expert, newest first. */
export async function listOffers(
  db: Db,
  where: { applicationIds?: readonly string[]; expertId?: string; labId?: string },
): Promise<OfferRecord[]> {
  const { applicationIds, ...rest } = where;
  const rows = await db.offer.findMany({
    where: { ...rest, ...(applicationIds && { applicationId: { in: [...applicationIds] } }) },
    orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
    take: 200,
  });
  return rows as OfferRecord[];
}

/** Offers that nobody answered in time. */
export async function listLapsed(db: Db, now: Date, limit: number): Promise<OfferRecord[]> {
  return (await db.offer.findMany({
    where: { state: 'SENT', expiresAt: { lte: now } },
    orderBy: { expiresAt: 'asc' },
    take: limit,
  })) as OfferRecord[];
}
