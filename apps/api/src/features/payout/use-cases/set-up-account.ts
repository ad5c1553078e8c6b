import { Inject, Injectable } from '@nestjs/common';
import { isCurrency } from '@tallystick/domain';
import { system, type Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { Clock } from '../../../platform/clock/clock';
import { notFound } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findExpert } from '../../expert/expert.public';
import { notify } from '../../notification/notification.public';
import { eventHandled, PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { askGatesSoon } from '../ask-gates-soon';
import { openRecipient } from '../open-recipient';
import {
  findAccount,
  findAccountByRail,
  findOwnerByRail,
  keepBank,
  listOnboarding,
  lockAccountByRail,
  noteBankChange,
  notePastBank,
  putAccount,
  type PayoutAccountRecord,
} from '../payout-account.repository';
import { railAccountsOf } from '../rail-account.repository';

const RAIL = system('rail');
const MINUTE_MS = 60_000;
/** A bank account that is set in the first hour belongs to the setting up. */
const SETTING_UP_MS = 60 * MINUTE_MS;

/** Opens the recipient account of an expert at the rail, and follows its state. */
@Injectable()
export class SetUpAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * Asks the rail, with a key of the expert's own and outside any transaction, and keeps the answer; an account that
   * is there already is only looked at again. Refuses with RAIL_REFUSED, RAIL_AWAY; then nothing is half-written.
   */
  async run(person: Person): Promise<void> {
    const expertId = person.expertId ?? '';
    const { expert, account } = await this.unitOfWork.readAs(person, async ({ db }) => ({
      expert: expertId === '' ? null : await findExpert(db, expertId),
      account: expertId === '' ? null : await findAccount(db, expertId),
    }));
    if (!expert) throw notFound('profile');
    if (account) {
      if (account.state !== 'ACTIVE') await this.follow(account.railAccountId);
      return;
    }
    const { country, rateCurrency: currency, displayName: name } = expert;
    const asked = { expertId, email: person.email, name, country, currency };
    const opened = await openRecipient(this.rail, asked, `recipient:${expertId}`);
    const { id: railAccountId, isActive } = opened;
    const state = isActive ? 'ACTIVE' : 'ONBOARDING';
    await this.unitOfWork.run(person, { name: 'set-up-payout-account' }, async (tx) => {
      if (await findAccount(tx.db, expertId)) return;
      await putAccount(tx.db, { expertId, railAccountId, state, country, currency }, tx.now);
      const facts = { railAccountId, country, currency };
      tx.record({ subjectType: 'payout-account', subjectId: expertId, to: state, facts, expertId });
    });
  }

  /** Looks at a recipient again. Throws where it cannot be read. */
  async follow(railAccountId: string, eventId?: string): Promise<void> {
    const outcome = await this.rail.retrieveRecipient(railAccountId);
    if (outcome.kind !== 'done') throw new Error(`the recipient could not be read: ${outcome.message}`);
    const { isActive, currency: told } = outcome.value;
    await this.unitOfWork.run(RAIL, { name: 'follow-recipient' }, async (tx) => {
      const account = await findAccountByRail(tx.db, railAccountId);
      // The event may be here before our own row: it stays unhandled and is looked at again. One of an account that was left changes nothing.
      if (!account) {
        if (await findOwnerByRail(tx.db, railAccountId))
          await eventHandled(tx, eventId, 'the account was left');
        return;
      }
      const isStillRefused = !isActive && account.state === 'RESTRICTED';
      const state = isActive ? 'ACTIVE' : isStillRefused ? 'RESTRICTED' : 'ONBOARDING';
      const currency = told !== null && isCurrency(told) ? told : account.currency;
      await putAccount(tx.db, { ...account, state, currency }, tx.now);
      await eventHandled(tx, eventId, 'followed');
      if (account.state === state) return;
      const { expertId } = account;
      askGatesSoon(tx, expertId);
      // The new bank account is there from now on: the wait for it begins.
      const isFirst = account.bankChangedAt?.getTime() === account.movedAt?.getTime();
      const isMoved = account.movedAt !== null && isFirst;
      const isWaiting = state === 'ACTIVE' && (isMoved || (await isMended(tx, account)));
      if (isWaiting) await noteBankChange(tx.db, expertId, tx.now);
      const subject = { subjectType: 'payout-account', subjectId: expertId };
      tx.record({ ...subject, from: account.state, to: state, expertId });
      const notice =
        state === 'ACTIVE'
          ? {
              title: 'You can be paid',
              body: isWaiting
                ? `Your payout account is active with other bank details. Payouts wait ${this.config.get('BANK_COOL_DOWN_HOURS')} hours, and so does what a bank sent back.`
                : 'Your payout account is active. Earnings are paid with the next daily run.',
            }
          : {
              title: 'Your payout account needs something',
              body: 'It is not active any more. Give the payment provider what it asks for; your money is kept meanwhile.',
            };
      await notify(tx, { expertId }, { kind: 'PAYOUT_ACCOUNT', ...notice, link: '/expert/bank-details' });
    });
  }

  /**
   * Another bank account was set at the rail: payouts wait, and the expert is told at the address that we know. The
   * first account belongs to the setting up and is no change, nor is news of the one that is there, be it that it was
   * closed; `isSet` is false for such news. Where the rail had never told which one is there, its news says so.
   * @param bankId the rail's number of the one that is set now; null where none is, which changes nothing
   */
  async bankChanged(
    railAccountId: string,
    bankId: string | null,
    { eventId, isSet }: { readonly eventId?: string; readonly isSet: boolean },
  ): Promise<void> {
    await this.unitOfWork.run(RAIL, { name: 'follow-bank-account' }, async (tx) => {
      const account = await lockAccountByRail(tx.db, railAccountId);
      await eventHandled(tx, eventId, account ? 'followed' : 'fits nothing of ours');
      if (bankId === null) return;
      if (!account) {
        await notePastBank(tx.db, railAccountId, { railBankId: bankId, isSet }, tx.now);
        return;
      }
      const wasActive = account.activeAt !== null || account.state === 'ACTIVE';
      const isSettingUp = !wasActive || tx.now.getTime() - account.createdAt.getTime() < SETTING_UP_MS;
      if (account.railBankId === bankId) return;
      const { expertId } = account;
      await keepBank(tx.db, expertId, bankId);
      if (!isSet && account.railBankId === null) return;
      if (isSettingUp) return;
      await noteBankChange(tx.db, expertId, tx.now);
      askGatesSoon(tx, expertId);
      tx.record({ subjectType: 'payout-account', subjectId: expertId, to: 'BANK_CHANGED', expertId });
      const hours = this.config.get('BANK_COOL_DOWN_HOURS');
      await notify(
        tx,
        { expertId },
        {
          kind: 'BANK_CHANGED',
          title: 'Another bank account was set for your payouts',
          body: `Payouts wait ${hours} hours, and so does what a bank sent back. If it was you, there is nothing to do. If it was not, change your password and write to us now.`,
          link: '/expert/bank-details',
        },
      );
    });
  }

  /** Looks at what has not been active for a minute: an event may have been lost. */
  async poll(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - MINUTE_MS);
    const waiting = await this.unitOfWork.readAs(RAIL, ({ db }) => listOnboarding(db, before, 50));
    for (const { railAccountId } of waiting) await this.follow(railAccountId);
  }
}

/**
 * True where an account can be paid again only because it has other bank details: a bank had refused the ones that were
 * there. The rail may tell so before it tells of the new ones.
 */
async function isMended(
  tx: Tx,
  { expertId, railAccountId, ...account }: PayoutAccountRecord,
): Promise<boolean> {
  const { restrictedAt, bankChangedAt } = account;
  if (restrictedAt !== null) return bankChangedAt === null || bankChangedAt <= restrictedAt;
  const accounts = await railAccountsOf(tx.db, [expertId]);
  const returnedAt = accounts.find((each) => each.railAccountId === railAccountId)?.returnedAt ?? null;
  return returnedAt !== null && (bankChangedAt === null || bankChangedAt < returnedAt);
}
