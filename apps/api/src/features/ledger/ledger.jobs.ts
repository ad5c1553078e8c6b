import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { ReconcileRail } from './use-cases/reconcile-rail';
import { RollUp } from './use-cases/roll-up';

const DAY_MS = 86_400_000;

/** Jobs of the feature. */
@Injectable()
export class LedgerJobs {
  constructor(registry: JobRegistry, rollUp: RollUp, reconciliation: ReconcileRail) {
    registry.add({
      queue: 'audit',
      name: 'roll-up-ledger',
      payload: z.object({}),
      run: () => rollUp.run(),
      everyMs: 600_000,
    });
    registry.add({
      queue: 'rail',
      name: 'reconcile-rail',
      payload: z.object({ askedById: z.uuid().optional() }),
      run: ({ askedById }, told) => reconciliation.run(askedById ?? null, told),
      everyMs: DAY_MS,
    });
  }
}
