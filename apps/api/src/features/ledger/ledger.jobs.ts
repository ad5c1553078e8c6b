import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { RollUp } from './use-cases/roll-up';

/** Jobs of the feature. */
@Injectable()
export class LedgerJobs {
  constructor(registry: JobRegistry, rollUp: RollUp) {
    registry.add({
      queue: 'audit',
      name: 'roll-up-ledger',
      payload: z.object({}),
      run: () => rollUp.run(),
      everyMs: 600_000,
    });
  }
}
