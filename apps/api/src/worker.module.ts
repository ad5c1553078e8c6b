import { Module } from '@nestjs/common';
import { FeaturesModule } from './features.module';
import { OutboxRelay } from './platform/outbox/relay';
import { WorkerHost } from './platform/queue/worker-host';

/** The worker: the outbox relay and every job. */
@Module({ imports: [FeaturesModule], providers: [OutboxRelay, WorkerHost] })
export class WorkerModule {}
