import { Module } from '@nestjs/common';
import { AuditJobs } from './audit.jobs';
import { AuditQueries } from './audit.queries';
import { AuditResolver } from './audit.resolver';
import { SealingKey } from './sealing-key';
import { ProveBooks } from './use-cases/prove-books';
import { Seal } from './use-cases/seal';

@Module({
  providers: [AuditResolver, AuditQueries, AuditJobs, SealingKey, Seal, ProveBooks],
  exports: [Seal],
})
export class AuditModule {}
