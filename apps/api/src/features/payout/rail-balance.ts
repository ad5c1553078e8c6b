import { Inject, Injectable } from '@nestjs/common';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { PAYMENT_RAIL, type PaymentRail } from '../rail/rail.public';
import { openMinorAtRail } from './payout.repository';

const PAYOUTS = system('payouts');

/** What may be asked of the rail. */
@Injectable()
export class RailBalance {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** What the rail has and was not asked for yet, minor units as text, by currency; nothing where it does not answer. */
  async left(currencies: readonly string[]): Promise<Record<string, string>> {
    const left: Record<string, string> = {};
    for (const currency of new Set(currencies)) {
      const outcome = await this.rail.availableMinor(currency);
      const asked = await this.unitOfWork.readAs(PAYOUTS, ({ db }) => openMinorAtRail(db, currency));
      left[currency] = (outcome.kind === 'done' ? outcome.value - asked : 0n).toString();
    }
    return left;
  }
}
