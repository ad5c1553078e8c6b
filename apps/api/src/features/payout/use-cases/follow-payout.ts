import { Inject, Injectable } from '@nestjs/common';
import {
  allocate,
  formatAmount,
  isLastingReturn,
  move,
  payoutMachine,
  type Currency,
} from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { eventHandled, PAYMENT_RAIL, type PaymentRail, type RailPayout } from '../../rail/rail.public';
import {
  findAccount,
  findAccountByRail,
  findOwnerByRail,
  restrictAccounts,
} from '../payout-account.repository';
import {
  accountsPaidSince,
  heldForPaid,
  findByRailPayout,
  listInTransit,
  movePayout,
  type PayoutRecord,
} from '../payout.repository';
import { endReturn, insertReturn } from '../payout-return.repository';
import { tellRailSoon } from '../rail-holds';

const RAIL = system('rail');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Banks return most payouts within five of their days. Source: docs.stripe.com/payouts. */
const LATEST_RETURN_DAYS = 14;

/**
 * Follows a payout from the rail to the bank, and back where the bank returns it, also what was paid days before. It
 * changes what is shown; the money has left the books, and what comes back is in the expert's account at the rail.
 */
@Injectable()
export class FollowPayout {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
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
      const { failureCode, bankId } = outcome.value;
      const isLasting = failureCode !== null && isLastingReturn(failureCode);
      const hasOther = await hasOtherBank(tx, account.railAccountId, bankId);
      const words = returnWords(this.config.get('BANK_COOL_DOWN_HOURS'));
      const nowWhat = hasOther ? words.sentOn : isLasting ? words.setOther : words.lookAt;
      let isReturned = false;
      for (const [index, payout] of payouts.entries()) {
        const state = await advance(tx, payout, outcome.value, shares[index] ?? {}, nowWhat);
        isReturned ||= state === 'RETURNED';
      }
      if (isReturned && isLasting && !hasOther) await restrict(tx, account.railAccountId, failureCode);
      // Before there are other bank details: afterwards the rail could be faster.
      if (isReturned) tellRailSoon(tx, account.expertId);
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

  /** Asks the rail what came back of what was paid in the last weeks: an event may have been lost. */
  async lookBack(): Promise<void> {
    const ago = (days: number) => new Date(this.clock.now().getTime() - days * DAY_MS);
    const [paidSince, madeSince] = [ago(LATEST_RETURN_DAYS), ago(2 * LATEST_RETURN_DAYS)];
    const accounts = await this.unitOfWork.readAs(RAIL, ({ db }) => accountsPaidSince(db, paidSince));
    for (const railAccountId of accounts) {
      const returned = await this.rail.returnedPayouts(railAccountId, madeSince);
      if (returned.kind !== 'done') throw new Error(`what came back could not be read: ${returned.message}`);
      const missed = await this.unitOfWork.readAs(RAIL, ({ db }) => heldForPaid(db, returned.value));
      for (const railPayoutId of missed) await this.run(railPayoutId, railAccountId);
    }
  }

  /** A payout to an account that is none of ours: the platform's own, or another's. */
  private async letGo(eventId: string | undefined): Promise<void> {
    await this.unitOfWork.run(RAIL, { name: 'follow-payout' }, (tx) =>
      eventHandled(tx, eventId, 'fits nothing of ours'),
    );
  }
}

/** What the rail took and gave for one payout, the time that it was sent with this payout of the rail. */
type BankSide = Pick<
  Parameters<typeof movePayout>[2],
  'railFeeMinor' | 'railFeeCurrency' | 'exchangeRate' | 'bankAmountMinor' | 'bankCurrency'
>;

/** What the rail took and what arrived, divided over the payouts that went out together, by their amounts. */
function sharesOf(payouts: readonly PayoutRecord[], rail: RailPayout): BankSide[] {
  const weights = payouts.map(({ amountMinor }) => amountMinor);
  const amounts = allocate(rail.amountMinor, weights);
  const fees = rail.feeMinor === null ? undefined : allocate(rail.feeMinor, weights);
  return payouts.map((_, index) => ({
    bankAmountMinor: amounts[index],
    bankCurrency: rail.currency,
    ...(fees && { railFeeMinor: fees[index], railFeeCurrency: rail.feeCurrency ?? rail.currency }),
    ...(rail.exchangeRate !== null && { exchangeRate: rail.exchangeRate }),
  }));
}

/** Moves a payout on as the rail says. Returns the state that it has come to; undefined where it is where it was. */
async function advance(
  tx: Tx,
  payout: PayoutRecord,
  rail: RailPayout,
  bankSide: BankSide,
  nowWhat: string,
): Promise<string | undefined> {
  const { id: railPayoutId, state: railState } = rail;
  const isOther = payout.railPayoutId !== null && payout.railPayoutId !== railPayoutId;
  if (railState === 'IN_TRANSIT' && payout.state === 'IN_TRANSIT') {
    // Its number is kept, so that it can be looked at even where its later events are lost.
    if (payout.railPayoutId === null)
      await keep(tx, payout, { state: payout.state, railPayoutId, ...bankSide });
    return undefined;
  }
  if (isOld(payout.state, railState, isOther)) return undefined;
  const moved = move(payoutMachine, payout.state, MOVES[railState]);
  if (!moved.ok) return undefined;
  const reason = rail.failureReason ?? 'The bank returned the money.';
  await keep(tx, payout, {
    ...{ state: moved.value, railPayoutId, ...withPastFees(payout, bankSide, isOther) },
    ...(railState === 'PAID' && { paidAt: tx.now, failureReason: null }),
    ...(railState === 'IN_TRANSIT' && { failureReason: null }),
    ...(railState === 'FAILED' && { failureReason: reason, paidAt: null }),
  });
  const { id: subjectId, state: from, expertId } = payout;
  await keepReturn(tx, payout, moved.value, rail.bankId);
  tx.record({ subjectType: 'payout', subjectId, from, to: moved.value, facts: { railPayoutId }, expertId });
  if (railState === 'PAID') await tellPaid(tx, payout);
  else if (railState === 'FAILED') await tellReturned(tx, payout, `${reason} ${nowWhat}`);
  // What was paid is on its way again: it came back, though nobody told.
  else if (payout.state === 'PAID') await tellReturned(tx, payout, SENT_ALREADY);
  return moved.value;
}

