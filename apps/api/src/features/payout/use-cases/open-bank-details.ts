import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { notFound } from '../../../platform/errors/refused';
import { Ids } from '../../../platform/ids/ids';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { answerOf } from '../open-recipient';
import { findAccount, isPastAccount, type PayoutAccountRecord } from '../payout-account.repository';
import { SetUpAccount } from './set-up-account';

/** The page of the rail on which bank details are given. */
export interface BankDetailsAddress {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Leads an expert to the rail's own page for bank details: their numbers never pass through here. */
@Injectable()
export class OpenBankDetails {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
    private readonly ids: Ids,
    private readonly accounts: SetUpAccount,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * Opens the account first where there is none. The page is good for minutes, and once. Refuses with NOT_FOUND,
   * RAIL_REFUSED, RAIL_AWAY.
   * @param pastId the account that was left for which they are given; absent for the one that is paid
   */
  async run(person: Person, pastId?: string): Promise<BankDetailsAddress> {
    const recipientId = pastId === undefined ? await this.current(person) : await this.past(person, pastId);
    const here = `${this.config.publicUrl}/expert/bank-details`;
    const link = {
      recipientId,
      returnUrl: `${here}?from=given`,
      refreshUrl: `${here}?from=late`,
    };
    const { url, expiresAt } = answerOf(
      await this.rail.onboardingLink(link, `onboarding:${this.ids.next()}`),
    );
    return { url: this.reachable(url), expiresAt };
  }

  private async current(person: Person): Promise<string> {
    const { railAccountId } = (await this.own(person)) ?? (await this.opened(person));
    return railAccountId;
  }

  private async past({ expertId, ...person }: Person, railAccountId: string): Promise<string> {
    const isOwn = await this.unitOfWork.readAs({ expertId, ...person }, ({ db }) =>
      expertId === undefined ? Promise.resolve(false) : isPastAccount(db, expertId, railAccountId),
    );
    if (!isOwn) throw notFound('payout account');
    return railAccountId;
  }

  private async own(person: Person): Promise<PayoutAccountRecord | null> {
    const { expertId } = person;
    if (expertId === undefined) throw notFound('profile');
    return this.unitOfWork.readAs(person, ({ db }) => findAccount(db, expertId));
  }

  private async opened(person: Person): Promise<PayoutAccountRecord> {
    await this.accounts.run(person);
    const account = await this.own(person);
    if (!account) throw notFound('profile');
    return account;
  }

  /** The sandbox listens where only this server reaches it: its page is shown at the product's own address. */
  private reachable(url: string): string {
    if (this.config.get('STRIPE_SECRET_KEY') !== undefined) return url;
    const { pathname, search } = new URL(url);
    return pathname + search;
  }
}
