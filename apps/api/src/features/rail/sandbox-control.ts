import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../../platform/config/config';
import { notFound, Refused } from '../../platform/errors/refused';

const State = z.object({
  due: z.array(z.object({ id: z.string(), what: z.string(), objectId: z.string(), dueAt: z.coerce.date() })),
  undeliveredEvents: z.number(),
  delays: z.record(z.string(), z.number()),
  fees: z.record(z.string(), z.number()),
  webhooks: z.record(z.string(), z.number()),
  rates: z.record(z.string(), z.number()),
  failures: z.record(z.string(), z.string()),
  objects: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      labId: z.string().nullable(),
      expertId: z.string().nullable(),
      status: z.string(),
      amountMinor: z.coerce.bigint().nullable(),
      currency: z.string().nullable(),
      createdAt: z.coerce.date(),
      actions: z.array(z.string()),
    }),
  ),
  events: z.array(
    z.object({
      id: z.string(),
      route: z.string(),
      type: z.string(),
      objectId: z.string(),
      createdAt: z.coerce.date(),
      deliveredAt: z.coerce.date().nullable(),
      attempts: z.number(),
      nextAt: z.coerce.date(),
    }),
  ),
  balances: z.array(
    z.object({ currency: z.string(), availableMinor: z.coerce.bigint(), pendingMinor: z.coerce.bigint() }),
  ),
});

/** Numbers of the sandbox that are set by their name. */
export const NUMBER_GROUPS = ['fees', 'webhooks', 'rates'] as const;
type NumberGroup = (typeof NUMBER_GROUPS)[number];

/** The token of a page of the sandbox, or its style sheet. */
const PAGE = /^([0-9a-f]{32}|page\.css)$/;

/** What a page of the sandbox answers. */
export interface SandboxAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** Where its visitor goes from there, at the product's own address where it leads here; null where they stay. */
  readonly goesTo: string | null;
}

/** The sandbox rail as staff steer it. Not there where Stripe is set. */
@Injectable()
export class SandboxControl {
  constructor(private readonly config: Config) {}

  /** What comes next, and how slow and faulty it is set to be. */
  async state(): Promise<z.infer<typeof State>> {
    return State.parse(await this.call('GET', '/_sandbox'));
  }

  /** Lets the next event happen now. Returns it, or null where nothing waits. */
  async advance(): Promise<string | null> {
    return z
      .object({ happened: z.string().nullable() })
      .parse(await this.call('POST', '/_sandbox/advance', {})).happened;
  }

  /** Sets delays in seconds. */
  async setDelays(delays: Record<string, number>): Promise<void> {
    await this.call('POST', '/_sandbox/delays', delays);
  }

  /** Sets fees, how unruly the messages are, or rates of exchange. */
  async setNumbers(group: NumberGroup, numbers: Record<string, number>): Promise<void> {
    await this.call('POST', `/_sandbox/${group}`, numbers);
  }

  /** Makes something happen to an object. */
  async act(action: string, objectId: string): Promise<void> {
    await this.call('POST', '/_sandbox/actions', { action, objectId });
  }

  /** Makes the next call of a kind fail. */
  async setFailure(kind: string, failure: string): Promise<void> {
    await this.call('POST', '/_sandbox/failures', { kind, failure });
  }

  /** A page of the sandbox as whoever has its address sees it, or saves what they typed there. Refuses with NOT_FOUND. */
  async page(method: 'GET' | 'POST', token: string, typed?: object): Promise<SandboxAnswer> {
    if (!PAGE.test(token)) throw notFound('page');
    const response = await this.fetch(`/_sandbox/onboarding/${token}`, { method, body: typed });
    const location = response.headers.get('location');
    const goesTo = location?.startsWith(this.config.publicUrl)
      ? location.slice(this.config.publicUrl.length)
      : location;
    const type = response.headers.get('content-type') ?? 'text/plain';
    return { status: response.status, type, text: await response.text(), goesTo };
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await this.fetch(path, { method, body });
    const answer = (await response.json()) as { error?: { message?: string; param?: string } };
    if (!response.ok)
      throw new Refused('INVALID_INPUT', answer.error?.message ?? 'The sandbox refused this.', {
        field: answer.error?.param,
      });
    return answer;
  }

  private async fetch(path: string, { method, body }: { method: string; body?: object }): Promise<Response> {
    if (this.config.get('STRIPE_SECRET_KEY')) throw notFound('page');
    return fetch(new URL(path, this.config.get('SANDBOX_URL')), {
      method,
      headers: {
        authorization: `Bearer sk_test_${this.config.get('SANDBOX_SECRET')}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(5000),
    }).catch(() => {
      throw new Refused(
        'SANDBOX_AWAY',
        'The sandbox rail does not answer. It comes back by itself; try again in a few seconds.',
      );
    });
  }
}
