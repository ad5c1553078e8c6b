import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { labOf } from '../../platform/access/lab-of';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  countLabMovements,
  labMovements,
  labStandings,
  type LabMovement,
  type LabMovementFilter,
  type LabStanding,
} from '../ledger/ledger.public';
import { findLab } from '../lab/lab.public';
import { aboutMovements } from './lab-money.repository';

/** A movement with the name of the expert or the number of the invoice that it is about. */
export interface NamedMovement extends LabMovement {
  readonly about: string | null;
}

/** Every movement of a lab's money: their sum is what it has, and what it owes. */
@Injectable()
export class LabMoneyQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The lab's movements, newest first. */
  async movements(
    person: Person,
    filter: LabMovementFilter,
    args: PageArgs,
  ): Promise<Connection<NamedMovement>> {
    const page = pageOf(args);
    const labId = labOf(person);
    const before = postingOf(page.after?.[0]);
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await labMovements(db, labId, filter, page.limit + 1, before);
      const about = await aboutMovements(db, rows);
      return connect(
        page,
        rows,
        await countLabMovements(db, labId, filter),
        ({ id }) => [id.toString()],
        (row) => ({ ...row, about: about.get(row.transactionId) ?? null }),
      );
    });
  }

  /** The name of the lab. */
  async labName(person: Person): Promise<string> {
    const labId = labOf(person);
    return (await this.unitOfWork.readAs(person, ({ db }) => findLab(db, labId)))?.name ?? '';
  }

  /** What the lab has and owes before an instant, or now; one a currency. */
  async standings(person: Person, before?: Date): Promise<LabStanding[]> {
    const labId = labOf(person);
    return this.unitOfWork.readAs(person, ({ db }) => labStandings(db, labId, before));
  }
}

function postingOf(text: string | undefined): bigint | undefined {
  if (text !== undefined && !/^\d{1,18}$/.test(text)) throw notFound('page');
  return text === undefined ? undefined : BigInt(text);
}
