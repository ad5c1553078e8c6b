import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Person } from '../../platform/access/actor';
import { notFound, parseInput } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { resolveTakeRateFor, type ResolvedTakeRate } from '../billing/billing.public';
import { stoppedOffers } from '../eligibility/eligibility.public';
import { openingsWith } from '../project/project.public';
import {
  findApplication,
  findOffer,
  listApplications,
  listInvitations,
  listOffers,
  type ApplicationRecord,
  type InvitationRecord,
  type OfferRecord,
} from './application.repository';
import { ruledOutBy } from './withdrawal';

export type ApplicationWithOffers = ApplicationRecord & {
  readonly offers: OfferRecord[];
  /** Why no offer can be made now, as the lab reads it; absent where one can, or nobody asks. */
  readonly whyNoOffer?: string;
};

/** So many applications that work rules out are named beforehand. */
const MOST_TOLD = 200;
const Terms = z.object({
  applicationId: z.uuid(),
  rateMinorPerHour: z.string().regex(/^\d{1,12}$/, 'write an amount'),
  weeklyCapHours: z.number().int().min(1, 'write 1 to 60 hours').max(60, 'write 1 to 60 hours'),
});

/** Terms that an offer could have, with the take rate that is in force for them. */
export interface PricedTerms {
  readonly rateMinorPerHour: bigint;
  readonly weeklyCapHours: number;
  /** For how many weeks the opening is planned. */
  readonly weeks: number;
  readonly currency: string;
  readonly takeRate: ResolvedTakeRate;
}

/** What pipeline, application and offer pages show. */
@Injectable()
export class ApplicationQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Everybody who applied to one of the lab's openings, newest first; of who waits for an answer, why no offer can be made. */
  async pipeline(person: Person, openingId: string): Promise<ApplicationWithOffers[]> {
    const applications = await this.found(person, await this.ofOwnLab(person, openingId));
    const waiting = applications.filter(({ state }) => state === 'APPLIED').map(({ expertId }) => expertId);
    const stopped = await this.unitOfWork.readAs(person, ({ db, now }) =>
      stoppedOffers(db, openingId, waiting, now),
    );
    return applications.map((each) => ({ ...each, whyNoOffer: stopped.get(each.expertId)?.forLab }));
  }

  /** An expert's own applications, newest first. */
  async mine(person: Person): Promise<ApplicationWithOffers[]> {
    return this.found(person, { expertId: person.expertId ?? '' });
  }

  /** Everybody whom the lab asked to apply to one of its openings, newest first. */
  async invited(person: Person, openingId: string): Promise<InvitationRecord[]> {
    const wanted = await this.ofOwnLab(person, openingId);
    return this.unitOfWork.readAs(person, ({ db }) => listInvitations(db, wanted));
  }

  /** Terms for an applicant with the take rate that an offer sent now would freeze. */
  async priced(person: Person, input: z.input<typeof Terms>): Promise<PricedTerms> {
    const { applicationId, rateMinorPerHour, weeklyCapHours } = parseInput(Terms, input);
    return this.unitOfWork.readAs(person, async (read) => {
      const application = await findApplication(read.db, applicationId);
      if (!application || application.labId !== person.labId) throw notFound('application');
      const { labId, expertId, openingId } = application;
      const [opening] = await openingsWith(read.db, { ids: [openingId] });
      if (!opening) throw notFound('opening');
      const { projectId, currency, weeks } = opening;
      const takeRate = await resolveTakeRateFor(read, { labId, projectId, expertId, currency });
      return { rateMinorPerHour: BigInt(rateMinorPerHour), weeklyCapHours, weeks, currency, takeRate };
    });
  }

  /** An expert's invitations, newest first. */
  async invitations(person: Person): Promise<InvitationRecord[]> {
    return this.unitOfWork.readAs(person, ({ db }) =>
      listInvitations(db, { expertId: person.expertId ?? '' }),
    );
  }

  /** One offer, for both of its sides. */
  async offer(person: Person, id: string): Promise<OfferRecord> {
    const offer = isId(id) ? await this.unitOfWork.readAs(person, ({ db }) => findOffer(db, id)) : null;
    const isOfOneSide =
      offer && (offer.expertId === person.expertId || (offer.labId === person.labId && reviews(person)));
    if (!isOfOneSide) throw notFound('offer');
    return offer;
  }

  /** The expert's open applications that an offer's acceptance takes back, since one of the two is exclusive. */
  async ruledOut(person: Person, offerId: string): Promise<ApplicationWithOffers[]> {
    const offer = await this.offer(person, offerId);
    if (offer.expertId !== person.expertId) throw notFound('offer');
    const out = await this.unitOfWork.readAs(person, async ({ db }) =>
      (await ruledOutBy(db, offer)).slice(0, MOST_TOLD),
    );
    const ids = new Set(out.map(({ id }) => id));
    return (await this.mine(person)).filter(({ id }) => ids.has(id));
  }

  /** An opening of the person's own lab. Refuses with NOT_FOUND. */
  private async ofOwnLab(person: Person, openingId: string): Promise<{ openingId: string; labId: string }> {
    const [opening] = isId(openingId)
      ? await this.unitOfWork.readAs(person, ({ db }) => openingsWith(db, { ids: [openingId] }))
      : [];
    if (!opening || opening.labId !== person.labId) throw notFound('opening');
    return { openingId, labId: opening.labId };
  }

  private async found(
    person: Person,
    where: { openingId?: string; expertId?: string; labId?: string },
  ): Promise<ApplicationWithOffers[]> {
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const applications = await listApplications(db, where);
      const offers = await listOffers(db, { applicationIds: applications.map(({ id }) => id) });
      return applications.map((application) => ({
        ...application,
        offers: offers.filter(({ applicationId }) => applicationId === application.id),
      }));
    });
  }
}

/** The lab's money people do not read what is offered to whom, not even where they are experts elsewhere. */
function reviews({ labRole }: Person): boolean {
  return labRole === 'OWNER' || labRole === 'MANAGER' || labRole === 'REVIEWER';
}
