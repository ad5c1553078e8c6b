import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { deliver, happen } from './scheduler';
import { sandboxServer } from './server';
import { Store } from './store';

export interface SandboxSettings {
  readonly databaseUrl: string;
  readonly secret: string;
  readonly port: number;
  /** Where webhooks go, without the route: http://host:port/webhooks/rail. */
  readonly webhookUrl: string;
}

const TICK_MS = 200;

/** A running sandbox rail. */
export class Sandbox {
  private isStopping = false;
  private constructor(
    readonly http: FastifyInstance,
    private readonly store: Store,
    private readonly ticking: { loop?: Promise<void> },
  ) {}

  /** Starts the service and its calendar. */
  static async start(settings: SandboxSettings): Promise<Sandbox> {
    const store = new Store(settings.databaseUrl);
    const sandbox = new Sandbox(sandboxServer(store, settings.secret), store, {});
    await sandbox.http.listen({ port: settings.port, host: '127.0.0.1' });
    sandbox.ticking.loop = sandbox.tick(settings);
    return sandbox;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.ticking.loop;
    await this.http.close();
    await this.store.pool.end();
  }

  private async tick(settings: SandboxSettings): Promise<void> {
    while (!this.isStopping) {
      try {
        while ((await happen(this.store, false)) !== undefined);
        await deliver(this.store, settings.webhookUrl, settings.secret);
      } catch (error) {
        process.stderr.write(`The sandbox rail will try again: ${(error as Error).message}\n`);
      }
      await wait(TICK_MS);
    }
  }
}
