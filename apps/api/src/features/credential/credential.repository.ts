import type { CredentialTypeCode } from '@tallystick/domain';
import type { Db, Prisma } from '../../platform/prisma/database';

export interface CredentialRecord {
  readonly id: string;
  readonly expertId: string;
  readonly type: CredentialTypeCode;
  readonly claim: Record<string, string>;
  readonly jurisdiction: string | null;
  readonly state: string;
  readonly expiresOn: Date | null;
  readonly submittedAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

export interface VerificationRecord {
  readonly id: string;
  readonly credentialId: string;
  readonly method: string;
  readonly outcome: string;
  readonly reason: string;
  readonly verifierId: string | null;
  readonly decidedAt: Date;
}

export interface EvidenceFile {
  readonly id: string;
  readonly credentialId: string;
  readonly expertId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly storageKey: string;
  readonly uploadedAt: Date;
}

const asRecord = (row: unknown) => row as CredentialRecord;

/** A credential by its id. */
export async function findCredential(db: Db, id: string): Promise<CredentialRecord | null> {
  const row = await db.credential.findUnique({ where: { id } });
  return row && asRecord(row);
}

/** Credentials of experts, newest first. */
export async function credentialsOf(db: Db, expertIds: readonly string[]): Promise<CredentialRecord[]> {
  const rows = await db.credential.findMany({
    where: { expertId: { in: [...expertIds] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(asRecord);
}

/** Stores a claim. */
export async function insertCredential(
  db: Db,
  row: Omit<CredentialRecord, 'version' | 'submittedAt' | 'verifiedAt'>,
): Promise<void> {
  await db.credential.create({ data: { ...row, claim: row.claim as Prisma.InputJsonObject } });
}

/** Moves a credential on from the state and version that were seen. Returns false where somebody was faster. */
export async function moveCredential(
  db: Db,
  seen: CredentialRecord,
  changes: { state: string; submittedAt?: Date; verifiedAt?: Date },
): Promise<boolean> {
  const { count } = await db.credential.updateMany({
    where: { id: seen.id, state: seen.state, version: seen.version },
    data: { ...changes, version: { increment: 1 } },
  });
  return count === 1;
}

/** Keeps one attempt to check. */
export async function insertVerification(
  db: Db,
  row: VerificationRecord & { expertId: string; seenHash: string | null },
): Promise<void> {
  await db.verification.create({ data: row });
}

/** All attempts to check a credential, oldest first. */
export async function verificationsOf(db: Db, credentialId: string): Promise<VerificationRecord[]> {
  return db.verification.findMany({
    where: { credentialId },
    orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }],
  });
}

/** Keeps what is known of an evidence file. */
export async function insertEvidence(db: Db, row: EvidenceFile): Promise<void> {
  await db.credentialEvidence.create({ data: row });
}

/** The evidence files of a credential. */
export async function evidenceOf(db: Db, credentialId: string): Promise<EvidenceFile[]> {
  return db.credentialEvidence.findMany({ where: { credentialId }, orderBy: { uploadedAt: 'asc' } });
}

/** One evidence file. */
export async function findEvidence(db: Db, id: string): Promise<EvidenceFile | null> {
  return db.credentialEvidence.findUnique({ where: { id } });
}

/** Credentials that wait for a verifier, oldest first; those of one expert are left out. */
export async function listWaiting(
  db: Db,
  filter: { type?: string; notOf?: string },
  limit: number,
  after?: readonly string[],
): Promise<CredentialRecord[]> {
  const [submittedAt, id] = after ?? [];
  const at = submittedAt === undefined ? undefined : new Date(submittedAt);
  const rows = await db.credential.findMany({
    where: {
      ...waiting(filter),
      ...(at && { OR: [{ submittedAt: { gt: at } }, { submittedAt: at, id: { gt: id } }] }),
    },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map(asRecord);
}

/** How many wait. */
export async function countWaiting(db: Db, filter: { type?: string; notOf?: string }): Promise<number> {
  return db.credential.count({ where: waiting(filter) });
}

/** Verified credentials whose last day lies before an instant. */
export async function listNearExpiry(db: Db, before: Date, limit: number): Promise<CredentialRecord[]> {
  const rows = await db.credential.findMany({
    where: { state: { in: ['VERIFIED', 'EXPIRING'] }, expiresOn: { lt: before } },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(asRecord);
}

function waiting({ type, notOf }: { type?: string; notOf?: string }) {
  return {
    state: { in: ['SUBMITTED', 'IN_REVIEW'] },
    ...(type && { type }),
    ...(notOf && { expertId: { not: notOf } }),
  };
}
