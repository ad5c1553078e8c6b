import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { mustBeIds, mustRunForwards } from '../../platform/errors/filter';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { countJournal, listJournal, type JournalFilter, type JournalRow } from './audit.repository';

/** A row of the journal as the pages show it. */
type JournalShown = Omit<JournalRow, 'id' | 'facts'> & {
  readonly id: string;
  readonly facts: string;
  readonly isSealed: boolean;
  readonly actorName: string | null;
};

/** What the audit pages show. */
@Injectable()
export class AuditQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The journal, newest first. Refuses with INVALID_INPUT and DATES_BACKWARDS, naming the field. */
  async journal(person: Person, filter: JournalFilter, args: PageArgs): Promise<Connection<JournalShown>> {
    mustBeIds(filter);
    mustRunForwards(filter);
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listJournal(db, filter, page.limit + 1, page.after),
        await countJournal(db, filter),
        (row) => [String(row.id)],
        (row) => ({ ...row, id: String(row.id), facts: canonicalJson(row.facts) }),
      ),
    );
  }
}
