import { Module } from '@nestjs/common';
import { ApplicationJobs } from './application.jobs';
import { ApplicationQueries } from './application.queries';
import { ApplicationResolver } from './application.resolver';
import { AnswerInvitation } from './use-cases/answer-invitation';
import { Apply } from './use-cases/apply';
import { CloseApplications } from './use-cases/close-applications';
import { ReviewApplication } from './use-cases/review-application';

@Module({
  providers: [
    AnswerInvitation,
    CloseApplications,
    ApplicationResolver,
    ApplicationQueries,
    ApplicationJobs,
    Apply,
    ReviewApplication,
  ],
  exports: [Apply, ReviewApplication],
})
export class ApplicationModule {}
