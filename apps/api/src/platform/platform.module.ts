import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access/access.guard';
import { Clock } from './clock/clock';
import { Config } from './config/config';
import { EdgeFilter } from './errors/edge.filter';
import { ExportLists } from './export/export-lists';
import { PersistedDocuments } from './graphql/persisted-documents';
import { Ids } from './ids/ids';
import { RateLimits } from './limits/rate-limits';
import { LiveUpdates } from './live/live-updates';
import { Mailer } from './mail/mailer';
import { Database } from './prisma/database';
import { UnitOfWork } from './prisma/unit-of-work';
import { JobRegistry } from './queue/jobs';
import { Questions } from './queue/questions';
import { Queues } from './queue/queues';
import { Storage } from './storage/storage';

const SHARED = [
  Clock,
  Ids,
  Database,
  UnitOfWork,
  JobRegistry,
  ExportLists,
  Queues,
  Questions,
  Mailer,
  Storage,
  RateLimits,
  PersistedDocuments,
  LiveUpdates,
];

/** What features share and what knows no business. */
@Global()
@Module({
  providers: [
    { provide: Config, useFactory: () => new Config() },
    ...SHARED,
    AccessGuard,
    { provide: APP_GUARD, useExisting: AccessGuard },
    { provide: APP_FILTER, useClass: EdgeFilter },
  ],
  exports: [Config, ...SHARED],
})
export class PlatformModule {}
