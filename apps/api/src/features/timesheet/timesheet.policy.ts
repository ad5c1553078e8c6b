import type { Person } from '../../platform/access/actor';
import { notFound, Refused } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import type { Tx } from '../../platform/prisma/transaction';
import type { EntryRecord } from './entry.repository';
import { lockLine } from './lines';
import { lockSheet, type TimesheetRecord } from './sheet.repository';

/** Who of a lab reviews time, and so hears of it. */
export const REVIEWERS = ['OWNER', 'MANAGER', 'REVIEWER'] as const;

/** A week of the expert's own, locked. */
export async function ownSheet(tx: Tx, person: Person, id: string): Promise<TimesheetRecord> {
  const sheet = isId(id) ? await lockSheet(tx.db, id) : null;
  if (!sheet || sheet.expertId !== person.expertId) throw notFound('week');
  return sheet;
}

/** A week that the lab may review, locked. Drafts are the expert's alone. */
export async function reviewableSheet(tx: Tx, person: Person, id: string): Promise<TimesheetRecord> {
  const sheet = isId(id) ? await lockSheet(tx.db, id) : null;
  if (!sheet || sheet.labId !== person.labId || sheet.state === 'OPEN') throw notFound('week');
  return sheet;
}

/** A draft of the expert's own, its sheet locked. Refuses with NOT_FOUND, STATE_CHANGED. */
export async function ownDraft(tx: Tx, person: Person, id: string): Promise<EntryRecord> {
  if (!isId(id)) throw notFound('entry');
  const { entry } = await lockLine(tx, id, 'entry');
  if (entry.expertId !== person.expertId || entry.state === 'VOIDED') throw notFound('entry');
  if (entry.state === 'DRAFT') return entry;
  const message = 'This entry was submitted. Recall the week to change it, while the lab has not acted.';
  throw new Refused('STATE_CHANGED', message, { rowId: id });
}

/** True where a person may read a week: its expert, its lab once it is submitted, staff. */
export function mayRead(person: Person, sheet: TimesheetRecord): boolean {
  if (person.staffRoles.length > 0 || sheet.expertId === person.expertId) return true;
  return sheet.labId === person.labId && sheet.state !== 'OPEN';
}
