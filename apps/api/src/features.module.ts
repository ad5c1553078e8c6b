import { Module } from '@nestjs/common';
import { AccountModule } from './features/account/account.module';
import { ApplicationModule } from './features/application/application.module';
import { AuditModule } from './features/audit/audit.module';
import { BillingModule } from './features/billing/billing.module';
import { CredentialModule } from './features/credential/credential.module';
import { EngagementModule } from './features/engagement/engagement.module';
import { ExpertModule } from './features/expert/expert.module';
import { LabModule } from './features/lab/lab.module';
import { LedgerModule } from './features/ledger/ledger.module';
import { MatchingModule } from './features/matching/matching.module';
import { NotificationModule } from './features/notification/notification.module';
import { PayoutModule } from './features/payout/payout.module';
import { ProjectModule } from './features/project/project.module';
import { RailModule } from './features/rail/rail.module';
import { TaxonomyModule } from './features/taxonomy/taxonomy.module';
import { TimesheetModule } from './features/timesheet/timesheet.module';
import { TransparencyModule } from './features/transparency/transparency.module';
import { PlatformModule } from './platform/platform.module';

/** Every feature, over the shared platform; what API, worker and commands have in common. */
export const FEATURES = [
  AccountModule,
  NotificationModule,
  TaxonomyModule,
  LabModule,
  ExpertModule,
  CredentialModule,
  LedgerModule,
  RailModule,
  BillingModule,
  ProjectModule,
  MatchingModule,
  ApplicationModule,
  EngagementModule,
  TimesheetModule,
  PayoutModule,
  AuditModule,
  TransparencyModule,
];

@Module({ imports: [PlatformModule, ...FEATURES], exports: [...FEATURES] })
export class FeaturesModule {}
