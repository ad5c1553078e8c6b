import { Injectable } from '@nestjs/common';
import { ANONYMOUS, type Actor, type Person } from '../../platform/access/actor';
import { notFound, Refused } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import type { Read } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { resolveTakeRatesFor, type ResolvedTakeRate } from '../billing/billing.public';
import { listed, openingsListed, type ListedOpening } from './opening-list.repository';
import {
  countProjects,
  countPublicOpenings,
  findProject,
  listProjects,
  openingsWith,
  publicPage,
  type ListCut,
  type OpeningFilter,
  type OpeningWithRequirements,
  type ProjectFilter,
  type ProjectRecord,
} from './project.repository';
import { unmatchedSkills, type UnmatchedSkill } from './unmatched-skills';
import { standingsOf, type Standing } from './standing.repository';

export interface ShownOpening extends OpeningWithRequirements {
  readonly takeRate: ResolvedTakeRate;
}

export interface PublicOpening extends ListedOpening {
  readonly labName: string;
  readonly takeRate: ResolvedTakeRate;
}

/** What project and opening pages show. */
@Injectable()
export class ProjectQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A project with its layers and what they cost: its lab's own. */
  async detail(person: Person, id: string): Promise<ProjectRecord & { openings: ShownOpening[] }> {
    if (!isId(id)) throw notFound('project');
    return this.unitOfWork.readAs(person, async (read) => {
      const project = await findProject(read.db, id);
      if (!project || (project.labId !== person.labId && person.staffRoles.length === 0))
        throw notFound('project');
      const openings = await openingsWith(read.db, { projectIds: [id] });
      return { ...project, openings: await withTakeRates(read, openings) };
    });
  }

  /** Required skills of a draft that few or nobody will match; nothing once it is published. */
  async unmatchedSkills(
    actor: Actor,
    { state, openings }: { state: string; openings: readonly Pick<OpeningWithRequirements, 'skills'>[] },
  ): Promise<UnmatchedSkill[]> {
    if (state !== 'DRAFT' || openings.length === 0) return [];
    return this.unitOfWork.readAs(actor, ({ db }) => unmatchedSkills(db, openings));
  }

  /** A lab's projects, newest first. */
  async list(
    person: Person,
    filter: Omit<ProjectFilter, 'labId'>,
    args: PageArgs,
  ): Promise<Connection<ProjectRecord>> {
    const page = pageOf(args);
    const wanted = { ...filter, labId: person.labId ?? '' };
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listProjects(db, wanted, page.limit + 1, page.after),
        await countProjects(db, wanted),
        (row) => [row.createdAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** How far projects are, by their ids; row-level security says which the actor sees. */
  async standings(actor: Actor, ids: readonly string[]): Promise<(Standing & { projectId: string })[]> {
    return this.unitOfWork.readAs(actor, ({ db }) => standingsOf(db, ids));
  }

  /** One published opening, as anybody may see it. */
  async opening(actor: Actor, id: string): Promise<PublicOpening> {
    const [found] = isId(id) ? await this.openings(actor, [id]) : [];
    if (!found) throw notFound('opening');
    return found;
  }

  /**
   * Open openings, newest first, as anybody may see them; after a cursor, or just before one.
   * Refuses a cursor that is not ours with INVALID_INPUT.
   */
  async publicOpenings(
    filter: OpeningFilter,
    args: PageArgs & { before?: string },
  ): Promise<Connection<PublicOpening>> {
    const isBackwards = args.before !== undefined && args.before !== null;
    const page = pageOf(isBackwards ? { first: args.first, after: args.before } : args);
    const cut = cutOf(page.after, isBackwards ? 'NEWER' : 'OLDER');
    const { rows, total } = await this.unitOfWork.readAs(ANONYMOUS, async (read) => ({
      rows: await priced(read, await listed(read.db, publicPage(filter, page.limit + 1, cut))),
      total: await countPublicOpenings(read.db, filter),
    }));
    const isMore = rows.length > page.limit;
    const found = connect(
      page,
      isBackwards && isMore ? rows.slice(1) : rows,
      total,
      (row) => [row.publishedAt?.toISOString() ?? '', row.id],
      (row) => row,
    );
    if (!isBackwards) return found;
    return { ...found, pageInfo: { ...found.pageInfo, hasNextPage: true, hasPreviousPage: isMore } };
  }

  /** Openings by their ids, for edges; row-level security says which the actor sees. */
  async openings(actor: Actor, ids: readonly string[]): Promise<PublicOpening[]> {
    return this.unitOfWork.readAs(actor, async (read) => priced(read, await openingsListed(read.db, ids)));
  }
}

/** Openings with the take rate in force for each. */
async function priced(read: Read, openings: readonly ListedOpening[]): Promise<PublicOpening[]> {
  const found = await withTakeRates(read, openings);
  return found.map((opening) => ({ ...opening, labName: opening.lab.name }));
}

/** Openings with the take rate in force for each, by one statement. */
async function withTakeRates<T extends { labId: string; projectId: string; currency: string }>(
  read: Read,
  openings: readonly T[],
): Promise<(T & { takeRate: ResolvedTakeRate })[]> {
  const about = openings.map(({ labId, projectId, currency }) => ({ labId, projectId, currency }));
  const takeRates = await resolveTakeRatesFor(read, about);
  return openings.map((opening, index) => {
    const takeRate = takeRates[index];
    if (!takeRate) throw new Error('no take rate was resolved for an opening');
    return { ...opening, takeRate };
  });
}

/** The place in the list that a cursor names. */
function cutOf(key: readonly string[] | undefined, side: ListCut['side']): ListCut | undefined {
  if (key === undefined) return undefined;
  const [at = '', id = ''] = key;
  const publishedAt = new Date(at);
  if (Number.isNaN(publishedAt.getTime()) || !isId(id))
    throw new Refused('INVALID_INPUT', 'after: this cursor is not one of ours. Start from the first page.', {
      field: 'after',
    });
  return { side, publishedAt, id };
}
