import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { ReviewApplication } from './use-cases/review-application';

/** Jobs of the feature. */
@Injectable()
export class ApplicationJobs {
  constructor(registry: JobRegistry, review: ReviewApplication) {
    registry.add({
      queue: 'engagement',
      name: 'expire-offers',
      payload: z.object({}),
      run: () => review.expireOffers(),
      everyMs: 30_000,
    });
  }
}
