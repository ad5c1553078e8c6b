import { Inject, Injectable } from '@nestjs/common';
import { CHOOSE_COUNTRY, countryName, dayWords, isCountry, isCurrency } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findExpert, moveExpert } from '../../expert/expert.public';
import { notify } from '../../notification/notification.public';
import { PAYMENT_RAIL, type PaymentRail } from '../../rail/rail.public';
import { askGatesSoon } from '../ask-gates-soon';
import { sanctionedPlaces } from '../gate-facts.repository';
import { openRecipient } from '../open-recipient';
import { findAccount, lockAccounts, replaceAccount } from '../payout-account.repository';

const Input = z.object({
  country: z.string().refine(isCountry, CHOOSE_COUNTRY),
  currency: z.string().refine(isCurrency, 'choose a currency from the list'),
});

/**
 * An expert has moved to another country. No rail changes the country of a recipient: a new account is opened, and the
 * old one stays as history. The books are not touched, so that the balance is what it was.
 */
@Injectable()
export class MoveAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
    @Inject(PAYMENT_RAIL) private readonly rail: PaymentRail,
  ) {}

  /**
   * What the rail was asked to send before goes to the old account and is followed there; nothing that it is asked for
   * afterwards does. Refuses with NO_PAYOUT_ACCOUNT, SAME_COUNTRY, COUNTRY_SANCTIONED, RAIL_REFUSED, RAIL_AWAY; then nothing has changed.
   */
  async run(person: Person, input: z.input<typeof Input>): Promise<void> {
    const { country, currency } = parseInput(Input, input);
    const expertId = person.expertId ?? '';
    const { expert, account, places } = await this.unitOfWork.readAs(person, async ({ db, now }) => ({
      expert: expertId === '' ? null : await findExpert(db, expertId),
      account: expertId === '' ? null : await findAccount(db, expertId),
      places: await sanctionedPlaces(db, now),
    }));
    if (!expert) throw notFound('profile');
    if (!account)
      throw new Refused(
        'NO_PAYOUT_ACCOUNT',
        'Set up where you are paid first; there is nothing to move yet.',
      );
    if (account.country === country)
      throw new Refused('SAME_COUNTRY', 'Your payouts go to this country already. Choose the new one.', {
        field: 'country',
      });
    const place = places.get(country);
    if (place) throw sanctioned(place.name, account.country);
    const asked = { expertId, email: person.email, name: expert.displayName, country, currency };
    // One new account for each that is left, however many clicks overlap.
    const key = `recipient:${expertId}:after:${account.railAccountId}:${country}:${currency}`;
    const { id: railAccountId } = await openRecipient(this.rail, asked, key);
    await this.unitOfWork.run(person, { name: 'move-payout-account' }, async (tx) => {
      await lockAccounts(tx.db, [expertId], 'MOVE');
      const old = await findAccount(tx.db, expertId);
      // Another click was faster.
      if (old?.railAccountId !== account.railAccountId) return;
      await replaceAccount(tx.db, old, { railAccountId, country, currency }, tx.now);
      const subject = { subjectType: 'payout-account', subjectId: expertId, expertId };
      const facts = { railAccountId, country, currency, left: old.railAccountId, leftCountry: old.country };
      tx.record({ ...subject, from: old.state, to: 'MOVED', facts });
      if (expert.country !== country) await moveExpert(tx, expertId, country);
      askGatesSoon(tx, expertId);
      await notify(tx, { expertId }, this.notice(tx.now));
    });
  }

  private notice(now: Date) {
    const hours = this.config.get('BANK_COOL_DOWN_HOURS');
    return {
      kind: 'BANK_CHANGED',
      title: 'Your payouts move to another country',
      body: `Asked for on ${dayWords(now)}. Your balance is kept. The new account is paid ${hours} hours after it is ready; what was already on its way arrives at the old one. If you did not ask for this, change your password and write to us now.`,
      link: '/expert/bank-details',
    };
  }
}

/** The gates would hold every payout there: the account that works is not given up for one that cannot be paid. */
function sanctioned(place: string, kept: string): Refused {
  const words = `${place} is on a list of places to which payments need a person's decision, so your payouts cannot be moved there. Nothing was changed: your account (${countryName(kept)}) and your balance are kept.`;
  return new Refused('COUNTRY_SANCTIONED', words, { field: 'country' });
}
