import { Injectable } from '@nestjs/common';
import { system, type Actor, type Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { oneOf } from '../../platform/graphql/one-of';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { tokenHash } from '../account/account.public';
import { linkUsed } from './lab.errors';
import {
  competitorsOf,
  countLabs,
  findInvitation,
  findLab,
  findLabs,
  invitationsOf,
  listLabs,
  membersOf,
  ownersOf,
  type LabRecord,
  type MemberRow,
  type OpenInvitation,
  type OwnerRow,
} from './lab.repository';

export interface LabDetail extends LabRecord {
  readonly owners: OwnerRow[];
  readonly competitors: string[];
  readonly members: MemberRow[];
  readonly invitations: Omit<OpenInvitation, 'labName'>[];
}

const STATES = ['PENDING_VETTING', 'VETTED', 'REFUSED', 'SUSPENDED'];

/** What the lab's own pages and the vetting pages show. */
@Injectable()
export class LabQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A lab with owners, competitors and members: its members' own, or any for staff. */
  async detail(person: Person, labId: string): Promise<LabDetail> {
    if (!isId(labId) || (person.labId !== labId && person.staffRoles.length === 0)) throw notFound('lab');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const lab = await findLab(db, labId);
      if (!lab) throw notFound('lab');
      return {
        ...lab,
        owners: await ownersOf(db, labId),
        competitors: (await competitorsOf(db, [labId])).get(labId) ?? [],
        members: await membersOf(db, labId),
        invitations: await invitationsOf(db, labId, now),
      };
    });
  }

  /** A vetted lab as everybody who works here may see it. */
  async card(person: Person, labId: string): Promise<LabRecord> {
    const lab = isId(labId) ? await this.unitOfWork.readAs(person, ({ db }) => findLab(db, labId)) : null;
    const isShown =
      lab?.state === 'VETTED' || (lab && person.labId === lab.id) || person.staffRoles.length > 0;
    if (!lab || !isShown) throw notFound('lab');
    return lab;
  }

  /** What an invitation is for, to whoever holds its link. */
  async invitation(token: string): Promise<OpenInvitation> {
    const found = await this.unitOfWork.readAs(system('invitations'), ({ db, now }) =>
      findInvitation(db, tokenHash(token), now),
    );
    if (!found) throw linkUsed();
    return found;
  }

  /** Labs for staff, those that wait longest first. */
  async list(
    person: Person,
    filter: { state?: string; search?: string },
    args: PageArgs,
  ): Promise<Connection<LabRecord>> {
    const page = pageOf(args);
    if (filter.state) oneOf(STATES, filter.state, 'state');
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
