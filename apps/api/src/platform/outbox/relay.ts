import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { system } from '../access/actor';
import { Config } from '../config/config';
import { Listener } from '../live/listener';
import { log } from '../log/log';
import { Database } from '../prisma/database';
import { setTenant } from '../prisma/tenant';
import { Queues } from '../queue/queues';
import { markSent, OUTBOX_CHANNEL, takeUnsent } from './outbox.repository';

const BATCH = 200;
/** Rows are announced as they are committed; this is for those whose announcement was lost. */
const POLL_MS = 2000;
const FAILED_MS = 1000;

/**
 * Hands outbox rows to the queue, with the row's id as the job's id, so that a repeated hand-over is dropped. Hears of
 * new rows from the database; looks by itself now and then, so that a lost connection makes it slow and nothing else.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** How long it waits for an announcement before it looks by itself, milliseconds. */
  pollMs = POLL_MS;
  private isStopping = false;
  private isDue = false;
  private wakeUp: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private readonly listener: Listener;

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    config: Config,
  ) {
    this.listener = new Listener(config.get('DATABASE_URL'), OUTBOX_CHANNEL, {
      heard: () => this.wake(),
      missed: () => this.wake(),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.start();
    this.running = this.loop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.listener.stop();
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

  private wake(): void {
    this.isDue = true;
    this.wakeUp?.();
  }

  /** Settles when rows were announced since the last look, or when it is time to look anyway. */
  private async announced(): Promise<void> {
    if (this.isDue || this.isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.pollMs);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = undefined;
  }

  private async loop(): Promise<void> {
    while (!this.isStopping) {
      try {
        this.isDue = false;
        if ((await this.relayOnce()) < BATCH) await this.announced();
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
