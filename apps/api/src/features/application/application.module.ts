import { Module } from '@nestjs/common';
import { ApplicationJobs } from './application.jobs';
import { ApplicationQueries } from './application.queries';
import { ApplicationResolver } from './application.resolver';
import { Apply } from './use-cases/apply';
import { ReviewApplication } from './use-cases/review-application';

@Module({
  providers: [ApplicationResolver, ApplicationQueries, ApplicationJobs, Apply, ReviewApplication],
  exports: [Apply, ReviewApplication],
})
export class ApplicationModule {}
