import type { LabRole, Person, StaffRole } from '../../platform/access/actor';
import type { Db } from '../../platform/prisma/database';

interface AskerRow {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly labId: string | null;
  readonly labRole: LabRole | null;
  readonly expertId: string | null;
  readonly staffRoles: StaffRole[];
}

/** Who asked for something, as they stand now: what their roles follow from. Without a session: they need not be there. */
export type Asker = Omit<Person, 'sessionId'>;

/** Active accounts among some, each with its roles and membership as a session of theirs would have them. */
export async function askersOf(db: Db, accountIds: readonly string[]): Promise<Map<string, Asker>> {
  const rows = await db.$queryRaw<AskerRow[]>`
    SELECT a.id AS "accountId", a.name, a.email, a.time_zone AS "timeZone", m.lab_id AS "labId", m.role AS "labRole", e.id AS "expertId",
      ARRAY(SELECT r.role FROM staff_role r WHERE r.account_id = a.id) AS "staffRoles"
    FROM account a
    LEFT JOIN LATERAL (SELECT lab_id, role FROM lab_member WHERE account_id = a.id AND removed_at IS NULL ORDER BY created_at LIMIT 1) m ON true
    LEFT JOIN expert e ON e.account_id = a.id
    WHERE a.id = ANY(${[...accountIds]}::uuid[]) AND a.state = 'ACTIVE'`;
  return new Map(
    rows.map(({ labId, labRole, expertId, ...row }) => [
      row.accountId,
      {
        ...row,
        kind: 'PERSON',
        labId: labId ?? undefined,
        labRole: labRole ?? undefined,
        expertId: expertId ?? undefined,
      },
    ]),
  );
}
