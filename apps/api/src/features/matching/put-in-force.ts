import type { Tx } from '../../platform/prisma/transaction';
import { insertModelSwitch, newestModelSwitch, type ModelRecord, type SwitchKind } from './model.repository';

/** Who puts a model in force, and why. */
export interface ModelSwitchWords {
  readonly kind: SwitchKind;
  readonly reason: string;
  readonly byId: string | null;
  readonly approvalRequestId?: string | null;
}

/** Puts a kept model in force; the worker then scores everything anew. */
export async function putInForce(
  tx: Tx,
  { id: modelId, name, hash }: Pick<ModelRecord, 'id' | 'name' | 'hash'>,
  { kind, reason, byId, approvalRequestId = null }: ModelSwitchWords,
): Promise<string> {
  const before = await newestModelSwitch(tx.db);
  const id = tx.newId();
  await insertModelSwitch(tx.db, {
    ...{ id, modelId, kind, reason, byId, at: tx.now },
    approvalRequestId,
  });
  tx.record({
    subjectType: 'match-model',
    subjectId: modelId,
    to: 'IN_FORCE',
    facts: {
      name,
      hash,
      kind,
      beforeId: before?.modelId ?? null,
      approvalRequestId,
    },
    words: { reason },
  });
  tx.enqueue({ queue: 'matching', name: 'model-changed', payload: {} });
  return id;
}
