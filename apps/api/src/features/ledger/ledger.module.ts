import { Module } from '@nestjs/common';
import { LedgerExports } from './ledger.exports';
import { LedgerJobs } from './ledger.jobs';
import { LedgerExport } from './export.queries';
import { LedgerQueries } from './ledger.queries';
import { LedgerResolver } from './ledger.resolver';
import { RollUp } from './use-cases/roll-up';

@Module({
  providers: [LedgerResolver, LedgerQueries, LedgerExport, LedgerJobs, LedgerExports, RollUp],
  exports: [LedgerQueries, LedgerExport],
})
export class LedgerModule {}
