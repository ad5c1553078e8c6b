import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf } from '../../platform/graphql/money.model';
import {
  ReconciliationBreak,
  ReconciliationBreakConnection,
  ReconciliationRun,
} from './graphql/reconciliation.model';
import { ReconciliationQueries, type BreakRecord, type RunRecord } from './reconciliation.queries';
import { DecideBreak } from './use-cases/decide-break';
import { ReconcileRail } from './use-cases/reconcile-rail';

@Resolver(() => ReconciliationRun)
export class ReconciliationResolver {
  constructor(
    private readonly queries: ReconciliationQueries,
    private readonly reconcile: ReconcileRail,
    private readonly decide: DecideBreak,
  ) {}

  @Requires('audit:read')
  @Query(() => [ReconciliationRun], {
    description:
      'The newest 20 comparisons of the rail with the ledger, the last first; one runs every night.',
  })
  async reconciliationRuns(@CurrentPerson() person: Person): Promise<ReconciliationRun[]> {
    return (await this.queries.runs(person)).map(runOf);
  }

  @Requires('audit:read')
  @Query(() => ReconciliationBreakConnection, {
    description: 'What the rail and the ledger do not say alike, newest first.',
  })
  async reconciliationBreaks(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true, description: 'OPEN, CLEARED or RESOLVED only.' })
    state?: string,
    @Args('kind', { type: () => String, nullable: true, description: 'Only of this kind.' }) kind?: string,
    @Args('isMine', {
      type: () => Boolean,
      nullable: true,
      description: 'Only those that the reader looks after.',
    })
    isMine?: boolean,
  ): Promise<Connection<ReconciliationBreak>> {
    const filter = { state: state ?? undefined, class: kind ?? undefined };
    const mine = isMine ? { ownerId: person.accountId } : {};
    const found = await this.queries.breaks(person, { ...filter, ...mine }, page);
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({ cursor, node: breakOf(node, person) })),
    };
  }

  @Requires('ledger:reconcile')
  @Mutation(() => Boolean, {
    description: 'Compares the rail with the ledger now; the run appears when it is done.',
  })
  async reconcileRail(@CurrentPerson() person: Person): Promise<boolean> {
    await this.reconcile.ask(person);
    return true;
  }

  @Requires('ledger:reconcile')
  @Mutation(() => Boolean, {
    description: 'The reader looks after a difference from now on. Refuses with NOT_FOUND, BREAK_ENDED.',
  })
  async takeBreak(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The difference.' }) id: string,
  ): Promise<boolean> {
    await this.decide.take(person, id);
    return true;
  }

  @Requires('ledger:reconcile')
  @Mutation(() => Boolean, {
    description: 'Ends a difference with a reason. Refuses with NOT_FOUND, BREAK_ENDED, INVALID_INPUT.',
  })
  async resolveBreak(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The difference.' }) id: string,
    @Args('reason', { type: () => String, description: 'Why, in at least ten characters.' }) reason: string,
  ): Promise<boolean> {
    await this.decide.resolve(person, { id, reason });
    return true;
  }
}

function runOf({ askedById, proofs, ...run }: RunRecord): ReconciliationRun {
  return {
    ...run,
    isOnDemand: askedById !== null,
    proofs: proofs.map((proof) => {
      const { currency } = proof;
      const ledger = BigInt(proof.ledgerPendingMinor) + BigInt(proof.ledgerAvailableMinor);
      const rail = BigInt(proof.railPendingMinor) + BigInt(proof.railAvailableMinor);
      return {
        currency,
        ledger: moneyOf(ledger, currency),
        rail: moneyOf(rail, currency),
        railPending: moneyOf(BigInt(proof.railPendingMinor), currency),
        difference: moneyOf(rail - ledger, currency),
      };
    }),
  };
}

function breakOf(row: BreakRecord, person: Person): ReconciliationBreak {
  const { class: kind, currency, railMinor, ledgerMinor } = row;
  return {
    ...row,
    kind,
    rail: railMinor === null ? null : moneyOf(railMinor, currency),
    ledger: ledgerMinor === null ? null : moneyOf(ledgerMinor, currency),
    isMine: row.ownerId === person.accountId,
  };
}
