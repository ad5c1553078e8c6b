import type { Tx } from '../../platform/prisma/transaction';
import { updateExpert } from './expert.repository';

/** Keeps that an expert lives in another country, ISO 3166: their profile says so, and they are matched anew. */
export async function moveExpert(tx: Tx, expertId: string, country: string): Promise<void> {
  await updateExpert(tx.db, expertId, { country }, tx.now);
  const facts = { changed: ['country'] };
  tx.record({ subjectType: 'expert', subjectId: expertId, facts, expertId });
  tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
}
