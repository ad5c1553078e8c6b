import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { ApproveBySilence } from './use-cases/approve-by-silence';

/** Jobs of the feature. */
@Injectable()
export class TimesheetJobs {
  constructor(registry: JobRegistry, silence: ApproveBySilence) {
    registry.add({
      queue: 'engagement',
      name: 'silence-approves',
      payload: z.object({}),
      run: () => silence.run(),
      everyMs: 30_000,
    });
  }
}
