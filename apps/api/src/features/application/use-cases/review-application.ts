import { Injectable } from '@nestjs/common';
import {
  applicationMachine,
  checkOffer,
  isDate,
  move,
  offerMachine,
  type Currency,
} from '@tallystick/domain';
import { z } from 'zod';
import { system, type Person } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { resolveTakeRateFor } from '../../billing/billing.public';
import { checkGates } from '../../eligibility/eligibility.public';
import { findExpert } from '../../expert/expert.public';
import { notify } from '../../notification/notification.public';
import { lockOpening } from '../../project/project.public';
import {
  findApplication,
  insertInvitation,
  insertOffer,
  listLapsed,
  lockOffer,
  moveApplication,
  moveOffer,
  type ApplicationRecord,
  type OfferRecord,
} from '../application.repository';
import { DeclineReason, saidReason } from '../reasons';

const Offer = z.object({
  applicationId: z.uuid(),
  rateMinorPerHour: z.string().regex(/^\d{1,12}$/, 'write an amount'),
  weeklyCapHours: z.number(),
  noticeDays: z.number(),
  startsOn: z.string().refine(isDate, 'choose a day'),
  idempotencyKey: z.string(),
});
const Decline = z.object({
  applicationId: z.uuid(),
  reason: z.string().trim().min(10, 'give the reason in a sentence: the expert reads it').max(2000),
});
const Invite = z.object({
  openingId: z.uuid(),
  expertId: z.uuid(),
  message: z.string().trim().max(2000),
  idempotencyKey: z.string(),
});
const DAY_MS = 86_400_000;

/** What a lab does with experts who may fill its seats: invite, offer, decline, withdraw. */
@Injectable()
export class ReviewApplication {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** Asks an expert to apply. */
  async invite(person: Person, input: z.input<typeof Invite>): Promise<void> {
    const { openingId, expertId, message, idempotencyKey } = parseInput(Invite, input);
    await this.unitOfWork.run(person, { name: 'invite-expert', idempotencyKey, input }, async (tx) => {
      const opening = await lockOpening(tx.db, openingId);
      const expert = await findExpert(tx.db, expertId);
      if (!opening || opening.labId !== person.labId || !expert?.isVisibleToLabs) throw notFound('expert');
      if (opening.state !== 'OPEN') throw new Refused('OPENING_CLOSED', 'This opening is closed.');
      const id = tx.newId();
      await insertInvitation(tx.db, {
        id,
        openingId,
        labId: opening.labId,
        expertId,
        message,
        state: 'SENT',
        invitedById: person.accountId,
        createdAt: tx.now,
      });
      tx.record({
        subjectType: 'invitation',
        subjectId: id,
        to: 'SENT',
        facts: { openingId },
        words: { message },
        labId: opening.labId,
        expertId,
      });
      noteOutcome(tx, 'INVITED', { openingId, expertId });
      await notify(
        tx,
        { expertId },
        {
          kind: 'INVITED',
          title: `You are invited: ${opening.title}`,
          body: message || 'A lab asks you to apply.',
          link: `/expert/openings/${openingId}`,
        },
      );
    });
  }

