import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { ExpireCredentials } from './use-cases/expire-credentials';

/** Jobs of the feature. */
@Injectable()
export class CredentialJobs {
  constructor(registry: JobRegistry, expire: ExpireCredentials) {
    registry.add({
      queue: 'engagement',
      name: 'expire-credentials',
      payload: z.object({}),
      run: () => expire.run(),
      everyMs: 60_000,
    });
  }
}
