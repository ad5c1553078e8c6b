import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { system } from '../access/actor';
import { log } from '../log/log';
import { Database } from '../prisma/database';
import { setTenant } from '../prisma/tenant';
import { Queues } from '../queue/queues';
import { markSent, takeUnsent } from './outbox.repository';

const BATCH = 200;
const IDLE_MS = 100;
const FAILED_MS = 1000;

/** Hands outbox rows to the queue, with the row's id as the job's id, so that a repeated hand-over is dropped. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private isStopping = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.loop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  /** Relays one batch. Returns how many jobs it handed over. */
  async relayOnce(): Promise<number> {
    return this.database.client.$transaction(
      async (db) => {
        await setTenant(db, system('outbox-relay'), 'own');
        const rows = await takeUnsent(db, BATCH);
        for (const [queue, jobs] of grouped(rows)) {
          await this.queues.addBulk(queue, jobs);
        }
        if (rows.length > 0)
          await markSent(
            db,
            rows.map((row) => row.id),
            new Date(),
          );
        return rows.length;
      },
      { timeout: 30_000 },
    );
  }

  private async loop(): Promise<void> {
    while (!this.isStopping) {
      try {
        const count = await this.relayOnce();
        if (count < BATCH) await wait(IDLE_MS);
      } catch (error) {
        log.warn(
          { code: (error as Error).name, detail: (error as Error).message.slice(0, 200) },
          'the outbox could not be relayed; it is tried again',
        );
        await wait(FAILED_MS);
      }
    }
  }
}

function grouped<T extends { queue: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.queue, [...(groups.get(row.queue) ?? []), row]);
  return groups;
}
