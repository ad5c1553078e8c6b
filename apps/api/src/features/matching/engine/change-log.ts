import type { Db } from '../../../platform/prisma/database';

/** A row that was not there when later ones were may still come; after this long it never will. A write takes at most a minute. */
const LOST_AFTER_MS = 180_000;
const MOST_AT_ONCE = 20_000;
/** So many numbers before the first look may still have been on their way. */
const BEFORE = 1000n;

/**
 * Reads in the outbox, where every change of an expert is written with what it changes, who changed since the last look. Rows get
 * their numbers before they are committed, so one may appear after later ones: its number is waited for.
 */
export class ChangeLog {
  private last: bigint | undefined;
  /** Numbers that were not there yet, and since when. */
  private missing = new Map<bigint, number>();

  /** Adds the ids of experts who changed since the last look; the first look finds nobody, and begins here. */
  async read(db: Db, to: Set<string>): Promise<void> {
    if (this.last === undefined) return this.begin(db);
    for (;;) {
      const rows = await this.next(db);
      for (const { expertIds } of rows) for (const id of expertIds ?? []) to.add(id);
      this.note(rows.map(({ id }) => id));
      if (rows.length < MOST_AT_ONCE) return;
    }
  }

  private async begin(db: Db): Promise<void> {
    const [row] = await db.$queryRaw<{ last: bigint | null }[]>`SELECT max(id) AS last FROM outbox_message`;
    this.last = row?.last ?? 0n;
    // Whatever was being written at that moment has one of the numbers before.
    for (let id = this.last; id > 0n && id > this.last - BEFORE; id--) this.missing.set(id, Date.now());
  }

  private async next(db: Db): Promise<{ id: bigint; expertIds: string[] | null }[]> {
    return db.$queryRaw`
      SELECT id, CASE name WHEN 'expert-changed' THEN jsonb_build_array(payload->'expertId')
        WHEN 'track-records-counted' THEN payload->'expertIds' END AS "expertIds"
      FROM outbox_message WHERE id > ${this.last ?? 0n} OR id = ANY(${[...this.missing.keys()]}::bigint[])
      ORDER BY id LIMIT ${MOST_AT_ONCE}`;
  }

  private note(ids: readonly bigint[]): void {
    const now = Date.now();
    for (const id of ids) {
      this.missing.delete(id);
      const last = this.last ?? 0n;
      if (id <= last) continue;
      for (let between = last + 1n; between < id; between++) this.missing.set(between, now);
      this.last = id;
    }
    for (const [id, since] of this.missing) if (now - since > LOST_AFTER_MS) this.missing.delete(id);
  }
}
