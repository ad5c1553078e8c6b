import { Injectable } from '@nestjs/common';
import { applicationMachine, move, offerMachine, weekOf } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  findApplication,
  lockOffer,
  moveApplication,
  moveOffer,
  ruledOutBy,
  withdrawApplication,
  type OfferRecord,
} from '../../application/application.public';
import { checkGates } from '../../eligibility/eligibility.public';
import { notify } from '../../notification/notification.public';
import { takeSeat } from '../../project/project.public';
import { findEngagement, insertEngagement } from '../engagement.repository';
import { openWeek } from '../weeks';

/** An expert accepts an offer: the engagement freezes its terms, the money of the first week is held, and applications that it rules out are taken back. */
@Injectable()
export class SignEngagement {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the engagement's id. */
  async run(person: Person, offerId: string, idempotencyKey: string): Promise<string> {
    return this.unitOfWork.run(
      person,
      { name: 'accept-offer', idempotencyKey, input: offerId, rows: 'both-sides' },
      async (tx) => {
        const offer = await lockOffer(tx.db, offerId);
        if (!offer || offer.expertId !== person.expertId) throw notFound('offer');
        if (offer.expiresAt <= tx.now)
          throw new Refused(
            'OFFER_EXPIRED',
            'This offer has lapsed. Your application stays open; ask the lab for a new one.',
          );
        const { openingId, expertId, startsOn } = offer;
        await checkGates(tx.db, { openingId, expertId, startsOn, side: 'EXPERT' }, tx.now);
        await close(tx, offer);
        await takeSeat(tx, offer.openingId);
        await withdrawRuledOut(tx, offer);
        return sign(tx, offer);
      },
    );
  }
}

/** What exclusive work rules out is taken back: nobody could make an offer on it. Which work that is, is told to nobody. */
async function withdrawRuledOut(tx: Tx, offer: OfferRecord): Promise<void> {
  for (const application of await ruledOutBy(tx.db, offer))
    await withdrawApplication(
      tx,
      application,
      'The expert agreed to other work, and one of the two is exclusive.',
    );
}

async function close(tx: Tx, offer: OfferRecord): Promise<void> {
  const state = orRefuse(move(offerMachine, offer.state, 'ACCEPT'));
  const application = await findApplication(tx.db, offer.applicationId);
  if (!application) throw notFound('application');
  const isMoved =
    (await moveOffer(tx.db, offer, { state, decidedAt: tx.now })) &&
    (await moveApplication(tx.db, application, {
      state: orRefuse(move(applicationMachine, application.state, 'ENGAGE')),
      decidedAt: tx.now,
    }));
  if (!isMoved)
    throw new Refused('CHANGED_MEANWHILE', 'This offer changed in another window. Load the page again.');
  const { labId, expertId } = offer;
  tx.record({ subjectType: 'offer', subjectId: offer.id, from: offer.state, to: state, labId, expertId });
  tx.record({
    subjectType: 'application',
    subjectId: application.id,
    from: application.state,
    to: 'ENGAGED',
    labId,
    expertId,
  });
}

async function sign(tx: Tx, offer: OfferRecord): Promise<string> {
  const id = tx.newId();
  const {
    openingId,
    projectId,
    labId,
    expertId,
    currency,
    rateMinorPerHour,
    weeklyCapSeconds,
    noticeDays,
    startsOn,
    labFeePpm,
    expertFeePpm,
    rounding,
    feeParts,
    takeRatePolicyId,
    takeRateExplanation,
    id: offerId,
  } = offer;
  const terms = {
    openingId,
    projectId,
    labId,
    expertId,
    currency,
    rateMinorPerHour,
    weeklyCapSeconds,
    noticeDays,
    startsOn,
    labFeePpm,
    expertFeePpm,
    rounding,
    ...(feeParts && { feeParts }),
    takeRatePolicyId,
    takeRateExplanation,
    isBaseOverWeeks: true,
  };
  // Its gates were asked a moment ago; those of work that begins later are asked again on its first day.
  const begunAt = startsOn <= tx.now ? tx.now : null;
  await insertEngagement(tx.db, { ...terms, id, offerId, state: 'ACTIVE', begunAt, signedAt: tx.now });
  tx.record({
    subjectType: 'engagement',
    subjectId: id,
    to: 'ACTIVE',
    facts: {
      offerId,
      rateMinorPerHour,
      labFeePpm,
      expertFeePpm,
      weeklyCapSeconds,
      noticeDays,
      takeRatePolicyId,
      ...(feeParts && { feeParts }),
    },
    labId,
    expertId,
  });
  tx.enqueue({
    queue: 'matching',
    name: 'note-outcome',
    payload: { kind: 'ACCEPTED', openingId, expertId },
  });
  tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
  const engagement = await findEngagement(tx.db, id);
  if (!engagement) throw notFound('engagement');
  const first = weekOf(new Date(Math.max(offer.startsOn.getTime(), tx.now.getTime())));
  await openWeek(tx, engagement, first.startsAt);
  await notify(
    tx,
    { labId, roles: ['OWNER', 'MANAGER', 'FINANCE'] },
    {
      kind: 'SIGNED',
      title: 'Your offer was accepted',
      body: 'The terms are frozen. The money of each week is held before it begins.',
      link: `/lab/engagements/${id}`,
    },
  );
  return id;
}
