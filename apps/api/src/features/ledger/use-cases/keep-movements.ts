import { Inject, Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { untold, type Told } from '../../../platform/queue/jobs';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { keepMovements, newestMovementAt } from '../reconciliation.repository';
import { bookFees } from './book-fees';

const RAIL = system('ledger');
/** Movements are asked for again from so long before the newest that is kept: the rail may list some late. */
const OVERLAP_MS = 3_600_000;

/** Keeps what the rail says of its balance, movement by movement, and books what it took by itself. */
@Injectable()
export class KeepMovements {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Since when there may be movements that are not kept yet. */
  async since(): Promise<Date> {
    const newest = await this.unitOfWork.readAs(RAIL, ({ db }) => newestMovementAt(db));
    return new Date((newest?.getTime() ?? OVERLAP_MS) - OVERLAP_MS);
  }

  /** Fetches the rail's movements page by page and keeps them. Returns how many. Throws where the rail does not answer. */
  async run(since: Date, told: Told = untold): Promise<number> {
    let looked = 0;
    let after: string | undefined;
    for (;;) {
      const page = await this.rail.listMovements(since, after);
      if (page.kind !== 'done') throw new Error(`the rail's movements could not be read: ${page.message}`);
      const { items, next } = page.value;
      await this.unitOfWork.run(RAIL, { name: 'keep-rail-movements' }, async (tx) => {
        await keepMovements(tx.db, items);
        await bookFees(tx, items);
      });
      looked += items.length;
      told(looked);
      if (next === null) return looked;
      after = next;
    }
  }
}
