import { z } from 'zod';
import type { Tx } from '../../platform/prisma/transaction';
import { markHandled } from './rail.repository';

/** Which job follows which kind of event; each belongs to the feature that owns the object. */
const FOLLOWED_BY: readonly (readonly [RegExp, string])[] = [
  [/^payment_intent\./, 'follow-payment'],
  [/^refund\./, 'follow-refund'],
  [/^charge\.dispute\./, 'follow-dispute'],
  [/^balance\.available$/, 'follow-balance'],
  [/^v2\.core\.account/, 'follow-recipient'],
  [/^payout\./, 'follow-payout'],
  [/^account\.external_account\.created$/, 'follow-bank-account'],
  [/^account\.external_account\.updated$/, 'note-bank-account'],
];

/** Payload of the jobs that follow an object of the rail: only ids; the object is fetched again. */
export const FollowedObject = z.object({
  objectId: z.string(),
  /** The connected account that the object belongs to, where it does. */
  accountId: z.string().nullable(),
  /** The event that tells of it; absent where nobody told. */
  eventId: z.string().optional(),
});

/** The job that follows a type of event; undefined where nothing is done about it. */
export function followerOf(type: string): string | undefined {
  return FOLLOWED_BY.find(([pattern]) => pattern.test(type))?.[1];
}

/** Notes, with its effect, that an event was handled. Nothing where no event told. */
export async function eventHandled(tx: Tx, eventId: string | undefined, outcome: string): Promise<void> {
  if (eventId !== undefined) await markHandled(tx.db, eventId, tx.now, outcome);
}
