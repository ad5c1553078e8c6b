import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { ExecuteApproval } from './use-cases/execute-approval';
import { Seal } from './use-cases/seal';

const HOUR_MS = 3_600_000;

/** Jobs of the feature. */
@Injectable()
export class AuditJobs {
  constructor(registry: JobRegistry, seal: Seal, approvals: ExecuteApproval) {
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
    registry.add({
      queue: 'audit',
      name: 'execute-approval',
      payload: z.object({ requestId: z.uuid() }),
      run: ({ requestId }) => approvals.run(requestId),
    });
    registry.add({
      queue: 'audit',
      name: 'expire-approvals',
      payload: z.object({}),
      run: () => approvals.expire(),
      everyMs: HOUR_MS,
    });
  }
}
