import { Module } from '@nestjs/common';
import { ConversionResolver } from './conversion.resolver';
import { EngagementJobs } from './engagement.jobs';
import { EngagementQueries } from './engagement.queries';
import { EngagementResolver } from './engagement.resolver';
import { GiveNotice } from './use-cases/give-notice';
import { HireDirectly } from './use-cases/hire-directly';
import { RunWeeks } from './use-cases/run-weeks';
import { SignEngagement } from './use-cases/sign-engagement';

@Module({
  providers: [
    EngagementResolver,
    ConversionResolver,
    HireDirectly,
    EngagementQueries,
    EngagementJobs,
    SignEngagement,
    RunWeeks,
    GiveNotice,
  ],
  exports: [SignEngagement, RunWeeks, EngagementQueries],
})
export class EngagementModule {}
