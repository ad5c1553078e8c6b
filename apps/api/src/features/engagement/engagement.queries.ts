import { Injectable } from '@nestjs/common';
import type { WeekStop } from '@tallystick/domain';
import { system, type Actor, type Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { weeksStoppedBy } from '../billing/billing.public';
import {
  countEngagements,
  findEngagement,
  findEngagements,
  listEngagements,
  weeksOf,
  type EngagementRecord,
  type WeekRecord,
} from './engagement.repository';
import { openWaits, type WaitRecord } from './wait.repository';

/** An engagement as its page shows it. */
export interface EngagementFacts {
  readonly engagement: EngagementRecord;
  readonly weeks: readonly WeekRecord[];
  readonly wait: WaitRecord | undefined;
  readonly stop: WeekStop | undefined;
}

/** What engagement pages show. */
@Injectable()
export class EngagementQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One engagement with its weeks, for both of its sides and staff. */
  async detail(person: Person, id: string): Promise<EngagementFacts> {
    if (!isId(id)) throw notFound('engagement');
    const found = await this.unitOfWork.readAs(person, async ({ db }) => {
      const engagement = await findEngagement(db, id);
      if (!engagement) throw notFound('engagement');
      const [wait] = await openWaits(db, [id]);
      return { engagement, weeks: await weeksOf(db, [id]), wait };
    });
    // The expert reads that new weeks are stopped, never the disputes of the lab: those rows are the lab's alone.
    const stop = await this.unitOfWork.readAs(system('engagement'), ({ db }) =>
      weeksStoppedBy(db, found.engagement.labId),
    );
    return { ...found, stop };
  }

  /** The person's engagements, of the side that they ask as; newest first. */
  async list(
    person: Person,
    side: 'lab' | 'expert',
    state: string | undefined,
    args: PageArgs,
  ): Promise<Connection<EngagementRecord>> {
    const page = pageOf(args);
    const own = side === 'lab' ? { labId: person.labId ?? '' } : { expertId: person.expertId ?? '' };
    if (Object.values(own).includes('')) throw notFound('page');
    const filter = { ...own, ...(state && { state }) };
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listEngagements(db, filter, page.limit + 1, page.after),
        await countEngagements(db, filter),
        (row) => [row.signedAt.toISOString(), row.id],
        (row) => row,
      ),
    );
  }

  /** Engagements by their ids, for edges. */
  async byIds(actor: Actor, ids: readonly string[]): Promise<EngagementRecord[]> {
    return this.unitOfWork.readAs(actor, ({ db }) => findEngagements(db, ids));
  }
}
