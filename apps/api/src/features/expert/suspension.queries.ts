import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import type { Db } from '../../platform/prisma/database';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { findExpert, findExperts, type ExpertRecord } from './expert.repository';
import {
  countSuspensions,
  listSuspensions,
  newestSuspension,
  staffNames,
  type SuspensionFilter,
  type SuspensionRecord,
} from './suspension.repository';

/** As many as an expert's page shows. */
const MOST = 50;

/** A suspension with the names of everybody in it. */
export interface NamedSuspension extends SuspensionRecord {
  readonly expertName: string;
  readonly decidedByName: string | null;
  readonly upheldByName: string | null;
  readonly liftedByName: string | null;
  /** True where the reader made the decision. */
  readonly isOwnDecision: boolean;
}

/** What pages show of suspensions. */
@Injectable()
export class SuspensionQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One's own newest suspension, also one that was lifted; null where there never was one. */
  async mine(person: Person): Promise<NamedSuspension | null> {
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const found = await newestSuspension(db, person.expertId ?? '');
      return found ? ((await named(db, person, [found]))[0] ?? null) : null;
    });
  }

  /** Suspensions, the newest decision first. */
  async list(person: Person, filter: SuspensionFilter, args: PageArgs): Promise<Connection<NamedSuspension>> {
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await named(db, person, await listSuspensions(db, filter, page.limit + 1, page.after)),
        await countSuspensions(db, filter),
        (row) => [row.decidedAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** An expert and every suspension of theirs, for the staff. */
  async standing(
    person: Person,
    expertId: string,
  ): Promise<{ expert: ExpertRecord; suspensions: NamedSuspension[] }> {
    if (!isId(expertId)) throw notFound('expert');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const expert = await findExpert(db, expertId);
      if (!expert) throw notFound('expert');
      return { expert, suspensions: await named(db, person, await listSuspensions(db, { expertId }, MOST)) };
    });
  }
}

async function named(db: Db, person: Person, rows: readonly SuspensionRecord[]): Promise<NamedSuspension[]> {
  const staff = rows.flatMap(({ decidedById, upheldById, liftedById }) => [
    decidedById,
    upheldById,
    liftedById,
  ]);
  const names = await staffNames(db, [...new Set(staff.filter((id) => id !== null))]);
  const experts = await findExperts(db, [...new Set(rows.map(({ expertId }) => expertId))]);
  const expertNames = new Map(experts.map(({ id, displayName }) => [id, displayName]));
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return rows.map((row) => ({
    ...row,
    expertName: expertNames.get(row.expertId) ?? '',
    decidedByName: nameOf(row.decidedById),
    upheldByName: nameOf(row.upheldById),
    liftedByName: nameOf(row.liftedById),
    isOwnDecision: row.decidedById === person.accountId,
  }));
}
