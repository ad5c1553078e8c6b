import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { mustBeIds } from '../../platform/errors/filter';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { SEND_PAYOUT } from './gates';
import { staffNames } from './held.repository';
import type { PayoutRunRecord } from './payout-run.repository';
import {
  approversOfRun,
  findRun,
  gatesOfRun,
  sumsOfRun,
  timesOfRun,
  type RunApprover,
  type RunGateSum,
  type RunStateSum,
  type RunTimes,
} from './run-detail.repository';

/** One run and what became of it. */
export interface RunDetailRecord {
  readonly run: PayoutRunRecord;
  readonly startedByName: string | null;
  readonly sums: readonly RunStateSum[];
  readonly gates: readonly RunGateSum[];
  readonly times: RunTimes;
  readonly approvers: readonly RunApprover[];
}

/** What the page of one run shows. */
@Injectable()
export class RunDetailQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Refuses with INVALID_INPUT, NOT_FOUND. */
  async run(person: Person, id: string): Promise<RunDetailRecord> {
    mustBeIds({ id });
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const run = await findRun(db, id);
      if (!run) throw notFound('run');
      const { startedById } = run;
      const names = await staffNames(db, startedById === null ? [] : [startedById]);
      return {
        run,
        startedByName: startedById === null ? null : (names.get(startedById) ?? null),
        sums: await sumsOfRun(db, id),
        gates: await gatesOfRun(db, id),
        times: await timesOfRun(db, id, now),
        approvers: await approversOfRun(db, id, SEND_PAYOUT),
      };
    });
  }
}
