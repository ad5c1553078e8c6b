import { Module } from '@nestjs/common';
import { AuditJobs } from './audit.jobs';
import { AuditQueries } from './audit.queries';
import { AuditResolver } from './audit.resolver';
import { QueueResolver } from './queue.resolver';
import { SealingKey } from './sealing-key';
import { ProveBooks } from './use-cases/prove-books';
import { RetryJob } from './use-cases/retry-job';
import { Seal } from './use-cases/seal';

@Module({
  providers: [AuditResolver, QueueResolver, RetryJob, AuditQueries, AuditJobs, SealingKey, Seal, ProveBooks],
  exports: [Seal],
})
export class AuditModule {}
