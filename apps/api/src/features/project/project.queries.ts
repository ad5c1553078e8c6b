import { Injectable } from '@nestjs/common';
import { ANONYMOUS, type Actor, type Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { resolveTakeRateFor, type ResolvedTakeRate } from '../billing/billing.public';
import { findLab } from '../lab/lab.public';
import {
  countProjects,
  countPublicOpenings,
  findProject,
  findProjects,
  listProjects,
  listPublicOpenings,
  openingsWith,
  type OpeningFilter,
  type OpeningWithRequirements,
  type ProjectFilter,
  type ProjectRecord,
} from './project.repository';

export interface ShownOpening extends OpeningWithRequirements {
  readonly takeRate: ResolvedTakeRate;
}

export interface PublicOpening extends ShownOpening {
  readonly project: ProjectRecord;
  readonly labName: string;
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
      const takeRate = await resolveTakeRateFor(read, { labId: project.labId, projectId: id });
      const openings = await openingsWith(read.db, { projectIds: [id] });
      return { ...project, openings: openings.map((opening) => ({ ...opening, takeRate })) };
    });
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

  /** One published opening, as anybody may see it. */
  async opening(actor: Actor, id: string): Promise<PublicOpening> {
    const [found] = isId(id) ? await this.openings(actor, [id]) : [];
    if (!found) throw notFound('opening');
    return found;
  }

  /** Open openings, newest first, as anybody may see them. */
  async publicOpenings(filter: OpeningFilter, args: PageArgs): Promise<Connection<PublicOpening>> {
    const page = pageOf(args);
    const { rows, total } = await this.unitOfWork.readAs(ANONYMOUS, async ({ db }) => ({
      rows: await listPublicOpenings(db, filter, page.limit + 1, page.after),
      total: await countPublicOpenings(db),
    }));
    const shown = new Map(
      (
        await this.openings(
          ANONYMOUS,
          rows.map(({ id }) => id),
        )
      ).map((opening) => [opening.id, opening]),
    );
    const found = rows.flatMap(({ id }) => shown.get(id) ?? []);
    return connect(
      page,
      found,
      total,
      (row) => [row.publishedAt?.toISOString() ?? '', row.id],
      (row) => row,
    );
  }

  /** Openings by their ids, for edges; row-level security says which the actor sees. */
  async openings(actor: Actor, ids: readonly string[]): Promise<PublicOpening[]> {
    return this.unitOfWork.readAs(actor, async (read) => {
      const openings = await openingsWith(read.db, { ids });
      const projects = new Map(
        (await findProjects(read.db, [...new Set(openings.map(({ projectId }) => projectId))])).map(
          (project) => [project.id, project],
        ),
      );
      const shown: PublicOpening[] = [];
      for (const opening of openings) {
        const project = projects.get(opening.projectId);
        const lab = await findLab(read.db, opening.labId);
        if (!project || !lab) continue;
        const takeRate = await resolveTakeRateFor(read, { labId: lab.id, projectId: project.id });
        shown.push({ ...opening, project, labName: lab.name, takeRate });
      }
      return shown;
    });
  }
}
