import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { Seal } from './use-cases/seal';

/** Jobs of the feature. */
@Injectable()
export class AuditJobs {
  constructor(registry: JobRegistry, seal: Seal) {
    registry.add({
      queue: 'audit',
      name: 'seal',
      payload: z.object({}),
      run: async () => {
        const refused = await seal.run();
        if (refused !== undefined) throw new Error(refused);
      },
      everyMs: 5000,
    });
  }
}
