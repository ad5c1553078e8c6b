import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ReceiveEvent } from '../features/rail/use-cases/receive-event';
import { deliver, happen } from '../sandbox/scheduler';
import { sandboxServer } from '../sandbox/server';
import { Store } from '../sandbox/store';

type Route = Parameters<ReceiveEvent['run']>[0];

/** Where the sandbox rail keeps its books and is reached. */
export interface RailSettings {
  readonly databaseUrl: string;
  readonly secret: string;
  readonly port: number;
  /** The rail's clock is the history's. */
  readonly now: () => Date;
}

/**
 * The sandbox rail inside this process, reached over HTTP as ever; its calendar and its webhooks move when they are
 * told to, so that what happens at the rail happens at the instant at which the product's clock is held.
 */
export class RailWithin {
  private constructor(
    private readonly settings: RailSettings,
    private readonly store: Store,
    private readonly rail: FastifyInstance,
    private readonly hooks: Server,
  ) {}

  /** Opens the rail and the door for its webhooks. */
  static async open(settings: RailSettings, receive: ReceiveEvent): Promise<RailWithin> {
    const store = new Store(settings.databaseUrl, settings.now);
    const rail = sandboxServer(store, settings.secret);
    await rail.listen({ port: settings.port, host: '127.0.0.1' });
    const hooks = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const route = request.url?.split('/').pop() as Route;
        receive.run(route, Buffer.concat(parts), String(request.headers['stripe-signature'] ?? '')).then(
          () => response.writeHead(200).end(),
          () => response.writeHead(500).end(),
        );
      });
    });
    await new Promise<void>((listening) => hooks.listen(0, '127.0.0.1', listening));
    return new RailWithin(settings, store, rail, hooks);
  }

  /** Sets delays (seconds) or the next failure of a kind, as the sandbox's page does. */
  async set(path: 'delays' | 'failures', body: object): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.settings.port}/_sandbox/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer sk_test_${this.settings.secret}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the sandbox refused: ${await response.text()}`);
  }

  /** Lets everything happen that is due, and delivers every webhook. Returns true where something happened. */
  async settle(): Promise<boolean> {
    let moved = false;
    while ((await happen(this.store, false)) !== undefined) moved = true;
    const address = `http://127.0.0.1:${(this.hooks.address() as AddressInfo).port}/webhooks/rail`;
    for (;;) {
      const { rows } = await this.store.pool.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM sandbox.event WHERE delivered_at IS NULL',
      );
      if (rows[0]?.count === 0) return moved;
      moved = true;
      await deliver(this.store, address, this.settings.secret);
    }
  }

  async close(): Promise<void> {
    this.hooks.close();
    this.hooks.closeAllConnections();
    await this.rail.close();
    await this.store.pool.end();
  }
}
