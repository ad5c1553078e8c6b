import { Module } from '@nestjs/common';
import { LedgerExports } from './ledger.exports';
import { LedgerJobs } from './ledger.jobs';
import { LedgerExport } from './export.queries';
import { LedgerQueries } from './ledger.queries';
import { LedgerResolver } from './ledger.resolver';
import { ReconciliationQueries } from './reconciliation.queries';
import { ReconciliationResolver } from './reconciliation.resolver';
import { DecideBreak } from './use-cases/decide-break';
import { KeepMovements } from './use-cases/keep-movements';
import { ReconcileRail } from './use-cases/reconcile-rail';
import { RollUp } from './use-cases/roll-up';

const RECONCILIATION = [
  ReconciliationResolver,
  ReconciliationQueries,
  KeepMovements,
  ReconcileRail,
  DecideBreak,
];

@Module({
  providers: [
    LedgerResolver,
    LedgerQueries,
    LedgerExport,
    LedgerJobs,
    LedgerExports,
    RollUp,
    ...RECONCILIATION,
  ],
  exports: [LedgerQueries, LedgerExport, KeepMovements],
})
export class LedgerModule {}
