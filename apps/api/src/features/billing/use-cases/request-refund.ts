import { Injectable } from '@nestjs/common';
import { formatAmount, refundRequested } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { post } from '../../ledger/ledger.public';
import { AmountInput, currencyOf } from '../amounts';
import { mustBeAvailable } from '../available';
import { lockRefundable, type RefundableFunding } from '../funding.repository';
import { insertRefund } from '../refund.repository';

const Input = z.object({ ...AmountInput, idempotencyKey: z.string() });

/** A lab takes back what is not held. It goes back to where it came from, so one refund may be several of them. */
@Injectable()
export class RequestRefund {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the ids of the refunds. Refuses with MORE_THAN_AVAILABLE, AMOUNT_OUT_OF_BOUNDS, CURRENCY_UNKNOWN. */
  async run(person: Person, input: z.input<typeof Input>): Promise<string[]> {
    const { amountMinor: text, currency: code, idempotencyKey } = parseInput(Input, input);
    const currency = currencyOf(code);
    const wanted = BigInt(text);
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    if (wanted < 1n) {
      throw new Refused('AMOUNT_OUT_OF_BOUNDS', 'Write an amount above zero.', { field: 'amount' });
    }
    return this.unitOfWork.run(person, { name: 'request-refund', idempotencyKey, input }, async (tx) => {
      const fundings = await lockRefundable(tx.db, labId, currency);
      await mustBeAvailable(tx.db, labId, currency, wanted);
      const ids: string[] = [];
      let left = wanted;
      for (const funding of fundings) {
        if (left === 0n) break;
        const amountMinor = left < funding.leftMinor ? left : funding.leftMinor;
        ids.push(await refundPart(tx, person, funding, amountMinor));
        left -= amountMinor;
      }
      if (left > 0n) {
        const rest = formatAmount({ minor: left, currency });
        throw new Refused(
          'MORE_THAN_AVAILABLE',
          `${rest} of this did not arrive by a payment, so it cannot go back by itself. Take less, or write to us.`,
          {
            field: 'amount',
          },
        );
      }
      return ids;
    });
  }
}

async function refundPart(
  tx: Tx,
  person: Person,
  funding: RefundableFunding,
  amountMinor: bigint,
): Promise<string> {
  const id = tx.newId();
  const { labId, currency } = funding;
  const lines = refundRequested({ labId, currency, amountMinor });
  await post(tx, {
    key: `refund:${id}:requested`,
    kind: 'refund-requested',
    subjectType: 'lab-refund',
    subjectId: id,
    lines,
  });
  const by = { requestedById: person.accountId, requestedAt: tx.now };
  const row = { id, labId, fundingId: funding.id, currency, amountMinor, state: 'REQUESTED', ...by };
  await insertRefund(tx.db, row);
  const facts = { amountMinor, currency, fundingId: funding.id };
  tx.record({ subjectType: 'lab-refund', subjectId: id, to: 'REQUESTED', facts, labId });
  tx.enqueue({ queue: 'rail', name: 'request-refund', payload: { refundId: id } });
  return id;
}
