import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { log } from '../log/log';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

/** What a listener tells. */
export interface Ear {
  /** One notification. */
  heard(payload: string): void;
  /** The connection was lost and is there again: anything may have been missed. */
  missed(): void;
}

/** A connection that listens to one channel of the database; it comes back by itself, each pause twice the last. */
export class Listener {
  private client: Client | undefined;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly connectionString: string,
    private readonly channel: string,
    private readonly ear: Ear,
  ) {}

  /** Listens from now on. Settles when the first connection stands, or has failed and is being tried again. */
  start(): Promise<void> {
    return new Promise((isTried) => {
      this.running ??= this.keepListening(isTried);
    });
  }

  /** Stops listening. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.client?.end().catch(() => undefined);
    await this.running;
  }

  private async keepListening(isTried: () => void): Promise<void> {
    const { signal } = this.stopping;
    let pause = FIRST_PAUSE_MS;
    for (let connections = 0; !signal.aborted;) {
      try {
        const { isLost } = await this.connect();
        if (connections++ > 0) this.ear.missed();
        pause = FIRST_PAUSE_MS;
        isTried();
        await isLost;
      } catch (error) {
        log.warn(
          { code: (error as Error).name, channel: this.channel },
          'the database cannot be listened to; it is tried again',
        );
      }
      isTried();
      await wait(pause, undefined, { signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Opens the connection. `isLost` settles when it is lost. */
  private async connect(): Promise<{ isLost: Promise<void> }> {
    const client = new Client({
      connectionString: this.connectionString,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    this.client = client;
    const isLost = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.on('error', () => resolve());
    });
    client.on('notification', ({ payload }) => this.ear.heard(payload ?? ''));
    await client.connect();
    await client.query(`LISTEN ${this.channel}`);
    return { isLost };
  }
}
