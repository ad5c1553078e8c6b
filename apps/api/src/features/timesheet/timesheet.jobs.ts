import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { ApproveBySilence } from './use-cases/approve-by-silence';
import { SignWeeks } from './use-cases/sign-weeks';

/** Jobs of the feature. */
@Injectable()
export class TimesheetJobs {
  constructor(registry: JobRegistry, silence: ApproveBySilence, signing: SignWeeks) {
    registry.add({
      queue: 'engagement',
      name: 'silence-approves',
      payload: z.object({}),
      run: () => silence.run(),
      everyMs: 30_000,
    });
    registry.add({
      queue: 'engagement',
      name: 'sign-weeks',
      payload: z.object({}),
      run: () => signing.run(),
      everyMs: 60_000,
    });
  }
}
