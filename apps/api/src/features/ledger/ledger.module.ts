import { Module } from '@nestjs/common';
import { LedgerQueries } from './ledger.queries';
import { LedgerResolver } from './ledger.resolver';

@Module({ providers: [LedgerResolver, LedgerQueries], exports: [LedgerQueries] })
export class LedgerModule {}
