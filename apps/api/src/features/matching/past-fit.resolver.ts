import { Args, Query, Resolver } from '@nestjs/graphql';
import { OUTCOME_KINDS } from '@tallystick/domain';
import { PART_WORDS } from '@tallystick/matching';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { oneOf } from '../../platform/graphql/one-of';
import { PastFit, PastFitArgs, PastFitConnection } from './graphql/past-fit.model';
import { PastFitQueries, type PastFit as Found } from './past-fit.queries';
import { stepsShown } from './steps-shown';

@Resolver(() => PastFit)
export class PastFitResolver {
  constructor(private readonly queries: PastFitQueries) {}

  @Requires('audit:read')
  @Query(() => PastFitConnection, {
    description:
      'What labs were shown and what came of it, newest first, each score computed again from what was stored of it.',
  })
  async pastFits(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args() { kind, ...rest }: PastFitArgs,
  ): Promise<Connection<PastFit>> {
    const filter = { ...rest, ...(kind && { kind: oneOf(OUTCOME_KINDS, kind, 'kind') }) };
    const found = await this.queries.list(person, filter, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: shown(node) })) };
  }
}

function shown({ again, ...row }: Found): PastFit {
  return {
    ...row,
    id: `${row.openingId}.${row.expertId}.${row.kind}`,
    parts: again?.parts.map((part) => ({ ...part, name: PART_WORDS[part.name] })) ?? [],
    steps: again ? stepsShown(again.steps) : [],
  };
}