  /** Proposes terms; the take rate is resolved and frozen now. Returns the offer's id. */
  async offer(person: Person, input: z.input<typeof Offer>): Promise<string> {
    const given = parseInput(Offer, input);
    return this.unitOfWork.run(
      person,
      { name: 'send-offer', idempotencyKey: given.idempotencyKey, input },
      async (tx) => {
        const application = await mine(tx, person, given.applicationId);
        const opening = await lockOpening(tx.db, application.openingId);
        if (!opening) throw notFound('opening');
        const terms = {
          currency: opening.currency as Currency,
          rateMinorPerHour: BigInt(given.rateMinorPerHour),
          weeklyCapHours: given.weeklyCapHours,
          noticeDays: given.noticeDays,
          startsOn: new Date(`${given.startsOn}T00:00:00Z`),
        };
        const { rateMinMinor, rateMaxMinor, currency } = opening;
        orRefuse(
          checkOffer(
            terms,
            {
              currency: currency as Currency,
              rateMinMinor,
              rateMaxMinor,
              seatsLeft: opening.seats - opening.seatsFilled,
              isOpen: opening.state === 'OPEN',
            },
            tx.now,
          ),
        );
        const { labId, expertId } = application;
        const asked = { openingId: opening.id, expertId, startsOn: terms.startsOn, side: 'LAB' } as const;
        await checkGates(tx.db, asked, tx.now);
        const takeRate = await resolveTakeRateFor(tx, {
          labId,
          projectId: opening.projectId,
          expertId,
          currency,
        });
        const { feeParts } = takeRate.terms;
        const id = tx.newId();
        const { rateMinorPerHour, noticeDays, startsOn } = terms;
        await insertOffer(tx.db, {
          id,
          applicationId: application.id,
          openingId: opening.id,
          projectId: opening.projectId,
          labId,
          expertId,
          currency,
          rateMinorPerHour,
          noticeDays,
          startsOn,
          weeklyCapSeconds: terms.weeklyCapHours * 3600,
          ...takeRate.terms,
          takeRatePolicyId: takeRate.policyId,
          takeRateExplanation: takeRate.frozenExplanation,
          state: 'SENT',
          sentById: person.accountId,
          sentAt: tx.now,
          expiresAt: new Date(tx.now.getTime() + this.config.get('OFFER_DAYS') * DAY_MS),
        });
        await changed(tx, application, {
          state: orRefuse(move(applicationMachine, application.state, 'OFFER')),
        });
        tx.record({
          subjectType: 'offer',
          subjectId: id,
          to: 'SENT',
          facts: {
            rateMinorPerHour,
            currency,
            weeklyCapHours: terms.weeklyCapHours,
            takeRatePolicyId: takeRate.policyId,
            ...(feeParts && { feeParts }),
          },
          labId,
          expertId,
        });
        await notify(
          tx,
          { expertId },
          {
            kind: 'OFFER_SENT',
            title: `You have an offer: ${opening.title}`,
            body: 'Read the terms, with every number, and accept or decline.',
            link: `/expert/offers/${id}`,
          },
        );
        return id;
      },
    );
  }

  /** Declines an application, with a reason that the expert reads. */
  async decline(person: Person, input: z.input<typeof Decline>): Promise<void> {
    const { applicationId, reason } = parseInput(Decline, input);
    await this.unitOfWork.run(person, { name: 'decline-application' }, async (tx) => {
      const application = await mine(tx, person, applicationId);
      await changed(tx, application, {
        state: orRefuse(move(applicationMachine, application.state, 'DECLINE')),
        decidedAt: tx.now,
        declineReason: reason,
      });
      noteOutcome(tx, 'PASSED_OVER', application);
      await notify(
        tx,
        { expertId: application.expertId },
        {
          kind: 'DECLINED',
          title: 'Your application was not taken',
          body: `The lab's reason: ${reason}`,
          link: '/expert/applications',
        },
      );
    });
  }

  /** Takes an offer back before it is answered. */
  async withdrawOffer(person: Person, offerId: string): Promise<void> {
    await this.unitOfWork.run(person, { name: 'withdraw-offer' }, async (tx) => {
      const offer = await lockOffer(tx.db, offerId);
      if (!offer || offer.labId !== person.labId) throw notFound('offer');
      await endOffer(tx, offer, 'WITHDRAW');
      await notify(
        tx,
        { expertId: offer.expertId },
        {
          kind: 'OFFER_WITHDRAWN',
          title: 'An offer was withdrawn',
          body: 'Your application stays open; the lab may send another offer.',
          link: '/expert/applications',
        },
      );
    });
  }

