import { Injectable } from '@nestjs/common';
import { driftOf, type Drift, type DriftClass } from '@tallystick/domain';
import { system, type Person } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { mustBeIds } from '../../../platform/errors/filter';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { notify } from '../../notification/notification.public';
import { connect, pageOf, type Connection, type PageArgs } from '../../../platform/graphql/connection';
import { chargesToCheck, insertRun, newestRuns, type TakeRateRunRecord } from '../drift.repository';
import {
  countFeeDrifts,
  listFeeDrifts,
  type FeeDriftFilter,
  type FeeDriftRecord,
} from '../fee-drift.repository';

const PART = 500;
/** How many findings a run keeps; it counts all of them. */
const MOST_FINDINGS = 10_000;

interface Found {
  looked: number;
  drifted: number;
  readonly byClass: Partial<Record<DriftClass, number>>;
  readonly findings: (Drift & { chargeId: string })[];
}

/** Works every fee out again from its kept inputs and resolves its policy again: nightly, and when somebody asks. */
@Injectable()
export class RecomputeFees {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at every charge, part by part, so that memory does not grow with them, and keeps what it found. It mends
   * nothing: an assessment that is gone is a finding, and one made again here would hide that.
   */
  async run(person?: Person): Promise<TakeRateRunRecord> {
    const startedAt = this.clock.now();
    const found = await this.findings();
    const command = { name: 'recompute-fees' };
    const id = await this.unitOfWork.run(person ?? system('billing'), command, async (tx) => {
      const run = {
        id: tx.newId(),
        askedById: person?.accountId ?? null,
        startedAt,
        finishedAt: tx.now,
        ...found,
      };
      await insertRun(tx.db, run);
      const { looked, drifted, byClass } = found;
      tx.record({
        subjectType: 'take-rate-run',
        subjectId: run.id,
        to: drifted === 0 ? 'PROVEN' : 'WRONG',
        facts: { looked, drifted, byClass },
      });
      if (drifted > 0)
        await notify(
          tx,
          { staff: 'FINANCE' },
          {
            kind: 'FEES_DRIFTED',
            title: 'Fees are not what they should be',
            body: 'The recompute of all fees found charges that differ. Each is named on the page of take rates. Stop payouts of these experts first.',
            link: '/admin/take-rates',
          },
        );
      return run.id;
    });
    const finishedAt = this.clock.now();
    return { id, askedById: person?.accountId ?? null, startedAt, finishedAt, ...found };
  }

  /** The newest recomputes. */
  async newest(person: Person): Promise<TakeRateRunRecord[]> {
    return this.unitOfWork.readAs(person, ({ db }) => newestRuns(db));
  }

  /** What a recompute found, in its order. Refuses with INVALID_INPUT where the filter names something that is no id. */
  async drifts(person: Person, filter: FeeDriftFilter, args: PageArgs): Promise<Connection<FeeDriftRecord>> {
    mustBeIds(filter);
    const page = pageOf(args);
    const [place] = page.after ?? [];
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        await listFeeDrifts(db, filter, page.limit + 1, place === undefined ? undefined : Number(place)),
        await countFeeDrifts(db, filter),
        (row) => [String(row.place)],
        (row) => row,
      ),
    );
  }

  private async findings(): Promise<Found> {
    const found: Found = { looked: 0, drifted: 0, byClass: {}, findings: [] };
    let after: string | undefined;
    for (;;) {
      const seen = after;
      const part = await this.unitOfWork.readAs(system('billing'), ({ db }) =>
        chargesToCheck(db, seen, PART),
      );
      for (const charge of part) note(found, charge.id, driftOf(charge));
      after = part.at(-1)?.id;
      if (part.length < PART) return found;
    }
  }
}

function note(found: Found, chargeId: string, drifts: readonly Drift[]): void {
  found.looked += 1;
  if (drifts.length > 0) found.drifted += 1;
  for (const drift of drifts) {
    found.byClass[drift.kind] = (found.byClass[drift.kind] ?? 0) + 1;
    if (found.findings.length < MOST_FINDINGS) found.findings.push({ chargeId, ...drift });
  }
}
