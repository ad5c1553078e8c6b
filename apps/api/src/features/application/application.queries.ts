import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { openingsWith } from '../project/project.public';
import {
  findOffer,
  listApplications,
  listInvitations,
  listOffers,
  type ApplicationRecord,
  type OfferRecord,
} from './application.repository';

export type ApplicationWithOffers = ApplicationRecord & { readonly offers: OfferRecord[] };

/** What pipeline, application and offer pages show. */
@Injectable()
export class ApplicationQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Everybody who applied to one of the lab's openings, newest first. */
  async pipeline(person: Person, openingId: string): Promise<ApplicationWithOffers[]> {
    const [opening] = isId(openingId)
      ? await this.unitOfWork.readAs(person, ({ db }) => openingsWith(db, { ids: [openingId] }))
      : [];
    if (!opening || opening.labId !== person.labId) throw notFound('opening');
    return this.found(person, { openingId, labId: opening.labId });
  }

  /** An expert's own applications, newest first. */
  async mine(person: Person): Promise<ApplicationWithOffers[]> {
    return this.found(person, { expertId: person.expertId ?? '' });
  }

  /** An expert's open invitations. */
  async invitations(
    person: Person,
  ): Promise<{ id: string; openingId: string; message: string; state: string; createdAt: Date }[]> {
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
