import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { findProject } from '../project/project.public';
import {
  findSeatProposal,
  newestSeatProposal,
  seatOffersOf,
  type SeatOfferRecord,
  type SeatProposalRecord,
} from './seats.repository';

/** A proposal with what came of its seats. */
export type SeatProposalWithOffers = SeatProposalRecord & { readonly offers: readonly SeatOfferRecord[] };

/** What the page of seats shows. */
@Injectable()
export class SeatsQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The newest proposal for a project of the lab, or for one opening of it; null where none was asked for. */
  async newest(
    person: Person,
    projectId: string,
    openingId: string | null,
  ): Promise<SeatProposalWithOffers | null> {
    if (!isId(projectId)) throw notFound('project');
    if (openingId !== null && !isId(openingId)) throw notFound('opening');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const project = await findProject(db, projectId);
      if (!project || project.labId !== person.labId) throw notFound('project');
      const proposal = await newestSeatProposal(db, projectId, openingId);
      return proposal && { ...proposal, offers: await seatOffersOf(db, proposal.id) };
    });
  }

  /** One proposal of the lab. Refuses with NOT_FOUND. */
  async one(person: Person, id: string): Promise<SeatProposalWithOffers> {
    const found = isId(id)
      ? await this.unitOfWork.readAs(person, async ({ db }) => {
          const proposal = await findSeatProposal(db, id);
          return proposal && { ...proposal, offers: await seatOffersOf(db, id) };
        })
      : null;
    if (!found || found.labId !== person.labId) throw notFound('proposal');
    return found;
  }
}
