import { Injectable } from '@nestjs/common';
import { groupedBy } from '@tallystick/domain';
import { HALF_LIFE_DAYS, passRates, passShare, timelyShare } from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { replaceTrackRecords } from '../../eligibility/eligibility.public';
import { activeExpertIds } from '../../expert/expert.public';
import { workedWeeks } from '../../timesheet/timesheet.public';
import { EXPOSURE_DAYS } from '../model.queries';
import { exposuresSince } from '../outcome.repository';

const MATCHING = system('matching');
const DAY_MS = 86_400_000;
/** Handed in within so many days of its end, a week is in time. */
const TIMELY_DAYS = 2;
/** Experts whose rows are written at a time. */
const AT_A_TIME = 5000;

/** Counts how everybody works and how often they were shown, for matching to read. */
@Injectable()
export class CountTrackRecords {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** May run any number of times. Returns of how many experts it changed. */
  async run(): Promise<number> {
    const { ids, weeks, exposures } = await this.unitOfWork.readAs(MATCHING, async ({ db, now }) => ({
      ids: await activeExpertIds(db),
      weeks: await workedWeeks(db, now, { halfLifeDays: HALF_LIFE_DAYS, timelyDays: TIMELY_DAYS }),
      exposures: await exposuresSince(db, new Date(now.getTime() - EXPOSURE_DAYS * DAY_MS)),
    }));
    const rates = passRates(weeks);
    const own = groupedBy(weeks, ({ expertId }) => expertId);
    const even = [...exposures.values()].reduce((sum, each) => sum + each, 0) / Math.max(1, ids.length);
    const records = ids.map((expertId) => {
      const worked = own.get(expertId) ?? [];
      const sum = (of: (week: (typeof worked)[number]) => number) =>
        worked.reduce((all, each) => all + of(each), 0);
      const count = sum((each) => each.weeks);
      return {
        ...{ expertId, weeks: count, quality: passShare(worked, rates) },
        timeliness: timelyShare(
          sum((each) => each.inTime),
          count,
        ),
        exposure: even === 0 ? 0 : (exposures.get(expertId) ?? 0) / even,
      };
    });
    let changed = 0;
    for (let from = 0; from < records.length; from += AT_A_TIME)
      changed += await this.unitOfWork.run(MATCHING, { name: 'count-track-records' }, async (tx) => {
        const expertIds = await replaceTrackRecords(tx.db, records.slice(from, from + AT_A_TIME), tx.now);
        if (expertIds.length > 0)
          tx.enqueue({ queue: 'matching', name: 'track-records-counted', payload: { expertIds } });
        return expertIds.length;
      });
    return changed;
  }
}
