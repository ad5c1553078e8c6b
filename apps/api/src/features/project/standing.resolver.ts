import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { loaderOf, type GraphqlContext } from '../../platform/graphql/graphql-context';
import { Project, ProjectDetail, ProjectStanding } from './graphql/project.model';
import { ProjectQueries } from './project.queries';

type Standing = Omit<Awaited<ReturnType<ProjectQueries['standings']>>[number], 'projectId'>;

const NOTHING_YET: Standing = { openings: 0, seats: 0, seatsFilled: 0, applicationsWaiting: 0 };
const EDGE = { description: 'How far its search for people is.' };

/** How far each project of a list is, one read for the whole page. */
@Resolver(() => Project)
export class StandingResolver {
  constructor(private readonly queries: ProjectQueries) {}

  @ResolveField(() => ProjectStanding, EDGE)
  standing(@Parent() { id }: Project, @Context() context: GraphqlContext): Promise<ProjectStanding> {
    return standingOf(this.queries, id, context);
  }
}

/** The same of one project: a type does not take over the resolvers of the one that it extends. */
@Resolver(() => ProjectDetail)
export class DetailStandingResolver {
  constructor(private readonly queries: ProjectQueries) {}

  @ResolveField(() => ProjectStanding, EDGE)
  standing(@Parent() { id }: ProjectDetail, @Context() context: GraphqlContext): Promise<ProjectStanding> {
    return standingOf(this.queries, id, context);
  }
}

function standingOf(queries: ProjectQueries, id: string, context: GraphqlContext): Promise<Standing> {
  const loader = loaderOf(
    context,
    'project-standing',
    (actor) =>
      new DataLoader<string, Standing>(async (ids) => {
        const found = new Map((await queries.standings(actor, ids)).map((row) => [row.projectId, row]));
        return ids.map((each) => found.get(each) ?? NOTHING_YET);
      }),
  );
  return loader.load(id);
}
