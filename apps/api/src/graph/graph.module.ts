import { Module } from '@nestjs/common';
import { CredentialModule } from '../features/credential/credential.module';
import { ExpertModule } from '../features/expert/expert.module';
import { LabModule } from '../features/lab/lab.module';
import { PayoutModule } from '../features/payout/payout.module';
import { ProjectModule } from '../features/project/project.module';
import { TimesheetModule } from '../features/timesheet/timesheet.module';
import { FitNamesGraph } from './fit-names.graph';
import { SimilarNamesGraph } from './similar-names.graph';
import { ApplicationNamesGraph } from './application-names.graph';
import { InvitationNamesGraph } from './invitation-names.graph';
import { OfferNamesGraph } from './offer-names.graph';
import { EngagementDetailNamesGraph } from './engagement-detail-names.graph';
import { EngagementNamesGraph } from './engagement-names.graph';
import { TimesheetNamesGraph } from './timesheet-names.graph';
import { ChargeNamesGraph } from './charge-names.graph';
import {
  CredentialCaseNamesGraph,
  CredentialNamesGraph,
  CredentialToVerifyNamesGraph,
} from './credential-names.graph';
import { ProfileCredentialsGraph } from './profile-credentials.graph';
import { BalanceTimesheetGraph } from './balance-timesheet.graph';
import { ChargeTimesheetGraph } from './charge-timesheet.graph';
import { HoldNamesGraph } from './hold-names.graph';
import { JournalNamesGraph } from './journal-names.graph';
import { LedgerNamesGraph } from './ledger-names.graph';
import { PayoutLinesGraph } from './payout-lines.graph';
import { PayoutNamesGraph } from './payout-names.graph';
import { WeekGridNamesGraph } from './week-grid-names.graph';
import { ApplicationOpeningGraph, FitOpeningGraph, InvitationOpeningGraph } from './opening-edges.graph';
import { Names } from './names';
import { SandboxNamesGraph } from './sandbox-names.graph';
import { SeatNamesGraph } from './seat-names.graph';
import { Openings } from './openings';

/** Every GraphQL edge between features. */
@Module({
  imports: [CredentialModule, ExpertModule, LabModule, PayoutModule, ProjectModule, TimesheetModule],
  providers: [
    CredentialNamesGraph,
    CredentialCaseNamesGraph,
    CredentialToVerifyNamesGraph,
    ProfileCredentialsGraph,
    Names,
    Openings,
    FitOpeningGraph,
    ApplicationOpeningGraph,
    InvitationOpeningGraph,
    FitNamesGraph,
    SimilarNamesGraph,
    SandboxNamesGraph,
    SeatNamesGraph,
    ApplicationNamesGraph,
    InvitationNamesGraph,
    OfferNamesGraph,
    EngagementDetailNamesGraph,
    EngagementNamesGraph,
    TimesheetNamesGraph,
    ChargeNamesGraph,
    ChargeTimesheetGraph,
    BalanceTimesheetGraph,
    HoldNamesGraph,
    JournalNamesGraph,
    LedgerNamesGraph,
    PayoutNamesGraph,
    PayoutLinesGraph,
    WeekGridNamesGraph,
  ],
})
export class GraphModule {}
