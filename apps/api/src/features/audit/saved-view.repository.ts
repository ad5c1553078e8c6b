import type { Db } from '../../platform/prisma/database';

/** A list as somebody filtered it, under a name. */
export interface SavedViewRecord {
  readonly id: string;
  /** The address of the list: /admin/payouts. */
  readonly list: string;
  readonly name: string;
  /** The search part of the address, without its question mark. */
  readonly search: string;
  readonly ownerId: string;
  readonly isShared: boolean;
  readonly createdAt: Date;
}

/** A list has at most so many views of one person, and shows at most so many. */
export const MOST_VIEWS = 50;

/** Views of a list that the reader may see: their own, and what others share. */
export async function viewsOf(db: Db, list: string): Promise<SavedViewRecord[]> {
  return db.savedView.findMany({
    where: { list },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST_VIEWS * 2,
  });
}

/** How many views a person keeps of a list. */
export async function countOwnViews(db: Db, ownerId: string, list: string): Promise<number> {
  return db.savedView.count({ where: { ownerId, list } });
}

/** One's own view. */
export async function findOwnView(db: Db, ownerId: string, id: string): Promise<SavedViewRecord | null> {
  return db.savedView.findFirst({ where: { id, ownerId } });
}

/** One's own view of a name, whatever its capitals. */
export async function findViewByName(
  db: Db,
  { ownerId, list, name }: Pick<SavedViewRecord, 'ownerId' | 'list' | 'name'>,
): Promise<SavedViewRecord | null> {
  return db.savedView.findFirst({ where: { ownerId, list, name: { equals: name, mode: 'insensitive' } } });
}

/** Stores a view. */
export async function insertView(db: Db, row: SavedViewRecord): Promise<void> {
  await db.savedView.create({ data: row });
}

/** Changes one's own view. */
export async function changeView(
  db: Db,
  { id, ownerId }: Pick<SavedViewRecord, 'id' | 'ownerId'>,
  changes: Partial<Pick<SavedViewRecord, 'name' | 'search' | 'isShared'>>,
): Promise<void> {
  await db.savedView.updateMany({ where: { id, ownerId }, data: changes });
}

/** Forgets one's own view. */
export async function deleteView(
  db: Db,
  { id, ownerId }: Pick<SavedViewRecord, 'id' | 'ownerId'>,
): Promise<void> {
  await db.savedView.deleteMany({ where: { id, ownerId } });
}
