import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { sha256 } from '../../../platform/crypto/digest';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { insertSeal, lastSeal, lockSealing, unsealed } from '../audit.repository';
import { SealingKey, type SealedRange } from '../sealing-key';

const BATCH = 1000;
/** The chain begins here. */
export const GENESIS = '0'.repeat(64);

/** The next link of the chain. */
export function link(previous: string, body: string): string {
  return sha256(`${previous}${body}`).toString('hex');
}

/** Numbers and hashes what was written since, in batches, signs the root and keeps it outside the database too. */
@Injectable()
export class Seal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly key: SealingKey,
  ) {}

  /** Seals until nothing is left. */
  async run(): Promise<void> {
    while (await this.batch());
  }

  private async batch(): Promise<boolean> {
    let range: SealedRange | undefined;
    let isMore = false;
    await this.unitOfWork.run(system('sealer'), { name: 'seal' }, async (tx) => {
      range = undefined;
      if (!(await lockSealing(tx.db))) return;
      const rows = await unsealed(tx.db, BATCH);
      if (rows.length === 0) return;
      const last = await lastSeal(tx.db);
      const fromSeq = (last?.toSeq ?? 0n) + 1n;
      let hash = last?.root ?? GENESIS;
      const items = rows.map(({ kind, subjectId, body }, index) => ({
        seq: fromSeq + BigInt(index),
        kind,
        subjectId,
        hash: (hash = link(hash, body)),
      }));
      range = {
        fromSeq,
        toSeq: fromSeq + BigInt(rows.length - 1),
        previousRoot: last?.root ?? GENESIS,
        root: hash,
      };
      await insertSeal(
        tx.db,
        { id: tx.newId(), ...range, signature: this.key.sign(range), keyId: this.key.id(), sealedAt: tx.now },
        items,
      );
      isMore = rows.length >= BATCH;
    });
    if (range) this.key.publish(range);
    return isMore;
  }
}
