import { Inject, Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { PAYMENT_RAIL, type Outcome, type PaymentRail } from '../adapter/payment-rail';
import { findCustomer, insertCustomer } from '../rail.repository';

const RAIL = system('rail');

/** A lab as the rail knows it. */
@Injectable()
export class KnowCustomer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** The rail's id of a lab; the rail is asked to make one, with a key of the lab's own, where there is none yet. */
  async of(labId: string): Promise<Outcome<{ id: string }>> {
    const known = await this.unitOfWork.readAs(RAIL, ({ db }) => findCustomer(db, labId));
    if (known !== null) return { kind: 'done', value: { id: known } };
    const made = await this.rail.createCustomer({ labId }, `customer:${labId}`);
    if (made.kind !== 'done') return made;
    const customerId = made.value.id;
    return this.unitOfWork.run(RAIL, { name: 'know-customer' }, async (tx) => {
      // Another call may have been faster; the first that was kept counts.
      await insertCustomer(tx.db, { labId, customerId, createdAt: tx.now });
      const id = (await findCustomer(tx.db, labId)) ?? customerId;
      tx.record({
        subjectType: 'lab',
        subjectId: labId,
        to: 'KNOWN_AT_RAIL',
        facts: { customerId: id },
        labId,
      });
      return { kind: 'done', value: { id } };
    });
  }
}
