import Stripe from 'stripe';
import { sandboxWorld, SECRET, type Answer, type SandboxWorld } from '../../test/sandbox-world';
import { CONTRACT } from './contract/contract';
import { DEFAULT_VERSION } from './door';
import type { Body } from './store';

const KEY = `sk_test_${SECRET}`;
const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

describe('how the sandbox wants to be called', () => {
  let world: SandboxWorld;
  let stripe: InstanceType<typeof Stripe>;
  beforeAll(async () => {
    world = await sandboxWorld();
    const { hostname: host, port } = world.url;
    stripe = new Stripe(KEY, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  }, 60_000);
  afterAll(() => world.stop());

  const create = (headers: Record<string, string> = {}, body = 'description=once') =>
    world.call('POST', '/v1/customers', body, headers);
  const refused = ({ status, body }: Answer) => ({ status, ...body.error });
  /** What Stripe's own SDK throws. */
  const thrown = async (call: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> => {
    try {
      await call;
    } catch (error) {
      if (error instanceof Stripe.errors.StripeError) return error;
      throw error;
    }
    throw new Error('it was taken');
  };

  it('takes a key as a bearer’s or by HTTP Basic, and no other', async () => {
    const withKey = (authorization: string) => world.call('GET', '/v1/balance', undefined, { authorization });
    expect((await withKey(`Bearer ${KEY}`)).status).toBe(200);
    expect((await withKey(basic(KEY))).status).toBe(200);
    for (const authorization of ['', 'Bearer', basic('')]) {
      const answer = await withKey(authorization);
      expect(refused(answer)).toMatchObject({ status: 401, type: 'invalid_request_error' });
      expect(answer.body.error!.message).toMatch(/^You did not provide an API key/);
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Stripe"');
    }
    const other = 'sk_test_of_somebody_else';
    for (const authorization of [`Bearer ${other}`, basic(other)])
      expect((await withKey(authorization)).body.error!.message).toBe(
        'Invalid API Key provided: sk_test_************else',
      );
    const { host, port } = { host: world.url.hostname, port: world.url.port };
    const stranger = new Stripe(other, { host, port, protocol: 'http', maxNetworkRetries: 0 });
    expect(await thrown(stranger.balance.retrieve())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  });

  it('says in which version it answers and under which id, and refuses a version that never was', async () => {
    const version = async (wanted?: string) => {
      const headers = { authorization: `Bearer ${KEY}`, ...(wanted && { 'stripe-version': wanted }) };
      const response = await fetch(new URL('/v1/balance', world.url), { headers });
      return [response.status, response.headers.get('stripe-version')];
    };
    expect(await version()).toEqual([200, DEFAULT_VERSION]);
    expect(await version(CONTRACT.apiVersion)).toEqual([200, CONTRACT.apiVersion]);
    expect(await version('2019-12-03')).toEqual([200, '2019-12-03']);
    for (const wanted of ['2026-10-29.endive', '2019-2-19', '2019-12-03, 2019-12-03']) {
      const answer = await world.call('GET', '/v1/balance', undefined, { 'stripe-version': wanted });
      expect([refused(answer), answer.headers.get('stripe-version')]).toEqual([
        {
          ...{ status: 400, type: 'invalid_request_error' },
          message: `Invalid Stripe API version: ${wanted}`,
        },
        null,
      ]);
    }
    const { lastResponse } = await stripe.balance.retrieve();
    expect([lastResponse.apiVersion, lastResponse.requestId]).toEqual([
      CONTRACT.apiVersion,
      expect.stringMatching(/^req_\w{14}$/),
    ]);
    const { requestId } = await thrown(stripe.balance.retrieve({}, { apiVersion: '2026-10-29.endive' }));
    expect(requestId).toMatch(/^req_/);
  });

  it('takes forms on /v1 and JSON on /v2, whatever the body says', async () => {
    const as = (at: string, body: string, type: string) =>
      world.call('POST', at, body, { 'content-type': type });
    const [json, form] = ['application/json', 'application/x-www-form-urlencoded'];
    for (const type of [json, `${json}; charset=utf-8`, 'text/plain'])
      expect(refused(await as('/v1/customers', '{"description":"x"}', type))).toEqual({
        ...{ status: 400, type: 'invalid_request_error' },
        message: expect.stringContaining(`check that your POST content type is ${form}`),
      });
    const account = { contact_email: 'a@example.org', display_name: 'A' };
    const written = new URLSearchParams(account).toString();
    expect(refused(await as('/v2/core/accounts', written, form))).toMatchObject({
      ...{ status: 400, type: 'invalid_request_error' },
      message: expect.stringContaining(`check that your POST content type is ${json}`),
    });
    expect((await as('/v2/core/accounts', JSON.stringify(account), json)).status).toBe(200);
    expect(refused(await as('/v2/core/accounts', '{', json))).toMatchObject({
      ...{ status: 400, type: 'invalid_request_error' },
    });
    expect(refused(await world.call('GET', '/v1/nothing?x=1'))).toMatchObject({
      ...{ status: 404, message: expect.stringContaining('(GET: /v1/nothing)') },
    });
  });

  it('names a currency that does not exist, and what a parameter names that is not there', async () => {
    const { id: customer } = (await create()).body;
    const unknown = { status: 400, type: 'invalid_request_error', param: 'currency' };
    for (const [at, rest] of [
      ['payment_intents', 'amount=500'],
      ['transfers', 'amount=500&destination=acct_x'],
      ['payouts', 'amount=500'],
      ['invoiceitems', `amount=500&customer=${String(customer)}`],
      [
        `customers/${String(customer)}/funding_instructions`,
        'funding_type=bank_transfer&bank_transfer[type]=us_bank_transfer',
      ],
    ] as const)
      expect([at, refused(await world.call('POST', `/v1/${at}`, `${rest}&currency=usx`))]).toEqual([
        at,
        { ...unknown, message: expect.stringMatching(/^Invalid currency: usx\. .* usd, aed, /) },
      ]);
    expect(refused(await world.call('GET', '/v1/balance_transactions?currency=usx'))).toMatchObject(unknown);
    const paid = await stripe.paymentIntents.create({ amount: 500, currency: 'USD' });
    expect(paid.currency).toBe('usd');
    const missing = await thrown(
      stripe.transfers.create({ amount: 500, currency: 'usd', destination: 'acct_x' }),
    );
    expect(missing).toMatchObject({
      ...{ statusCode: 400, code: 'resource_missing', param: 'destination' },
      ...{ message: "No such destination: 'acct_x'", doc_url: expect.stringMatching(/resource-missing$/) },
    });
    expect(
      await thrown(stripe.paymentIntents.create({ amount: 500, currency: 'usd', customer: 'cus_x' })),
    ).toMatchObject({
      ...{ statusCode: 400, code: 'resource_missing', param: 'customer' },
      message: "No such customer: 'cus_x'",
    });
    expect(await thrown(stripe.paymentIntents.retrieve('pi_x'))).toMatchObject({
      ...{ statusCode: 404, code: 'resource_missing', param: 'intent' },
      message: "No such payment_intent: 'pi_x'",
    });
    const stripeAccount = 'acct_of_nobody';
    expect(await thrown(stripe.payouts.list({}, { stripeAccount }))).toMatchObject({
      ...{ type: 'StripePermissionError', statusCode: 403, code: 'account_invalid' },
    });
  });

  describe('for a part of a list', () => {
    let made: string[];
    const ids = (list: { data: readonly { id: string }[] }) => list.data.map(({ id }) => id);
    const list = (query: string) => world.call('GET', `/v1/payment_intents?${query}`);
    beforeAll(async () => {
      made = [];
      for (const amount of [501, 502, 503, 504, 505]) {
        world.wait(1);
        made.unshift((await stripe.paymentIntents.create({ amount, currency: 'usd' })).id);
      }
    });

    it('goes through it from both ends', async () => {
      const all = ids(await stripe.paymentIntents.list({ limit: 100 }));
      expect(all.slice(0, 5)).toEqual(made);
      const part = async (cursor: object) => {
        const found = await stripe.paymentIntents.list({ limit: 2, ...cursor });
        return [ids(found), found.has_more];
      };
      expect(await part({})).toEqual([made.slice(0, 2), true]);
      expect(await part({ starting_after: made[1] })).toEqual([made.slice(2, 4), true]);
      expect(await part({ ending_before: made[4] })).toEqual([made.slice(2, 4), true]);
      expect(await part({ ending_before: made[2] })).toEqual([made.slice(0, 2), false]);
      expect(await part({ ending_before: made[0] })).toEqual([[], false]);
      const walked: string[] = [];
      for await (const { id } of stripe.paymentIntents.list({ limit: 2 })) walked.push(id);
      expect(walked).toEqual(all);
      const events = await stripe.events.list({ limit: 3, type: 'payment_intent.created' });
      const [newest, next, third] = ids(events);
      const before = await stripe.events.list({
        ...{ limit: 2, type: 'payment_intent.created', ending_before: third },
      });
      expect(ids(before)).toEqual([newest, next]);
    });

    it('refuses a limit outside of 1 to 100, a cursor that is not there, and two cursors', async () => {
      for (const limit of ['0', '-1', '101', 'many', '1.5'])
        for (const at of ['payment_intents', 'events'])
          expect([at, limit, refused(await world.call('GET', `/v1/${at}?limit=${limit}`))]).toEqual([
            ...[at, limit],
            expect.objectContaining({
              ...{ status: 400, type: 'invalid_request_error' },
              ...{ code: 'parameter_invalid_integer', param: 'limit' },
            }),
          ]);
      expect((await list('limit=100')).status).toBe(200);
      const { id: customer } = (await create()).body;
      for (const param of ['starting_after', 'ending_before'])
        for (const id of ['pi_x', String(customer)])
          expect(refused(await list(`${param}=${id}`))).toMatchObject({
            ...{ status: 400, code: 'resource_missing', param },
            message: `No such payment_intent: '${id}'`,
          });
      expect(refused(await world.call('GET', '/v1/events?starting_after=evt_x'))).toMatchObject({
        ...{ status: 400, code: 'resource_missing', param: 'starting_after' },
      });
      expect(refused(await list(`starting_after=${made[0]}&ending_before=${made[1]}`))).toMatchObject({
        ...{ status: 400, type: 'invalid_request_error', code: 'parameters_exclusive' },
        message: 'You may only specify one of these parameters: ending_before, starting_after.',
      });
    });
  });

  describe('with keys', () => {
    const withKey = (key: string, body?: string) => create({ 'idempotency-key': key }, body);

    it('does a call once when it comes fifty times at once; what waits is told so, and then gets the same answer', async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => withKey('fifty')));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
      expect(refused(answers.find(({ status }) => status === 409)!)).toMatchObject({
        ...{ type: 'idempotency_error', code: 'idempotency_key_in_use' },
      });
      const done = answers.filter(({ status }) => status === 200).map(({ body }) => body.id);
      expect(new Set(done).size).toBe(1);
      expect((await withKey('fifty')).body.id).toBe(done[0]);
    });

    it('says so where it gives a first answer again, a failure too', async () => {
      const told = ({ status, headers }: Answer) => [
        status,
        ...['idempotency-key', 'idempotent-replayed'].map((name) => headers.get(name)),
      ];
      expect(told(await withKey('told'))).toEqual([200, 'told', null]);
      expect(told(await withKey('told'))).toEqual([200, 'told', 'true']);
      const failed = () =>
        world.call('POST', '/v1/payouts', 'amount=99999999&currency=usd', { 'idempotency-key': 'failed' });
      expect(told(await failed())).toEqual([400, 'failed', null]);
      expect(told(await failed())).toEqual([400, 'failed', 'true']);
      expect(told(await create())).toEqual([200, null, null]);
    });

    it('refuses a key for another call, one that is too long, and forgets one that was not understood', async () => {
      await withKey('other');
      expect(refused(await withKey('other', 'description=twice'))).toEqual({
        ...{ status: 400, type: 'idempotency_error' },
        message:
          "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'other' if you meant to execute a different request.",
      });
      const body = { description: 'twice' };
      expect(await thrown(stripe.customers.create(body, { idempotencyKey: 'other' }))).toBeInstanceOf(
        Stripe.errors.StripeIdempotencyError,
      );
      expect((await withKey('x'.repeat(255))).status).toBe(200);
      for (const length of [0, 256])
        expect(refused(await withKey('x'.repeat(length)))).toMatchObject({
          ...{ status: 400, type: 'invalid_request_error' },
          message: expect.stringContaining(`Idempotent key length is ${length}`),
        });
      expect((await withKey('unread', 'descripton=x')).status).toBe(400);
      expect((await withKey('unread')).status).toBe(200);
    });

    it('takes a key as new after a day', async () => {
      const first = (await withKey('daily')).body.id;
      world.wait(23 * 3600);
      expect((await withKey('daily')).body.id).toBe(first);
      world.wait(2 * 3600);
      expect((await withKey('daily')).body.id).not.toBe(first);
    });
  });

  describe('with payments that do not come about', () => {
    const pay = (more: string) =>
      world.call('POST', '/v1/payment_intents', `amount=700&currency=usd&${more}`);
    const told = async (type: string, objectId: string) =>
      (
        await world.store.pool.query(
          `SELECT delivered_at IS NULL AS waits FROM sandbox.event WHERE body->>'type' = $1 AND body->'data'->'object'->>'id' = $2`,
          [type, objectId],
        )
      ).rows;

    it('declines a card as a card’s error, and leaves a failed charge and a payment that waits for another card', async () => {
      for (const method of ['pm_card_chargeDeclined', 'pm_card_visa_chargeDeclined']) {
        const { status, body } = await pay(`confirm=true&payment_method=${method}`);
        const { charge: chargeId, payment_intent, ...error } = body.error as Body & { charge: string };
        expect([status, error]).toEqual([
          402,
          {
            ...{ type: 'card_error', code: 'card_declined', decline_code: 'generic_decline' },
            message: 'Your card was declined.',
            doc_url: 'https://stripe.com/docs/error-codes/card-declined',
          },
        ]);
        const { id } = payment_intent as { id: string };
        const payment = (await world.call('GET', `/v1/payment_intents/${id}`)).body;
        expect(payment).toEqual(payment_intent);
        expect(payment).toMatchObject({
          ...{ status: 'requires_payment_method', amount_received: 0, latest_charge: chargeId },
          last_payment_error: { type: 'card_error', code: 'card_declined', charge: chargeId },
        });
        expect((await world.call('GET', `/v1/charges/${chargeId}`)).body).toMatchObject({
          ...{ status: 'failed', paid: false, amount_captured: 0, balance_transaction: null },
          ...{ failure_code: 'card_declined', failure_message: 'Your card was declined.' },
          outcome: { type: 'issuer_declined', network_status: 'declined_by_network' },
        });
        expect(await told('charge.failed', chargeId)).toEqual([{ waits: true }]);
        expect(await told('payment_intent.payment_failed', id)).toEqual([{ waits: true }]);
      }
      const asked = { amount: 700, currency: 'usd', confirm: true, payment_method: 'pm_card_chargeDeclined' };
      expect(await thrown(stripe.paymentIntents.create(asked))).toBeInstanceOf(Stripe.errors.StripeCardError);
    });

    it('calls off a payment that has not arrived, once, and none that has', async () => {
      const cancel = (id: unknown, body = '') =>
        world.call('POST', `/v1/payment_intents/${String(id)}/cancel`, body);
      const { id } = (await pay('')).body;
      const { status, body } = await cancel(id, 'cancellation_reason=abandoned');
      expect([status, body.status, body.cancellation_reason]).toEqual([200, 'canceled', 'abandoned']);
      expect(body.canceled_at).toEqual(expect.any(Number));
      expect(await told('payment_intent.canceled', String(id))).toEqual([{ waits: true }]);
      const paid = (await pay('confirm=true&payment_method=pm_card_visa')).body;
      for (const [each, state] of [
        [id, 'canceled'],
        [paid.id, 'succeeded'],
      ])
        expect(refused(await cancel(each))).toMatchObject({
          ...{ status: 400, type: 'invalid_request_error', code: 'payment_intent_unexpected_state' },
          message: expect.stringContaining(`because it has a status of ${String(state)}.`),
          payment_intent: { id: each, status: state },
        });
      expect(refused(await cancel('pi_none'))).toMatchObject({ status: 404, code: 'resource_missing' });
      expect(refused(await cancel(id, 'cancellation_reason=bored'))).toMatchObject({ status: 400 });
    });
  });

  it('answered throughout as the types of the SDK say', () => {
    expect(world.wrong).toEqual([]);
    const headers: Body = Object.fromEntries(world.checked);
    expect(Number(headers['POST /v1/customers'])).toBeGreaterThan(10);
  });
});
