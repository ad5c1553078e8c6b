import { Injectable } from '@nestjs/common';
import type { Actor, Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  competitorsOf,
  countLabs,
  findLab,
  findLabs,
  listLabs,
  membersOf,
  ownersOf,
  type LabRecord,
  type MemberRow,
  type OwnerRow,
} from './lab.repository';

export interface LabDetail extends LabRecord {
  readonly owners: OwnerRow[];
  readonly competitors: string[];
  readonly members: MemberRow[];
}

/** What the lab's own pages and the vetting pages show. */
@Injectable()
export class LabQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A lab with owners, competitors and members: its members' own, or any for staff. */
  async detail(person: Person, labId: string): Promise<LabDetail> {
    if (!isId(labId) || (person.labId !== labId && person.staffRoles.length === 0)) throw notFound('lab');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const lab = await findLab(db, labId);
      if (!lab) throw notFound('lab');
      return {
        ...lab,
        owners: await ownersOf(db, labId),
        competitors: await competitorsOf(db, labId),
        members: await membersOf(db, labId),
      };
    });
  }

  /** Labs for staff, those that wait longest first. */
  async list(
    person: Person,
    filter: { state?: string; search?: string },
    args: PageArgs,
  ): Promise<Connection<LabRecord>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listLabs(db, filter, page.limit + 1, page.after),
        await countLabs(db, filter),
        (row) => [row.createdAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Names and the like of labs, for edges; these are public. */
  async byIds(actor: Actor, ids: readonly string[]): Promise<LabRecord[]> {
    return this.unitOfWork.readAs(actor, ({ db }) => findLabs(db, ids));
  }
}
