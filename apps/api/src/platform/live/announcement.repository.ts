import type { Actor } from '../access/actor';
import type { Db } from '../prisma/database';
import type { JournalFact } from '../prisma/transaction';

/** The channel on which every process that has browsers listens. */
export const CHANNEL = 'tallystick_changed';

/** Whom a change concerns. Staff hear of every change. */
export type Concern =
  { readonly labId: string } | { readonly expertId: string } | { readonly accountId: string } | 'STAFF_ONLY';

/** That something of a kind changed, and for whom. Ids only: what changed is read again, under the reader's own rights. */
export interface Announcement {
  /** Subject type of the journal, e.g. timesheet. */
  readonly topic: string;
  readonly concerns: Concern;
}

/** PostgreSQL takes notifications of less than 8000 bytes. */
const LARGEST_BYTES = 7900;
const KINDS = { labId: 'L', expertId: 'E', accountId: 'A' } as const;

/** What the journal's facts announce: to the lab and the expert that they name, or to the account that they are about. */
export function announcementsOf(actor: Actor, facts: readonly JournalFact[]): Announcement[] {
  const changes = facts.filter(({ isLook }) => !isLook);
  return changes.flatMap(({ subjectType, subjectId, labId, expertId }) => {
    const concerns: Concern[] = [];
    if (labId) concerns.push({ labId });
    if (expertId) concerns.push({ expertId });
    if (subjectType === 'account') concerns.push({ accountId: subjectId });
    if (concerns.length === 0)
      concerns.push(actor.kind === 'PERSON' ? { accountId: actor.accountId } : 'STAFF_ONLY');
    return concerns.map((each) => ({ topic: subjectType, concerns: each }));
  });
}

/** Tells every listening process, at the commit of this transaction. */
export async function announce(db: Db, announcements: readonly Announcement[]): Promise<void> {
  for (const payload of payloadsOf(announcements))
    await db.$executeRaw`SELECT pg_notify(${CHANNEL}, ${payload})`;
}

/** Announcements as texts that fit into a notification; each is said once. */
export function payloadsOf(announcements: readonly Announcement[]): string[] {
  const lines = new Set(announcements.map(({ topic, concerns }) => `${topic}:${markOf(concerns)}`));
  const payloads: string[] = [];
  let open = '';
  for (const line of lines) {
    if (open && open.length + 1 + line.length > LARGEST_BYTES) {
      payloads.push(open);
      open = '';
    }
    open = open ? `${open} ${line}` : line;
  }
  return open ? [...payloads, open] : payloads;
}

/** Reads a notification's text; what cannot be read is left out. */
export function readPayload(payload: string): Announcement[] {
  return payload.split(' ').flatMap((line): Announcement[] => {
    const [, topic, kind, id] = /^([\w-]+):([LEAS])([0-9a-f-]{36})?$/.exec(line) ?? [];
    if (topic === undefined) return [];
    if (kind === 'S') return [{ topic, concerns: 'STAFF_ONLY' as const }];
    if (id === undefined) return [];
    if (kind === 'L') return [{ topic, concerns: { labId: id } }];
    return [{ topic, concerns: kind === 'E' ? { expertId: id } : { accountId: id } }];
  });
}

function markOf(concerns: Concern): string {
  if (concerns === 'STAFF_ONLY') return 'S';
  if ('labId' in concerns) return KINDS.labId + concerns.labId;
  return 'expertId' in concerns ? KINDS.expertId + concerns.expertId : KINDS.accountId + concerns.accountId;
}
