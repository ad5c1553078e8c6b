import type { SignedTaxForm } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';

/** The newest form of each expert who signed one. */
export async function newestTaxForms(
  db: Db,
  expertIds: readonly string[],
): Promise<Map<string, SignedTaxForm>> {
  const rows = await db.taxForm.findMany({
    where: { expertId: { in: [...expertIds] } },
    orderBy: { signedAt: 'asc' },
    select: { expertId: true, kind: true, signedAt: true, expiresOn: true },
  });
  return new Map(rows.map((row) => [row.expertId, row]));
}

/** Keeps that a form was signed. */
export async function insertTaxForm(
  db: Db,
  row: {
    id: string;
    expertId: string;
    kind: string;
    country: string;
    wordingSha256: string;
    signedAt: Date;
    expiresOn: Date | null;
  },
): Promise<void> {
  await db.taxForm.create({ data: row });
}
