import { randomBytes } from 'node:crypto';
import { canonicalJson } from '@tallystick/domain';
import { isStaff, type Actor } from '../access/actor';
import { sha256 } from '../crypto/digest';
import type { Db, Prisma } from '../prisma/database';
import type { JournalFact } from '../prisma/transaction';

interface Happening {
  readonly actor: Actor;
  readonly command: string;
  readonly now: Date;
}

/** Appends what a unit of work did, in its order. Words go to a side row; the sealed row holds their salted hash. */
export async function appendToJournal(
  db: Db,
  happening: Happening,
  facts: readonly JournalFact[],
): Promise<void> {
  if (facts.length === 0) return;
  const ids = await nextIds(db, facts.length);
  const rows = facts.map((fact, index) => rowsOf(happening, fact, ids[index] ?? 0n));
  await db.journalEntry.createMany({ data: rows.map(({ entry }) => entry) });
  const words = rows.flatMap((row) => (row.words ? [row.words] : []));
  if (words.length > 0) await db.journalWords.createMany({ data: words });
}

/** Ids are drawn first: whoever appends may not be allowed to read what they appended. */
async function nextIds(db: Db, count: number): Promise<bigint[]> {
  const drawn = await db.$queryRaw<{ id: bigint }[]>`
    SELECT nextval(pg_get_serial_sequence('journal_entry', 'id')) AS id FROM generate_series(1, ${count}::int)`;
  return drawn.map(({ id }) => id);
}

function rowsOf(happening: Happening, fact: JournalFact, id: bigint) {
  const salt = randomBytes(16).toString('hex');
  const words = fact.words && canonicalJson(fact.words);
  const entry = {
    id,
    at: happening.now,
    actorKind: kindOf(happening.actor),
    actorId: happening.actor.kind === 'PERSON' ? happening.actor.accountId : null,
    command: happening.command,
    subjectType: fact.subjectType,
    subjectId: fact.subjectId,
    fromState: fact.from ?? null,
    toState: fact.to ?? null,
    facts: plain({ ...fact.facts, ...(words && { wordsHash: sha256(salt + words).toString('hex') }) }),
    labId: fact.labId ?? null,
    expertId: fact.expertId ?? null,
  };
  return {
    entry,
    words: words ? { entryId: id, words: JSON.parse(words) as Prisma.InputJsonValue, salt } : undefined,
  };
}

function kindOf(actor: Actor): string {
  if (actor.kind === 'SYSTEM') return 'SYSTEM';
  return isStaff(actor) ? 'STAFF' : 'PERSON';
}

/** Facts as plain JSON: amounts as strings, instants as ISO text. */
function plain(facts: Record<string, unknown>): Prisma.InputJsonObject {
  return JSON.parse(canonicalJson(facts)) as Prisma.InputJsonObject;
}
