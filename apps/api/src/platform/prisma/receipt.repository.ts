import type { Db } from './database';
import type { Json } from './transaction';

interface ReceiptKey {
  readonly actorKey: string;
  readonly key: string;
  readonly command: string;
  readonly requestHash: string;
  readonly now: Date;
}

/**
 * Claims an idempotency key for this transaction; a second caller waits here until the first commits.
 * Returns the receipt of an earlier run, or undefined where this is the first.
 */
export async function beginReceipt(
  db: Db,
  claim: ReceiptKey,
): Promise<{ requestHash: string; result: Json } | undefined> {
  const inserted = await db.$executeRaw`
    INSERT INTO command_receipt (actor_key, idempotency_key, command, request_hash, result, created_at)
    VALUES (${claim.actorKey}, ${claim.key}, ${claim.command}, ${claim.requestHash}, '{}'::jsonb, ${claim.now})
    ON CONFLICT (actor_key, idempotency_key) DO NOTHING`;
  if (inserted === 1) return undefined;
  const found = await db.commandReceipt.findUniqueOrThrow({
    where: { actorKey_idempotencyKey: { actorKey: claim.actorKey, idempotencyKey: claim.key } },
  });
  return { requestHash: found.requestHash, result: (found.result as { value: Json }).value };
}

/** Stores the result for later repetitions. */
export async function completeReceipt(db: Db, actorKey: string, key: string, result: Json): Promise<void> {
  await db.commandReceipt.update({
    where: { actorKey_idempotencyKey: { actorKey, idempotencyKey: key } },
    data: { result: { value: result } },
  });
}
