import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { sha256 } from '../../../platform/crypto/digest';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { insertSeal, lastSeal, lockSealing, unsealed, type SealRow } from '../audit.repository';
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

  /**
   * Seals until nothing is left. Returns why it refuses, where the end of the chain is not the one that was kept outside
   * the database: building on it would hide what was changed.
   */
  async run(): Promise<string | undefined> {
    for (;;) {
      const { isMore, refused } = await this.batch();
      if (refused !== undefined || !isMore) return refused;
    }
  }

  private async batch(): Promise<{ isMore: boolean; refused?: string }> {
    let range: SealedRange | undefined;
    let isMore = false;
    let refused: string | undefined;
    await this.unitOfWork.run(system('sealer'), { name: 'seal' }, async (tx) => {
      [range, isMore, refused] = [undefined, false, undefined];
      if (!(await lockSealing(tx.db))) return;
      const last = await lastSeal(tx.db);
      refused = this.reasonAgainst(last);
      if (refused !== undefined) return;
      const rows = await unsealed(tx.db, BATCH);
      if (rows.length === 0) return;
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
    return { isMore, refused };
  }

  /**
   * Why nothing may be built on a seal. One that our key signed and that follows on the root kept last was not kept only
   * because the process ended in between: that is made good here.
   */
  private reasonAgainst(last: SealRow | null): string | undefined {
    const kept = this.key.lastPublished();
    if (last === null && kept === undefined) return undefined;
    if (last?.toSeq === kept?.toSeq && last?.root === kept?.root) return undefined;
    const follows =
      last !== null &&
      last.previousRoot === (kept?.root ?? GENESIS) &&
      last.fromSeq === (kept?.toSeq ?? 0n) + 1n &&
      this.key.verify(last, last.signature);
    if (follows) {
      const { fromSeq, toSeq, previousRoot, root } = last;
      this.key.publish({ fromSeq, toSeq, previousRoot, root });
      return undefined;
    }
    const where = (seq: bigint | undefined) => (seq === undefined ? 'no row' : `row ${seq}`);
    return `nothing is sealed any more: the database has seals up to ${where(last?.toSeq)}, and outside it the root up to ${where(kept?.toSeq)} was kept`;
  }
}