  /** The expert declines an offer, with a reason where they give one; the application stays open. */
  async declineOffer(person: Person, offerId: string, given?: string): Promise<void> {
    const reason = parseInput(DeclineReason, given ?? '');
    await this.unitOfWork.run(person, { name: 'decline-offer' }, async (tx) => {
      const offer = await lockOffer(tx.db, offerId);
      if (!offer || offer.expertId !== person.expertId) throw notFound('offer');
      await endOffer(tx, offer, 'DECLINE', reason);
      await notify(
        tx,
        { labId: offer.labId, roles: ['OWNER', 'MANAGER'] },
        {
          kind: 'OFFER_DECLINED',
          title: 'An offer was declined',
          body: `${saidReason(reason)}The application stays open; you may send other terms.`,
          link: `/lab/openings/${offer.openingId}`,
        },
      );
    });
  }

  /** Ends offers that nobody answered in time. */
  async expireOffers(): Promise<void> {
    await this.unitOfWork.run(system('expiry'), { name: 'expire-offers' }, async (tx) => {
      for (const { id } of await listLapsed(tx.db, tx.now, 100)) {
        const offer = await lockOffer(tx.db, id);
        if (offer?.state !== 'SENT') continue;
        await endOffer(tx, offer, 'EXPIRE');
        const link = { expert: '/expert/applications', lab: `/lab/openings/${offer.openingId}` };
        await notify(
          tx,
          { expertId: offer.expertId },
          {
            kind: 'OFFER_EXPIRED',
            title: 'An offer has lapsed',
            body: 'It was not answered in time. Your application stays open.',
            link: link.expert,
          },
        );
        await notify(
          tx,
          { labId: offer.labId, roles: ['OWNER', 'MANAGER'] },
          {
            kind: 'OFFER_EXPIRED',
            title: 'An offer has lapsed',
            body: 'The expert did not answer in time.',
            link: link.lab,
          },
        );
      }
    });
  }
}

/** Matching learns from what a lab does. */
function noteOutcome(
  tx: Tx,
  kind: 'INVITED' | 'PASSED_OVER',
  { openingId, expertId }: Pick<ApplicationRecord, 'openingId' | 'expertId'>,
): void {
  tx.enqueue({ queue: 'matching', name: 'note-outcome', payload: { kind, openingId, expertId } });
}

async function mine(tx: Tx, person: Person, applicationId: string): Promise<ApplicationRecord> {
  const application = await findApplication(tx.db, applicationId);
  if (!application || application.labId !== person.labId) throw notFound('application');
  return application;
}

async function changed(
  tx: Tx,
  application: ApplicationRecord,
  changes: { state: string; decidedAt?: Date; declineReason?: string },
): Promise<void> {
  if (!(await moveApplication(tx.db, application, changes)))
    throw new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
  const { id, labId, expertId } = application;
  tx.record({
    subjectType: 'application',
    subjectId: id,
    from: application.state,
    to: changes.state,
    words: changes.declineReason ? { reason: changes.declineReason } : undefined,
    labId,
    expertId,
  });
}

async function endOffer(
  tx: Tx,
  offer: OfferRecord,
  event: 'WITHDRAW' | 'DECLINE' | 'EXPIRE',
  reason = '',
): Promise<void> {
  const state = orRefuse(move(offerMachine, offer.state, event));
  if (!(await moveOffer(tx.db, offer, { state, decidedAt: tx.now })))
    throw new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
  tx.record({
    subjectType: 'offer',
    subjectId: offer.id,
    from: offer.state,
    to: state,
    words: reason === '' ? undefined : { reason },
    labId: offer.labId,
    expertId: offer.expertId,
  });
  const application = await findApplication(tx.db, offer.applicationId);
  if (application?.state === 'OFFERED')
    await changed(tx, application, {
      state: orRefuse(move(applicationMachine, application.state, 'OFFER_ENDED')),
    });
}
