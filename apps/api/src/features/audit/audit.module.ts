import { Module } from '@nestjs/common';
import { AuditJobs } from './audit.jobs';
import { AuditQueries } from './audit.queries';
import { AuditResolver } from './audit.resolver';
import { ExportController } from './export.controller';
import { QueueResolver } from './queue.resolver';
import { SealingKey } from './sealing-key';
import { ExportListFile } from './use-cases/export-list';
import { ProveBooks } from './use-cases/prove-books';
import { RetryJob } from './use-cases/retry-job';
import { Seal } from './use-cases/seal';

@Module({
  controllers: [ExportController],
  providers: [
    AuditResolver,
    QueueResolver,
    RetryJob,
    AuditQueries,
    AuditJobs,
    SealingKey,
    Seal,
    ProveBooks,
    ExportListFile,
  ],
  exports: [Seal],
})
export class AuditModule {}
