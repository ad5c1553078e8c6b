import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { countJournal, listJournal, type JournalRow } from './audit.repository';

/** What the audit pages show. */
@Injectable()
export class AuditQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The journal, newest first; of one subject where asked. */
  async journal(
    person: Person,
    subjectId: string | undefined,
    args: PageArgs,
  ): Promise<
    Connection<Omit<JournalRow, 'id' | 'facts'> & { id: string; facts: string; isSealed: boolean }>
  > {
    if (subjectId !== undefined && !isId(subjectId)) throw notFound('subject');
    const page = pageOf(args);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listJournal(db, subjectId, page.limit + 1, page.after),
        await countJournal(db, subjectId),
        (row) => [String(row.id)],
        (row) => ({ ...row, id: String(row.id), facts: canonicalJson(row.facts) }),
      ),
    );
  }
}
