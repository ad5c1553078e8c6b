import { Inject, Injectable } from '@nestjs/common';
import { system, type Person } from '../../../platform/access/actor';
import { notFound, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findExpert } from '../../expert/expert.public';
import { notify } from '../../notification/notification.public';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { findAccount, findAccountByRail, putAccount } from '../payout.repository';

/** Opens the recipient account of an expert at the rail, and follows its state. */
@Injectable()
export class SetUpAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /** Asks the rail, with a key of the expert's own, outside any transaction; keeps the answer. */
  async run(person: Person): Promise<void> {
    const expertId = person.expertId ?? '';
    const expert = await this.unitOfWork.readAs(person, ({ db }) => findExpert(db, expertId));
    if (!expert) throw notFound('profile');
    const { country, rateCurrency: currency, displayName: name } = expert;
    const outcome = await this.rail.createRecipient(
      { expertId, email: person.email, name, country, currency },
      `recipient:${expertId}`,
    );
    if (outcome.kind === 'refused')
      throw new Refused('RAIL_REFUSED', `The bank's side refused: ${outcome.message}`);
    if (outcome.kind === 'unknown')
      throw new Refused(
        'RAIL_AWAY',
        'The bank does not answer at the moment. Nothing was lost; try again in a minute.',
      );
    const { id, isActive } = outcome.value;
    await this.unitOfWork.run(person, { name: 'set-up-payout-account' }, async (tx) => {
      const state = isActive ? 'ACTIVE' : 'ONBOARDING';
      if ((await findAccount(tx.db, expertId))?.state === 'ACTIVE') return;
      await putAccount(tx.db, { expertId, railAccountId: id, state, country, currency }, tx.now);
      tx.record({
        subjectType: 'payout-account',
        subjectId: expertId,
        to: state,
        facts: { railAccountId: id },
        expertId,
      });
      tx.enqueue({ queue: 'rail', name: 'follow-recipient', payload: { objectId: id, accountId: null } });
    });
  }

  /** Looks at a recipient again, after an event. */
  async follow(railAccountId: string): Promise<void> {
    const outcome = await this.rail.retrieveRecipient(railAccountId);
    if (outcome.kind !== 'done') throw new Error('the recipient could not be read');
    await this.unitOfWork.run(system('rail'), { name: 'follow-recipient' }, async (tx) => {
      const account = await findAccountByRail(tx.db, railAccountId);
      const state = outcome.value.isActive ? 'ACTIVE' : 'ONBOARDING';
      if (!account || account.state === state) return;
      await putAccount(tx.db, { ...account, state }, tx.now);
      tx.record({
        subjectType: 'payout-account',
        subjectId: account.expertId,
        from: account.state,
        to: state,
        expertId: account.expertId,
      });
      if (state === 'ACTIVE')
        await notify(
          tx,
          { expertId: account.expertId },
          {
            kind: 'PAYOUT_ACCOUNT',
            title: 'You can be paid',
            body: 'Your payout account is active. Earnings are paid with the next daily run.',
            link: '/expert/earnings',
          },
        );
    });
  }
}
