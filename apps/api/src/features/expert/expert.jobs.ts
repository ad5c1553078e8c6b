import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { RunSuspensions } from './use-cases/run-suspensions';

/** Jobs of the feature. */
@Injectable()
export class ExpertJobs {
  constructor(registry: JobRegistry, suspensions: RunSuspensions) {
    registry.add({
      queue: 'engagement',
      name: 'run-suspensions',
      payload: z.object({}),
      run: () => suspensions.run(),
      everyMs: 60_000,
    });
  }
}
