import { Module } from '@nestjs/common';
import { LedgerJobs } from './ledger.jobs';
import { LedgerQueries } from './ledger.queries';
import { LedgerResolver } from './ledger.resolver';
import { RollUp } from './use-cases/roll-up';

@Module({ providers: [LedgerResolver, LedgerQueries, LedgerJobs, RollUp], exports: [LedgerQueries] })
export class LedgerModule {}
