import { Inject, Injectable } from '@nestjs/common';
import { allocate, formatAmount, move, payoutMachine, type Currency } from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { eventHandled, PAYMENT_RAIL, type PaymentRail, type RailPayout } from '../../rail/rail.public';
import { findAccount, findOwnerByRail } from '../payout-account.repository';
import { findByRailPayout, listInTransit, movePayout, type PayoutRecord } from '../payout.repository';

const RAIL = system('rail');
const MINUTE_MS = 60_000;

/** Follows a payout from the rail to the bank. It changes what is shown; the money has left the books. */
@Injectable()
export class FollowPayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Looks at a payout of the rail again. Throws where ours is not there yet, so that it is looked at later. */
  async run(railPayoutId: string, railAccountId: string | null, eventId?: string): Promise<void> {
    const account =
      railAccountId === null
        ? null
        : await this.unitOfWork.readAs(RAIL, ({ db }) => findOwnerByRail(db, railAccountId));
    if (!account) return this.letGo(eventId);
    const outcome = await this.rail.retrievePayout(railPayoutId, account.railAccountId);
    if (outcome.kind !== 'done') throw new Error(`the payout could not be read: ${outcome.message}`);
    const carried = await this.rail.transfersOfPayout(railPayoutId, account.railAccountId);
    const transferIds = carried.kind === 'done' ? carried.value : [];
    await this.unitOfWork.run(RAIL, { name: 'follow-payout' }, async (tx) => {
      const payouts = await findByRailPayout(tx.db, account.expertId, {
        ...outcome.value,
        transferIds,
        accountId: account.railAccountId,
      });
      // The event may be here before our own transfer was kept.
      if (payouts.length === 0) throw new Error('no payout on its way fits this event yet');
      const shares = sharesOf(payouts, outcome.value);
      for (const [index, payout] of payouts.entries())
        await advance(tx, payout, outcome.value, shares[index] ?? {});
      await eventHandled(tx, eventId, 'followed');
    });
  }

  /** Looks at what has been on its way for a minute: an event may have been lost. */
  async poll(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - MINUTE_MS);
    const open = await this.unitOfWork.readAs(RAIL, async ({ db }) => {
      const found: { railPayoutId: string; railAccountId: string }[] = [];
      for (const { railPayoutId, expertId, ...payout } of await listInTransit(db, before, 50)) {
        const railAccountId = payout.railAccountId ?? (await findAccount(db, expertId))?.railAccountId;
        if (railPayoutId !== null && railAccountId !== undefined) found.push({ railPayoutId, railAccountId });
      }
      return found;
    });
    for (const { railPayoutId, railAccountId } of open) await this.run(railPayoutId, railAccountId);
  }

  /** A payout to an account that is none of ours: the platform's own, or another's. */
  private async letGo(eventId: string | undefined): Promise<void> {
    await this.unitOfWork.run(RAIL, { name: 'follow-payout' }, (tx) =>
      eventHandled(tx, eventId, 'fits nothing of ours'),
    );
  }
}

/** What the rail took and gave for one payout. */
type BankSide = Pick<
  Parameters<typeof movePayout>[2],
  'railFeeMinor' | 'exchangeRate' | 'bankAmountMinor' | 'bankCurrency'
>;

/** What the rail took and what arrived, divided over the payouts that went out together, by their amounts. */
function sharesOf(payouts: readonly PayoutRecord[], rail: RailPayout): BankSide[] {
  const weights = payouts.map(({ amountMinor }) => amountMinor);
  const amounts = allocate(rail.amountMinor, weights);
  const fees = rail.feeMinor === null ? undefined : allocate(rail.feeMinor, weights);
  return payouts.map((_, index) => ({
    bankAmountMinor: amounts[index],
    bankCurrency: rail.currency,
    ...(fees && { railFeeMinor: fees[index] }),
    ...(rail.exchangeRate !== null && { exchangeRate: rail.exchangeRate }),
  }));
}

async function advance(tx: Tx, payout: PayoutRecord, rail: RailPayout, bankSide: BankSide): Promise<void> {
  const { id: railPayoutId, state: railState } = rail;
  if (railState === 'IN_TRANSIT') {
    // Its number is kept, so that it can be looked at even where its later events are lost.
    if (payout.state !== 'IN_TRANSIT' || payout.railPayoutId !== null) return;
    await keep(tx, payout, { state: payout.state, railPayoutId, ...bankSide });
    return;
  }
  const isPaid = railState === 'PAID';
  const moved = move(payoutMachine, payout.state, isPaid ? 'PAID' : 'BANK_RETURNED');
  if (!moved.ok) return;
  const reason = rail.failureReason ?? 'The bank returned the money.';
  const said = isPaid ? { paidAt: tx.now } : { failureReason: reason };
  await keep(tx, payout, { state: moved.value, railPayoutId, ...bankSide, ...said });
  const { id: subjectId, state: from, expertId } = payout;
  tx.record({ subjectType: 'payout', subjectId, from, to: moved.value, facts: { railPayoutId }, expertId });
  await tellExpert(tx, payout, isPaid ? undefined : reason);
}

async function keep(tx: Tx, payout: PayoutRecord, changes: Parameters<typeof movePayout>[2]): Promise<void> {
  if (!(await movePayout(tx.db, payout, changes))) throw new Error('the payout moved meanwhile');
}

async function tellExpert(tx: Tx, payout: PayoutRecord, reason: string | undefined): Promise<void> {
  const { expertId, amountMinor: minor, currency } = payout;
  const amount = formatAmount({ minor, currency: currency as Currency });
  const link = '/expert/earnings';
  await notify(
    tx,
    { expertId },
    reason === undefined
      ? { kind: 'PAID', title: `${amount} was paid`, body: 'It is in your bank account.', link }
      : {
          kind: 'PAYOUT_RETURNED',
          title: `${amount} came back from your bank`,
          body: `${reason} It is safe in your payout account; correct your bank details there.`,
          link,
        },
  );
}
