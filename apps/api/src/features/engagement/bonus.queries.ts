import { Injectable } from '@nestjs/common';
import { csvLine } from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { labOf } from '../../platform/access/lab-of';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { ExpertQueries } from '../expert/expert.public';
import { openingsWith } from '../project/project.public';
import {
  bonusFileSums,
  countBonusFiles,
  listBonusFiles,
  type BonusFileRecord,
  type BonusFileSum,
} from './bonus.repository';
import { listEngagements } from './engagement.repository';

/** A paid file with what it came to. */
export interface PaidFile extends BonusFileRecord {
  readonly sums: readonly BonusFileSum[];
}

const PAGE = 200;

/** What the page of bonuses shows. */
@Injectable()
export class BonusQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly experts: ExpertQueries,
  ) {}

  /** The lab's paid files, newest first. */
  async files(person: Person, args: PageArgs): Promise<Connection<PaidFile>> {
    const page = pageOf(args);
    const labId = labOf(person);
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const files = await listBonusFiles(db, labId, page.limit + 1, page.after);
      const sums = await bonusFileSums(
        db,
        files.map(({ id }) => id),
      );
      return connect(
        page,
        files.map((file) => ({ ...file, sums: sums.filter(({ fileId }) => fileId === file.id) })),
        await countBonusFiles(db, labId),
        (row) => [row.paidAt.toISOString(), row.id],
        (row) => row,
      );
    });
  }

  /** A file to fill in, with a row for each running engagement of the lab; page by page. */
  async *template(person: Person): AsyncGenerator<string> {
    const labId = labOf(person);
    yield csvLine(['engagement', 'expert', 'opening', 'currency', 'amount', 'reason']);
    let after: string[] | undefined;
    do {
      const seen = after;
      const { rows, titles } = await this.unitOfWork.readAs(person, async ({ db }) => {
        const found = await listEngagements(db, { labId, state: 'ACTIVE' }, PAGE, seen);
        const ids = [...new Set(found.map(({ openingId }) => openingId))];
        const openings = await openingsWith(db, { ids });
        return { rows: found, titles: new Map(openings.map(({ id, title }) => [id, title])) };
      });
      const people = await this.experts.byIds(
        person,
        rows.map(({ expertId }) => expertId),
      );
      const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
      yield rows
        .map(({ id, expertId, openingId, currency }) =>
          csvLine([id, names.get(expertId) ?? '', titles.get(openingId) ?? '', currency, '', '']),
        )
        .join('');
      const last = rows.at(-1);
      after = rows.length === PAGE && last ? [last.signedAt.toISOString(), last.id] : undefined;
    } while (after !== undefined);
  }
}