/** What was sent before cost a fee of its own: it is added to what this sending costs. */
function withPastFees(payout: PayoutRecord, bankSide: BankSide, isOther: boolean) {
  const pastRailFeeMinor = isOther ? (payout.railFeeMinor ?? 0n) : payout.pastRailFeeMinor;
  const { railFeeMinor } = bankSide;
  return {
    ...bankSide,
    pastRailFeeMinor,
    ...(railFeeMinor !== undefined && { railFeeMinor: pastRailFeeMinor + railFeeMinor }),
  };
}

/**
 * What came back, or was paid, moves on only with another payout of the rail, which sends it again; that it comes back
 * only the newest can say.
 */
function isOld(state: string, railState: RailPayout['state'], isOther: boolean): boolean {
  if (railState === 'FAILED') return isOther || state === 'RETURNED';
  return !isOther && (state === 'RETURNED' || state === 'PAID');
}

/** Keeps that money came back, or that what came back is at a bank or on its way there again. */
async function keepReturn(
  tx: Tx,
  payout: PayoutRecord,
  state: string,
  railBankId: string | null,
): Promise<void> {
  const { id: payoutId, expertId, currency, amountMinor } = payout;
  if (state === 'RETURNED')
    await insertReturn(tx.db, {
      id: tx.newId(),
      ...{ payoutId, expertId, currency, amountMinor, returnedAt: tx.now, railBankId },
    });
  else if (payout.state === 'RETURNED') await endReturn(tx.db, payoutId, tx.now);
}

/** What a state of the rail's payout does to ours. */
const MOVES = { IN_TRANSIT: 'SENT_AGAIN', PAID: 'PAID', FAILED: 'BANK_RETURNED' } as const;

/** True where its owner has set another bank account than the one to which a payout went: what that bank says is past. */
async function hasOtherBank(tx: Tx, railAccountId: string, bankId: string | null): Promise<boolean> {
  const newest = (await findAccountByRail(tx.db, railAccountId))?.railBankId ?? null;
  return newest !== null && bankId !== null && newest !== bankId;
}

/** No payout goes to this account before it has other bank details; the notice of the returned payout says so. */
async function restrict(tx: Tx, railAccountId: string, failureCode: string): Promise<void> {
  for (const expertId of await restrictAccounts(tx.db, [railAccountId], tx.now)) {
    const subject = { subjectType: 'payout-account', subjectId: expertId, expertId };
    tx.record({ ...subject, to: 'RESTRICTED', facts: { failureCode } });
  }
}

async function keep(tx: Tx, payout: PayoutRecord, changes: Parameters<typeof movePayout>[2]): Promise<void> {
  if (!(await movePayout(tx.db, payout, changes))) throw new Error('the payout moved meanwhile');
}

const WAS_PAID = 'We told you that it was paid; the bank has sent it back since. ';
const SENT_ALREADY = 'It was sent again and is on its way to your bank account.';

/** What an expert reads of money that came back, by what there is to do; hours that it waits after other bank details. */
function returnWords(hours: number) {
  return {
    lookAt: `It is safe in your payout account; look whether your bank details there are right. It waits ${hours} hours before it is sent again.`,
    setOther: `It is safe in your payout account, with whatever else was under way to this bank account. Give the payment provider other bank details: it is sent again ${hours} hours after that, so that nobody else can send it away. Until then nothing more is sent there.`,
    sentOn: `Another bank account has been set in your payout account since; it is sent there ${hours} hours after it was set.`,
  };
}

async function tellPaid(tx: Tx, payout: PayoutRecord): Promise<void> {
  const wasReturned = payout.state === 'PAID' || payout.state === 'RETURNED';
  await notify(
    tx,
    { expertId: payout.expertId },
    {
      kind: 'PAID',
      title: `${amountOf(payout)} was paid`,
      body: wasReturned
        ? 'It came back from your bank, was sent again, and is in your bank account now.'
        : 'It is in your bank account.',
      link: '/expert/earnings',
    },
  );
}

async function tellReturned(tx: Tx, payout: PayoutRecord, words: string): Promise<void> {
  await notify(
    tx,
    { expertId: payout.expertId },
    {
      kind: 'PAYOUT_RETURNED',
      title: `${amountOf(payout)} came back from your bank`,
      body: `${payout.state === 'PAID' ? WAS_PAID : ''}${words}`,
      link: '/expert/bank-details',
    },
  );
}

function amountOf({ amountMinor: minor, currency }: PayoutRecord): string {
  return formatAmount({ minor, currency: currency as Currency });
}
