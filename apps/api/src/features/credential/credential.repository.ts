import type { CredentialTypeCode } from '@tallystick/domain';
import { Prisma, type Db } from '../../platform/prisma/database';

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
  /** Why a person decided so; null for a check by rule. */
  readonly reasonCode: string | null;
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

/** Which credentials the verifiers' list shows. */
export interface QueueFilter {
  /** Code of a kind. */
  readonly type?: string | null;
  readonly states: readonly string[];
  /** A part of the expert's name or of a value of the claim. */
  readonly search?: string | null;
  /** An expert whose credentials are left out. */
  readonly notOf?: string;
}

const asRecord = (row: unknown) => row as CredentialRecord;

/** A credential by its id. */
export async function findCredential(db: Db, id: string): Promise<CredentialRecord | null> {
  const row = await db.credential.findUnique({ where: { id } });
  return row && asRecord(row);
}

/** A credential, held until the transaction ends. */
export async function lockCredential(db: Db, id: string): Promise<CredentialRecord | null> {
  await db.$queryRaw`SELECT id FROM credential WHERE id = ${id}::uuid FOR UPDATE`;
  return findCredential(db, id);
}

/** Credentials of experts, newest first. */
export async function credentialsOf(db: Db, expertIds: readonly string[]): Promise<CredentialRecord[]> {
  const rows = await db.credential.findMany({
    where: { expertId: { in: [...expertIds] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(asRecord);
}

/** Claims of others, of the same kind and submitted, that hold one of the parts; newest first, at most 20. */
export async function claimsWithPart(
  db: Db,
  { type, expertId }: CredentialRecord,
  parts: readonly Record<string, string>[],
): Promise<CredentialRecord[]> {
  const wanted = parts.map((part) => JSON.stringify(part));
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM app_claims_with_part(${type}, ${wanted}::jsonb[], ${expertId}::uuid)`;
  const rows = await db.credential.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }],
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

/** Submitted credentials of a filter, those that wait longest first, after a key of (submittedAt, id). */
export async function listQueue(
  db: Db,
  filter: QueueFilter,
  limit: number,
  after?: readonly string[],
): Promise<CredentialRecord[]> {
  const [submittedAt, id] = after ?? [];
  const isAfter =
    submittedAt === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(submitted_at, id) > (${new Date(submittedAt)}, ${id}::uuid)`;
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM credential c WHERE ${queueOf(filter)} AND ${isAfter} ORDER BY submitted_at, id LIMIT ${limit}`;
  const rows = await db.credential.findMany({
    where: { id: { in: ids.map((row) => row.id) } },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(asRecord);
}

/** How many credentials a filter finds. */
export async function countQueue(db: Db, filter: QueueFilter): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM credential c WHERE ${queueOf(filter)}`;
  return row?.count ?? 0;
}

function queueOf({ type, states, search, notOf }: QueueFilter): Prisma.Sql {
  const inside = `%${(search ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`submitted_at IS NOT NULL AND state = ANY(${[...states]}::text[])
    AND (${type ?? null}::text IS NULL OR type = ${type ?? null}::text)
    AND (${notOf ?? null}::uuid IS NULL OR expert_id <> ${notOf ?? null}::uuid)
    AND (${search ?? ''} = '' OR EXISTS (SELECT 1 FROM expert e WHERE e.id = c.expert_id AND e.display_name ILIKE ${inside})
      OR EXISTS (SELECT 1 FROM jsonb_each_text(c.claim) v WHERE v.value ILIKE ${inside}))`;
}

/** Proven credentials of experts, those that were proven last first. */
export async function provenOf(db: Db, expertIds: readonly string[]): Promise<CredentialRecord[]> {
  const rows = await db.credential.findMany({
    where: { expertId: { in: [...expertIds] }, state: { in: ['VERIFIED', 'EXPIRING'] } },
    orderBy: [{ verifiedAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(asRecord);
}

/** Verified credentials that end within a time, and those whose last day lies before today. */
export async function listNearExpiry(
  db: Db,
  days: { today: Date; soon: Date },
  limit: number,
): Promise<CredentialRecord[]> {
  const rows = await db.credential.findMany({
    where: {
      OR: [
        { state: 'VERIFIED', expiresOn: { lt: days.soon } },
        { state: 'EXPIRING', expiresOn: { lt: days.today } },
      ],
    },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(asRecord);
}
