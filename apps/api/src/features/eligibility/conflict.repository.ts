import type { ConflictAnswer, ConflictStanding } from '@tallystick/domain';
import type { DeclaredConflict } from '@tallystick/matching';
import type { Db } from '../../platform/prisma/database';

/** What an expert declared of an organisation at which they work; the competitor is for the lab's eyes. */
export interface DeclarationRecord {
  readonly id: string;
  readonly expertId: string;
  readonly labId: string;
  readonly openingId: string;
  readonly organisation: string;
  readonly competitor: string;
  readonly belongsTo: readonly string[];
  readonly words: string;
  readonly answer: ConflictAnswer;
  readonly declaredById: string;
  readonly declaredAt: Date;
}

/** That a person at the lab looked at a declaration, and what they decided. */
export interface DecisionRecord {
  readonly declarationId: string;
  readonly expertId: string;
  readonly labId: string;
  readonly isConflict: boolean;
  readonly reason: string;
  readonly decidedById: string;
  readonly decidedAt: Date;
}

/** Whose declarations are listed. */
export type DeclarationFilter = { readonly labId: string } | { readonly expertId: string };

/** How it stands with everything that experts declared, the earliest first. Read whoever asks: the gate says the same to both sides. */
export async function declaredConflicts(
  db: Db,
  expertIds: readonly string[],
): Promise<(DeclaredConflict & { readonly expertId: string; readonly standing: ConflictStanding })[]> {
  return db.$queryRaw`
    SELECT expert_id AS "expertId", lab_id AS "labId", organisation, competitor, standing, declared_at AS "declaredAt"
    FROM app_declared_conflicts(${[...expertIds]}::uuid[])`;
}

export async function insertDeclarations(db: Db, rows: readonly DeclarationRecord[]): Promise<void> {
  await db.conflictDeclaration.createMany({
    data: rows.map((row) => ({ ...row, belongsTo: [...row.belongsTo] })),
  });
}

export async function insertDecision(db: Db, row: DecisionRecord): Promise<void> {
  await db.conflictDecision.create({ data: row });
}

export async function findDeclaration(db: Db, id: string): Promise<DeclarationRecord | null> {
  return (await db.conflictDeclaration.findUnique({ where: { id } })) as DeclarationRecord | null;
}

/** Declarations, the newest first. @param after instant and id of the one after which it goes on */
export async function listDeclarations(
  db: Db,
  filter: DeclarationFilter,
  limit: number,
  after?: readonly string[],
): Promise<DeclarationRecord[]> {
  const [at, id] = after ?? [];
  const older =
    at === undefined
      ? {}
      : { OR: [{ declaredAt: { lt: new Date(at) } }, { declaredAt: new Date(at), id: { lt: id } }] };
  return (await db.conflictDeclaration.findMany({
    where: { AND: [filter, older] },
    orderBy: [{ declaredAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })) as DeclarationRecord[];
}

/** How many declarations there are; counted up to 10,000. */
export async function countDeclarations(db: Db, filter: DeclarationFilter): Promise<number> {
  return db.conflictDeclaration.count({ where: filter, take: 10_000 });
}

/** The decision that counts of each declaration that has one. */
export async function newestDecisions(
  db: Db,
  declarationIds: readonly string[],
): Promise<Map<string, DecisionRecord & { readonly decidedByName: string }>> {
  const rows = await db.$queryRaw<(DecisionRecord & { decidedByName: string })[]>`
    SELECT DISTINCT ON (c.declaration_id) c.declaration_id AS "declarationId", c.expert_id AS "expertId", c.lab_id AS "labId",
      c.is_conflict AS "isConflict", c.reason, c.decided_by_id AS "decidedById", c.decided_at AS "decidedAt", a.name AS "decidedByName"
    FROM conflict_decision c JOIN account a ON a.id = c.decided_by_id
    WHERE c.declaration_id = ANY(${[...declarationIds]}::uuid[]) ORDER BY c.declaration_id, c.place DESC`;
  return new Map(rows.map((row) => [row.declarationId, row]));
}

/** Ids of openings that matter to an expert and whose lab may have something to ask: on their list, applied for, or worked on; at most 200. */
export async function openingIdsThatMayAsk(db: Db, expertId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT opening_id AS id, 1 AS kind FROM engagement WHERE expert_id = ${expertId}::uuid AND state <> 'ENDED'
      UNION SELECT opening_id, 2 FROM application WHERE expert_id = ${expertId}::uuid AND state IN ('APPLIED', 'OFFERED')
      UNION SELECT opening_id, 3 FROM recommendation
        WHERE expert_id = ${expertId}::uuid AND gates @> '[{"code": "CONFLICT", "outcome": "UNKNOWN"}]'
    ) asking GROUP BY id ORDER BY min(kind), id LIMIT 200`;
  return rows.map(({ id }) => id);
}
