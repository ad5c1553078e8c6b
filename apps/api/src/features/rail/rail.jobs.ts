import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { HandleEvent } from './use-cases/handle-event';

/** Jobs of the feature. */
@Injectable()
export class RailJobs {
  constructor(registry: JobRegistry, events: HandleEvent) {
    registry.add({
      queue: 'rail',
      name: 'handle-rail-event',
      payload: z.object({ eventId: z.string() }),
      run: ({ eventId }) => events.run(eventId),
    });
    registry.add({
      queue: 'rail',
      name: 'retry-rail-events',
      payload: z.object({}),
      run: () => events.retry(),
      everyMs: 60_000,
    });
  }
}
