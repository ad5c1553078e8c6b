import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { BREAK_AGES, breakDueAt, type BreakAge } from '@tallystick/domain';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { oneOf } from '../../platform/graphql/one-of';
import { moneyOf } from '../../platform/graphql/money.model';
import {
  MoneyAdmin,
  ReconciliationBreak,
  ReconciliationBreakConnection,
  ReconciliationRun,
} from './graphql/reconciliation.model';
import { ReconciliationQueries, type BreakShown, type RunRecord } from './reconciliation.queries';
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
    @Args('age', {
      type: () => String,
      nullable: true,
      description: 'Only those that are so old: DAYS_0_1, DAYS_2_3, DAYS_4_7 or DAYS_OVER_7.',
    })
    age?: string,
  ): Promise<Connection<ReconciliationBreak>> {
    const filter = { state: state ?? undefined, class: kind ?? undefined };
    const mine = isMine ? { ownerId: person.accountId } : {};
    const aged = age ? { age: ageOf(age) } : {};
    const found = await this.queries.breaks(person, { ...filter, ...mine, ...aged }, page);
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
  @Query(() => [MoneyAdmin], {
    description: 'People of staff who may look after differences, by name, at most 500.',
  })
  moneyAdmins(@CurrentPerson() person: Person): Promise<MoneyAdmin[]> {
    return this.queries.admins(person);
  }

  @Requires('ledger:reconcile')
  @Mutation(() => Boolean, {
    description:
      'Another person of staff looks after a difference from now on, and is told. Refuses with NOT_FOUND, BREAK_ENDED, NO_MONEY_ADMIN, INVALID_INPUT.',
  })
  async assignBreak(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The difference.' }) id: string,
    @Args('ownerId', { type: () => ID, description: 'The account of who looks after it.' }) ownerId: string,
    @Args('note', { type: () => String, nullable: true, description: 'What they should know.' })
    note?: string,
  ): Promise<boolean> {
    await this.decide.assign(person, { id, ownerId, note });
    return true;
  }

  @Requires('ledger:reconcile')
  @Mutation(() => Boolean, {
    description:
      'Keeps what was found out about a difference. Refuses with NOT_FOUND, BREAK_ENDED, INVALID_INPUT.',
  })
  async noteBreak(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The difference.' }) id: string,
    @Args('words', { type: () => String, description: 'What was found out.' }) words: string,
  ): Promise<boolean> {
    await this.decide.note(person, { id, words });
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

function breakOf({ now, notes, ...row }: BreakShown, person: Person): ReconciliationBreak {
  const { class: kind, currency, railMinor, ledgerMinor, foundAt, endedAt, state } = row;
  const dueAt = breakDueAt(kind, foundAt);
  return {
    ...row,
    kind,
    rail: railMinor === null ? null : moneyOf(railMinor, currency),
    ledger: ledgerMinor === null ? null : moneyOf(ledgerMinor, currency),
    ageDays: Math.max(0, Math.floor(((endedAt ?? now).getTime() - foundAt.getTime()) / 86_400_000)),
    dueAt,
    isLate: state === 'OPEN' && dueAt <= now,
    notes: notes.map((note) => ({ ...note })),
    isMine: row.ownerId === person.accountId,
  };
}

function ageOf(text: string): BreakAge {
  const codes = BREAK_AGES.map(({ code }) => code);
  return oneOf(codes, text, 'age');
}
