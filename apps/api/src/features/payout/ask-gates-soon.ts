import type { Tx } from '../../platform/prisma/transaction';

/** Has the gates asked again, as soon as this is committed, about what waits of an expert: something that holds it has changed. */
export function askGatesSoon(tx: Tx, expertId: string): void {
  tx.enqueue({ queue: 'payout', name: 'ask-gates-again', payload: { expertId } });
}
