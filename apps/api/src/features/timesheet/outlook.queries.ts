import { Injectable } from '@nestjs/common';
import { assessLine, weekOf, type Assessment } from '@tallystick/domain';
import type { Actor } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { findEngagements, weekPrice, type EngagementRecord } from '../engagement/engagement.public';
import { listUncharged } from './entry.repository';
import { engagementIdsInWeek } from './sheet.repository';

/** What comes towards a lab's balance in one currency, minor units. */
export interface Outlook {
  /** Price of lines that were submitted and are not charged yet; the holds of their weeks cover it. */
  readonly owedMinor: bigint;
  /** Price of a full week of everything that runs now. */
  readonly weeklyMinor: bigint;
}

const NOTHING: Outlook = { owedMinor: 0n, weeklyMinor: 0n };

/** What is still to be paid from a lab's balance. */
@Injectable()
export class OutlookQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** By currency; nothing for an actor without a lab. */
  async ofLab(actor: Actor): Promise<Map<string, Outlook>> {
    const labId = actor.kind === 'PERSON' ? actor.labId : undefined;
    if (labId === undefined) return new Map();
    return this.unitOfWork.readAs(actor, async ({ db, now }) => {
      const lines = await listUncharged(db, labId);
      const running = await engagementIdsInWeek(db, { labId }, weekOf(now).startsAt);
      const ids = new Set([...running, ...lines.map(({ engagementId }) => engagementId)]);
      const engagements = new Map((await findEngagements(db, [...ids])).map((each) => [each.id, each]));
      const outlook = new Map<string, Outlook>();
      const add = (id: string, what: (engagement: EngagementRecord) => Partial<Outlook>) => {
        const engagement = engagements.get(id);
        if (!engagement) return;
        const before = outlook.get(engagement.currency) ?? NOTHING;
        const { owedMinor = 0n, weeklyMinor = 0n } = what(engagement);
        const sum = {
          owedMinor: before.owedMinor + owedMinor,
          weeklyMinor: before.weeklyMinor + weeklyMinor,
        };
        outlook.set(engagement.currency, sum);
      };
      for (const { engagementId, countedSeconds } of lines)
        add(engagementId, (each) => ({ owedMinor: lineOf(each, countedSeconds).priceMinor }));
      for (const id of running)
        add(id, (each) => (each.state === 'ENDED' ? {} : { weeklyMinor: weekPrice(each) }));
      return outlook;
    });
  }
}

function lineOf(engagement: EngagementRecord, seconds: number): Assessment {
  return assessLine({ rateMinorPerHour: engagement.rateMinorPerHour, seconds, terms: engagement });
}
