import { Args, Query, Resolver } from '@nestjs/graphql';
import { labMovementWords } from '@tallystick/domain';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { moneyOf } from '../../platform/graphql/money.model';
import { LabMovement, LabMovementConnection } from './graphql/lab-money.model';
import { LabMoneyQueries, type NamedMovement } from './lab-money.queries';

/** Every movement of a lab's money. */
@Resolver(() => LabMovement)
export class LabMoneyResolver {
  constructor(private readonly money: LabMoneyQueries) {}

  @Requires('billing:read')
  @Query(() => LabMovementConnection, {
    description:
      "Every movement of the lab's money, newest first: added up, they are what it has and what it owes.",
  })
  async labMovements(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
  ): Promise<Connection<LabMovement>> {
    const found = await this.money.movements(person, {}, page);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: movementOf(node) })) };
  }
}

function movementOf({
  id,
  transactionId,
  at,
  kind,
  about,
  hasMinor,
  owesMinor,
  currency,
}: NamedMovement): LabMovement {
  return {
    id: id.toString(),
    ledgerTransactionId: transactionId,
    ...{ at, kind, about },
    words: labMovementWords(kind),
    has: moneyOf(hasMinor, currency),
    owes: moneyOf(owesMinor, currency),
  };
}
