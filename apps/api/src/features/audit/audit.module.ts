import { Global, Module } from '@nestjs/common';
import { BillingModule } from '../billing/billing.module';
import { LedgerModule } from '../ledger/ledger.module';
import { ApprovalActions } from './approval-actions';
import { ApprovalLimits } from './approval-limits';
import { ApprovalQueries } from './approval.queries';
import { ApprovalResolver } from './approval.resolver';
import { AuditJobs } from './audit.jobs';
import { AuditQueries } from './audit.queries';
import { AuditResolver } from './audit.resolver';
import { ExportController } from './export.controller';
import { MoneyViewExports } from './money-view.exports';
import { MoneyViewQueries } from './money-view.queries';
import { MoneyViewResolver } from './money-view.resolver';
import { QueueResolver } from './queue.resolver';
import { SavedViewQueries } from './saved-view.queries';
import { SavedViewResolver } from './saved-view.resolver';
import { SealingKey } from './sealing-key';
import { ExportListFile } from './use-cases/export-list';
import { DecideApproval } from './use-cases/decide-approval';
import { WithdrawRequest } from './use-cases/withdraw-request';
import { ExecuteApproval } from './use-cases/execute-approval';
import { ProveBooks } from './use-cases/prove-books';
import { RetryJob } from './use-cases/retry-job';
import { SetJobAside } from './use-cases/set-job-aside';
import { FailedJobs } from './failed-jobs';
import { SaveView } from './use-cases/save-view';
import { Seal } from './use-cases/seal';

/** Global: every feature may register what it does after four eyes. */
@Global()
@Module({
  imports: [BillingModule, LedgerModule],
  controllers: [ExportController],
  providers: [
    AuditResolver,
    QueueResolver,
    RetryJob,
    SetJobAside,
    FailedJobs,
    AuditQueries,
    AuditJobs,
    SealingKey,
    Seal,
    ProveBooks,
    ExportListFile,
    ApprovalResolver,
    ApprovalQueries,
    ApprovalActions,
    ApprovalLimits,
    DecideApproval,
    WithdrawRequest,
    ExecuteApproval,
    MoneyViewResolver,
    MoneyViewQueries,
    MoneyViewExports,
    SavedViewResolver,
    SavedViewQueries,
    SaveView,
  ],
  exports: [Seal, ApprovalActions, ApprovalLimits],
})
export class AuditModule {}
