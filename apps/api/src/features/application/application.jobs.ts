import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { CloseApplications } from './use-cases/close-applications';
import { ReviewApplication } from './use-cases/review-application';

/** Jobs of the feature. */
@Injectable()
export class ApplicationJobs {
  constructor(registry: JobRegistry, review: ReviewApplication, close: CloseApplications) {
    registry.add({
      queue: 'engagement',
      name: 'expire-offers',
      payload: z.object({}),
      run: () => review.expireOffers(),
      everyMs: 30_000,
    });
    registry.add({
      queue: 'engagement',
      name: 'close-applications',
      payload: z.object({ openingId: z.uuid() }),
      run: ({ openingId }) => close.run(openingId),
    });
  }
}
