import { Injectable } from '@nestjs/common';
import {
  dayOf,
  HALF_FORMAT,
  HALF_VERSION,
  inSignedOrder,
  rootOf,
  type Half,
  type HalfLine,
} from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { Config } from '../../platform/config/config';
import { notFound } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { halfLines, newest, sha256Hex, signedWeeks, type SignedWeekRecord } from '../billing/billing.public';
import { findEngagement } from '../engagement/engagement.public';
import { ExpertQueries } from '../expert/expert.public';
import { LabQueries } from '../lab/lab.public';
import { openingsWith } from '../project/project.public';

/** The two halves of a tally: the statement of one engagement, for each of its sides, from the same lines. */
@Injectable()
export class HalfQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly labs: LabQueries,
    private readonly experts: ExpertQueries,
    private readonly config: Config,
  ) {}

  /** One half. Refuses with NOT_FOUND where the engagement is not of this side of the person. */
  async half(person: Person, side: 'lab' | 'expert', engagementId: string): Promise<Half> {
    if (!isId(engagementId)) throw notFound('engagement');
    const found = await this.unitOfWork.readAs(person, async ({ db, now }) => {
      const engagement = await findEngagement(db, engagementId);
      const isOwn =
        side === 'lab' ? engagement?.labId === person.labId : engagement?.expertId === person.expertId;
      if (!engagement || !isOwn) throw notFound('engagement');
      const [opening] = await openingsWith(db, { ids: [engagement.openingId] });
      const lines = inSignedOrder(await halfLines(db, engagementId));
      const weeks = [...newest(await signedWeeks(db, engagementId)).values()];
      return { engagement, opening: opening?.title ?? '', lines, weeks, now };
    });
    const { engagement, opening, lines, now } = found;
    const weeks = found.weeks.map(weekOf).sort((a, b) => (a.week < b.week ? -1 : 1));
    return {
      format: HALF_FORMAT,
      version: HALF_VERSION,
      side: side === 'lab' ? 'LAB' : 'EXPERT',
      issuer: this.config.publicUrl,
      madeAt: now.toISOString(),
      engagement: engagementId,
      opening,
      party: await this.party(person, side, side === 'lab' ? engagement.labId : engagement.expertId),
      currency: engagement.currency,
      lines,
      weeks,
      totals: totalsOf(lines),
      root: await rootOf(
        sha256Hex,
        weeks.map(({ root }) => root),
      ),
    };
  }

  private async party(person: Person, side: 'lab' | 'expert', id: string): Promise<Half['party']> {
    if (side === 'lab') return { id, name: (await this.labs.byIds(person, [id]))[0]?.name ?? '' };
    return { id, name: (await this.experts.byIds(person, [id]))[0]?.displayName ?? '' };
  }
}

function weekOf({
  weekStart,
  version,
  lines,
  root,
  signature,
  ...sums
}: SignedWeekRecord): Half['weeks'][number] {
  return {
    week: dayOf(weekStart),
    version,
    lines,
    priceMinor: sums.priceMinor.toString(),
    payMinor: sums.payMinor.toString(),
    feeMinor: sums.feeMinor.toString(),
    root,
    signature,
  };
}

function totalsOf(lines: readonly HalfLine[]): Half['totals'] {
  const sum = (field: 'priceMinor' | 'payMinor' | 'feeMinor') =>
    lines.reduce((total, line) => total + BigInt(line[field]), 0n).toString();
  return {
    lines: lines.length,
    seconds: lines.reduce((total, { seconds }) => total + seconds, 0),
    priceMinor: sum('priceMinor'),
    payMinor: sum('payMinor'),
    feeMinor: sum('feeMinor'),
  };
}
