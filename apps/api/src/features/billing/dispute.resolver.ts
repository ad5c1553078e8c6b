import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { DisputeQueries } from './dispute.queries';
import {
  Dispute,
  DisputeConnection,
  DisputeDetail,
  LabDispute,
  WriteOffDisputeInput,
} from './graphql/dispute.model';
import { disputeDetailOf, disputeOf, labDisputeOf } from './graphql/dispute.shapes';
import { WriteOffDispute } from './use-cases/write-off-dispute';

/** Payments that somebody told their bank were not right. */
@Resolver(() => Dispute)
export class DisputeResolver {
  constructor(
    private readonly queries: DisputeQueries,
    private readonly writeOff: WriteOffDispute,
    private readonly clock: Clock,
  ) {}

  @Requires('audit:read')
  @Query(() => DisputeConnection, { description: 'Disputed payments, newest first.' })
  async disputes(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true, description: 'Only this state.' }) state?: string,
    @Args('labId', { type: () => ID, nullable: true, description: 'Only of this lab.' }) labId?: string,
  ): Promise<Connection<Dispute>> {
    const filter = { ...(state && { state }), ...(labId && { labId }) };
    const found = await this.queries.list(person, filter, page);
    const now = this.clock.now();
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({ cursor, node: disputeOf(node, now) })),
    };
  }

  @Requires('audit:read')
  @Query(() => DisputeDetail, {
    description: 'One disputed payment with all that is known of it. Refuses with NOT_FOUND.',
  })
  async dispute(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<DisputeDetail> {
    return disputeDetailOf(await this.queries.one(person, id), this.clock.now());
  }

  @Requires('billing:read')
  @Query(() => [LabDispute], { description: 'The lab’s disputed payments, newest first; at most 20.' })
  async labDisputes(@CurrentPerson() person: Person): Promise<LabDispute[]> {
    return (await this.queries.ofLab(person)).map(labDisputeOf);
  }

  @Requires('credit:edit')
  @Mutation(() => ID, {
    description:
      'Asks another person to let the platform bear what a lab does not pay of a lost dispute. Returns the request. Refuses with NOT_FOUND, OWN_MATTER, DISPUTE_NOT_OWED.',
  })
  writeOffDispute(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => WriteOffDisputeInput, description: 'Which, and why.' })
    input: WriteOffDisputeInput,
  ): Promise<string> {
    return this.writeOff.ask(person, input);
  }
}
