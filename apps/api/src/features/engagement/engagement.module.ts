import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/billing.module';
import { ExpertModule } from '../expert/expert.module';
import { BonusController } from './bonus.controller';
import { BonusQueries } from './bonus.queries';
import { BonusResolver } from './bonus.resolver';
import { ConversionScheduleResolver } from './conversion-schedule.resolver';
import { ConversionResolver } from './conversion.resolver';
import { EngagementJobs } from './engagement.jobs';
import { EngagementQueries } from './engagement.queries';
import { EngagementResolver } from './engagement.resolver';
import { CreditConversions } from './use-cases/credit-conversions';
import { GiveNotice } from './use-cases/give-notice';
import { HireDirectly } from './use-cases/hire-directly';
import { PayBonuses } from './use-cases/pay-bonuses';
import { PublishSchedule } from './use-cases/publish-schedule';
import { RunWeeks } from './use-cases/run-weeks';
import { SignEngagement } from './use-cases/sign-engagement';

@Module({
  imports: [BillingModule, ExpertModule],
  controllers: [BonusController],
  providers: [
    EngagementResolver,
    ConversionResolver,
    ConversionScheduleResolver,
    PublishSchedule,
    HireDirectly,
    CreditConversions,
    BonusResolver,
    BonusQueries,
    PayBonuses,
    EngagementQueries,
    EngagementJobs,
    SignEngagement,
    RunWeeks,
    GiveNotice,
  ],
  exports: [SignEngagement, RunWeeks, EngagementQueries],
})
export class EngagementModule {}
