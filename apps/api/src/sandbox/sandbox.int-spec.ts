import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Stripe from 'stripe';
import { railContract, value } from '../../test/rail-contract';
import { sandboxWorld, SECRET, stripeCli, stripeFixtures, type SandboxWorld } from '../../test/sandbox-world';
import { StripePaymentRail } from '../features/rail/adapter/stripe-payment-rail';
import { CONTRACT } from './contract/contract';
import type { Body } from './store';

const webhookSecrets = { platform: [SECRET], connect: [SECRET], v2: [SECRET] };

describe('the sandbox', () => {
  let world: SandboxWorld;
  let rail: StripePaymentRail;
  let customerId: string;
  let recipientId: string;
  let count = 0;
  let door: Server | undefined;
  let abroad: Promise<string> | undefined;
  const run = Date.now().toString(36);
  beforeAll(async () => {
    world = await sandboxWorld();
    rail = new StripePaymentRail({ apiKey: `sk_test_${SECRET}`, host: world.url, webhookSecrets });
    await world.control('delays', { payment: 3600, payout: 3600 });
  }, 60_000);
  afterAll(async () => {
    door?.close();
    door?.closeAllConnections();
    await world.stop();
  });

  const next = (what: string) => `${what}-${run}-${(count += 1)}`;
  /** A payment that has arrived. Returns its id. */
  const arrived = async (amountMinor: bigint): Promise<string> => {
    const asked = { amountMinor, currency: 'USD', fundingId: next('f'), labId: 'lab', customerId };
    const { id } = value(await rail.createPayment(asked, next('key')));
    await world.call(
      'POST',
      `/v1/test_helpers/customers/${customerId}/fund_cash_balance`,
      `amount=${amountMinor}&currency=usd`,
    );
    return id;
  };
  const sent = async (amountMinor: bigint) => {
    const payoutId = next('p');
    const asked = { amountMinor, currency: 'USD', recipientId, payoutId };
    return value(await rail.transfer(asked, payoutId));
  };
  /** An active recipient of a country whose account settles in a currency, and that pays nothing out by itself. Returns its id. */
  const recipientIn = async (country: string, currency: string): Promise<string> => {
    const person = { expertId: next('e'), email: 'e@example.org', name: 'E', country, currency };
    const { id } = value(await rail.createRecipient(person, next('key')));
    await act('activate', id);
    value(await rail.sendNothingByItself(id, next('key')));
    return id;
  };
  /** Has the rail pay the recipient out by itself every day, as it does where nobody says otherwise. */
  const daily = () =>
    world.call('POST', '/v1/balance_settings', 'payments[payouts][schedule][interval]=daily', {
      'stripe-account': recipientId,
    });
  const payouts = async () =>
    (await world.store.pool.query(`SELECT count(*)::int AS n FROM sandbox.object WHERE kind = 'payout'`))
      .rows[0].n as number;
  const usd = async () => value(await rail.balances()).find(({ currency }) => currency === 'USD')!;
  const act = async (action: string, objectId: string) => {
    const { status, body } = await world.control('actions', { action, objectId });
    expect([status, body.error?.message]).toEqual([200, undefined]);
  };
  const newest = async (kind: string): Promise<Body> =>
    (
      await world.store.pool.query(
        'SELECT body FROM sandbox.object WHERE kind = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
        [kind],
      )
    ).rows[0].body;

  describe('behind the port', () => {
    railContract(
      () => ({
        rail,
        run,
        fund: async (id, amountMinor, currency) => {
          customerId = id;
          const form = `amount=${amountMinor}&currency=${currency.toLowerCase()}`;
          await world.call('POST', `/v1/test_helpers/customers/${id}/fund_cash_balance`, form);
        },
        onboard: async (id) => {
          recipientId = id;
          await act('activate', id);
        },
        recipientAbroad: () => (abroad ??= recipientIn('DE', 'EUR')),
      }),
      { canBePaid: true, exchanges: true },
    );
  });

  describe('with keys', () => {
    it('gives a failure again that it has kept; the money went once, and is found by its payout', async () => {
      await arrived(90_000n);
      const { availableMinor } = await usd();
      await world.control('failures', { kind: 'POST /v1/transfers kept', failure: 'error' });
      const body = `amount=4000&currency=usd&destination=${recipientId}&transfer_group=payout_kept&metadata[payout_id]=kept`;
      const send = () => world.call('POST', '/v1/transfers', body, { 'idempotency-key': 'kept' });
      expect([(await send()).status, (await send()).status]).toEqual([500, 500]);
      expect((await usd()).availableMinor).toBe(availableMinor - 4_000n);
      expect(value(await rail.findTransfer('kept'))).toMatchObject({ amountMinor: 4_000n });
    });

    it('lets the adapter find out what was done where the answer says nothing', async () => {
      await world.control('failures', { kind: 'POST /v1/transfers kept', failure: 'error' });
      const before = (await usd()).availableMinor;
      await sent(3_000n);
      expect((await usd()).availableMinor).toBe(before - 3_000n);
    });
  });

  describe('with money', () => {
    it('keeps money that is not available yet apart, with the rail’s fee, until its time', async () => {
      await world.control('delays', { funds: 600 });
      await world.control('fees', { payment_ppm: 8_000, payment_fixed: 30 });
      const before = await usd();
      await world.control('delays', { payment: 0 });
      const asked = {
        amountMinor: 100_000n,
        currency: 'USD',
        fundingId: next('f'),
        labId: 'lab',
        customerId,
      };
      const { id } = value(await rail.createPayment(asked, next('key')));
      await world.settle();
      expect(value(await rail.retrievePayment(id)).movement).toMatchObject({
        ...{ amountMinor: 100_000n, feeMinor: 830n, netMinor: 99_170n },
        isAvailable: false,
      });
      expect(await usd()).toEqual({ ...before, pendingMinor: before.pendingMinor + 99_170n });
      world.wait(601);
      await world.settle();
      expect(await usd()).toEqual({ ...before, availableMinor: before.availableMinor + 99_170n });
      expect(value(await rail.retrievePayment(id)).movement!.isAvailable).toBe(true);
      expect(await world.events('balance.available')).not.toHaveLength(0);
      await world.control('delays', { funds: 0, payment: 3600 });
      await world.control('fees', { payment_ppm: 0, payment_fixed: 0 });
    });

    it('takes a dispute’s money and its fee, and gives the money back where it is won', async () => {
      await world.control('fees', { dispute: 1_500 });
      const paymentId = await arrived(20_000n);
      const before = (await usd()).availableMinor;
      await act('dispute', paymentId);
      const { id } = (await newest('dispute')) as { id: string };
      const open = value(await rail.retrieveDispute(id));
      expect(open).toMatchObject({ state: 'OPEN', paymentId, amountMinor: 20_000n });
      expect(open.movements.map(({ netMinor }) => netMinor)).toEqual([-21_500n]);
      expect((await usd()).availableMinor).toBe(before - 21_500n);
      const again = { paymentId, amountMinor: 20_000n, currency: 'USD' };
      const refund = async () => rail.refund({ ...again, refundId: next('r') }, next('key'));
      expect(await refund()).toMatchObject({ kind: 'refused', code: 'charge_disputed' });
      await act('win_dispute', id);
      expect(value(await rail.retrieveDispute(id))).toMatchObject({ state: 'WON' });
      expect((await usd()).availableMinor).toBe(before - 1_500n);
      expect((await world.control('actions', { action: 'lose_dispute', objectId: id })).status).toBe(400);
      const told = ['created', 'funds_withdrawn', 'funds_reinstated', 'closed'];
      for (const each of told) expect(await world.events(`charge.dispute.${each}`)).not.toHaveLength(0);
      await world.control('fees', { dispute: 0 });
    });

    it('lets a refund wait for details, and takes one that failed back', async () => {
      const paymentId = await arrived(5_000n);
      const refund = async () => {
        const asked = { paymentId, amountMinor: 2_000n, currency: 'USD', refundId: next('r') };
        return value(await rail.refund(asked, next('key')));
      };
      await world.control('failures', { kind: 'refund', failure: 'needs_details' });
      const waiting = await refund();
      expect(waiting.state).toBe('NEEDS_DETAILS');
      await act('complete_refund', waiting.id);
      expect(value(await rail.retrieveRefund(waiting.id)).state).toBe('SUCCEEDED');
      const before = (await usd()).availableMinor;
      await world.control('failures', { kind: 'refund', failure: 'fails' });
      const failing = await refund();
      expect((await usd()).availableMinor).toBe(before - 2_000n);
      await world.settle();
      expect(value(await rail.retrieveRefund(failing.id))).toMatchObject({
        state: 'FAILED',
        failureReason: 'declined',
        returnedMovementId: expect.stringMatching(/^txn_/),
      });
      expect((await usd()).availableMinor).toBe(before);
    });

    it('pays a connected account out by itself, unless it is told not to; then only what is asked for', async () => {
      await daily();
      const before = await payouts();
      await sent(900n);
      expect(await payouts()).toBe(before + 1);
      value(await rail.sendNothingByItself(recipientId, next('key')));
      const { id: transferId } = await sent(1_100n);
      expect(await payouts()).toBe(before + 1);
      const bankId = value(await rail.bankOf(recipientId, 'USD')) ?? '';
      const sending = { payoutId: next('p'), attempt: 1, transferId, recipientId, bankId };
      const payout = value(await rail.sendToBank(sending, next('key')));
      expect(value(await rail.retrievePayout(payout.id, recipientId))).toMatchObject({
        ...{ payoutId: sending.payoutId, amountMinor: 1_100n, feeMinor: 0n, bankId, exchangeRate: null },
        state: 'IN_TRANSIT',
      });
    });

    it('finds a sending whose answer was lost: done once, by the same key or by what is written on it', async () => {
      const { id: transferId } = await sent(1_700n);
      const bankId = value(await rail.bankOf(recipientId, 'USD')) ?? '';
      for (const failure of ['error', 'cut']) {
        const sending = { payoutId: next('p'), attempt: 1, transferId, recipientId, bankId };
        await sent(1_700n);
        await world.control('failures', { kind: 'POST /v1/payouts after', failure });
        const key = next('key');
        const first = value(await rail.sendToBank(sending, key));
        expect(value(await rail.findSentToBank(sending))?.id).toBe(first.id);
      }
    });

    it('brings a payout back after it was paid, pays no more into a broken bank account, and again into another', async () => {
      await world.control('delays', { payout: 0 });
      await daily();
      world.wait(1);
      await sent(1_500n);
      const payout = (await newest('payout')) as { id: string };
      await world.settle();
      expect(value(await rail.retrievePayout(payout.id, recipientId)).state).toBe('PAID');
      await act('fail_payout', payout.id);
      expect(value(await rail.retrievePayout(payout.id, recipientId))).toMatchObject({
        state: 'FAILED',
        failureReason: 'The bank account has been closed.',
      });
      await sent(500n);
      expect((await newest('payout')).id).toBe(payout.id);
      world.wait(1);
      await act('change_bank', recipientId);
      expect(await newest('payout')).toMatchObject({ amount: 2_000, automatic: true });
      await world.control('delays', { payout: 3600 });
    });

    it('takes a transfer back only as far as the account still has it', async () => {
      value(await rail.sendNothingByItself(recipientId, next('key')));
      const { id } = await sent(2_500n);
      const reverse = async (amountMinor: bigint) =>
        rail.reverseTransfer(
          { transferId: id, amountMinor, currency: 'USD', reversalId: next('v') },
          next('k'),
        );
      expect(await reverse(2_600n)).toMatchObject({ kind: 'refused' });
      value(await reverse(1_000n));
      await daily();
      expect(await reverse(1_500n)).toMatchObject({ kind: 'refused', code: 'balance_insufficient' });
    });
  });

  describe('with accounts in other currencies', () => {
    const balanceOf = async (account: string) =>
      (await world.call('GET', '/v1/balance', undefined, { 'stripe-account': account })).body.available;
    /** Sends dollars to a recipient. Returns the transfer, and the balance transaction of what arrived. */
    const sentTo = async (account: string, amountMinor: bigint) => {
      const asked = { amountMinor, currency: 'USD', recipientId: account, payoutId: next('p') };
      const { id } = value(await rail.transfer(asked, next('key')));
      const at = `/v1/transfers/${id}?expand[]=destination_payment.balance_transaction&expand[]=balance_transaction`;
      const { body } = await world.call('GET', at);
      const payment = body.destination_payment as Body;
      return { id, body, payment, arrived: payment.balance_transaction as Body };
    };
    const arrivedIn = async (country: string, currency: string, amountMinor: bigint) => {
      const account = await recipientIn(country, currency);
      const { arrived } = await sentTo(account, amountMinor);
      return [arrived.amount, arrived.currency, arrived.exchange_rate];
    };

    it('exchanges on the way: the platform pays in its own, the account has its own, and the payment says the rate', async () => {
      await arrived(90_000n);
      const before = (await usd()).availableMinor;
      const account = await recipientIn('DE', 'EUR');
      const { body, payment, arrived: came } = await sentTo(account, 10_001n);
      expect((await usd()).availableMinor).toBe(before - 10_001n);
      expect(body.balance_transaction).toMatchObject({
        ...{ amount: -10_001, currency: 'usd', exchange_rate: null },
      });
      expect(payment).toMatchObject({ amount: 10_001, currency: 'usd' });
      expect(came).toMatchObject({ amount: 9_201, net: 9_201, currency: 'eur', exchange_rate: 0.92 });
      expect(await balanceOf(account)).toEqual([{ amount: 9_201, currency: 'eur', source_types: {} }]);
    });

    it('counts in the units of each currency: yen have no cents, crowns are moved whole, dinars in tens of fils', async () => {
      expect(await arrivedIn('JP', 'JPY', 1_001n)).toEqual([1_504, 'jpy', 1.5025]);
      expect(await arrivedIn('IS', 'ISK', 1_001n)).toEqual([138_600, 'isk', 138.5]);
      expect(await arrivedIn('KW', 'KWD', 1_001n)).toEqual([3_070, 'kwd', 3.07]);
      expect(await arrivedIn('US', 'USD', 1_001n)).toEqual([1_001, 'usd', null]);
    });

    it('brings back what a bank returns as it was sent there, and sends it again as that', async () => {
      const account = await recipientIn('DE', 'EUR');
      const { id: transferId } = await sentTo(account, 5_000n);
      const bankId = value(await rail.bankOf(account, 'EUR')) ?? '';
      const sending = { payoutId: next('p'), attempt: 1, transferId, recipientId: account, bankId };
      const { id } = value(await rail.sendToBank(sending, next('key')));
      expect(await balanceOf(account)).toMatchObject([{ amount: 0, currency: 'eur' }]);
      await world.control('rates', { eur: 500_000 });
      await act('fail_payout', id);
      expect(await balanceOf(account)).toMatchObject([{ amount: 4_600, currency: 'eur' }]);
      await act('change_bank', account);
      const other = value(await rail.bankOf(account, 'EUR')) ?? '';
      const again = { ...sending, attempt: 2, bankId: other };
      expect(value(await rail.sendToBank(again, next('key')))).toMatchObject({
        ...{ amountMinor: 4_600n, currency: 'EUR' },
      });
      await world.control('rates', { eur: 920_000 });
    });

    it('takes a transfer back at the rate at which it came, to the smallest unit, whatever the rate is by then', async () => {
      const account = await recipientIn('JP', 'JPY');
      const before = (await usd()).availableMinor;
      const { id: transferId, arrived: came } = await sentTo(account, 9_999n);
      await world.control('rates', { jpy: 90_000_000 });
      for (const amountMinor of [3_333n, 1n, 6_665n]) {
        const part = { transferId, amountMinor, currency: 'USD', reversalId: next('v') };
        value(await rail.reverseTransfer(part, next('key')));
      }
      const { rows } = await world.store.pool.query(
        `SELECT DISTINCT body->>'currency' AS currency, body->>'exchange_rate' AS rate FROM sandbox.object
         WHERE kind = 'balance_transaction' AND account = $1`,
        [account],
      );
      expect(rows).toEqual([{ currency: 'jpy', rate: '1.5025' }]);
      expect(came).toMatchObject({ amount: 15_023, currency: 'jpy' });
      expect(await balanceOf(account)).toMatchObject([{ amount: 0, currency: 'jpy' }]);
      expect((await usd()).availableMinor).toBe(before);
      await world.control('rates', { jpy: 150_250_000 });
    });

    it('refuses what it has no rate for, and what would arrive as nothing; nothing has moved then', async () => {
      const account = await recipientIn('GB', 'GBP');
      const before = (await usd()).availableMinor;
      const send = async () =>
        rail.transfer(
          { amountMinor: 10n, currency: 'USD', recipientId: account, payoutId: next('p') },
          next('key'),
        );
      await world.control('rates', { gbp: 0 });
      expect(await send()).toMatchObject({ kind: 'refused', code: 'StripeInvalidRequestError' });
      await world.control('rates', { gbp: 1 });
      expect(await send()).toMatchObject({ kind: 'refused', code: 'amount_too_small' });
      expect([(await usd()).availableMinor, await balanceOf(account)]).toEqual([before, []]);
      for (const bad of [{ usd: 2_000_000 }, { gbp: -1 }, { gbp: 0.79 }])
        expect((await world.control('rates', bad)).status).toBe(400);
      await world.control('rates', { gbp: 790_000 });
      expect(await send()).toMatchObject({ kind: 'done' });
    });
  });

  describe('with accounts', () => {
    it('asks for more until somebody fills it in on its page, once and in time', async () => {
      await world.control('failures', { kind: 'account', failure: 'asks_for_more' });
      const person = { expertId: 'e', email: 'e@example.org', name: 'E', country: 'US', currency: 'USD' };
      const { id, isActive, asksFor } = value(await rail.createRecipient(person, next('key')));
      expect([isActive, asksFor.length]).toEqual([false, 1]);
      await world.settle();
      expect(value(await rail.retrieveRecipient(id)).isActive).toBe(false);
      const asked = { amountMinor: 100n, currency: 'USD', recipientId: id, payoutId: next('p') };
      expect(await rail.transfer(asked, next('key'))).toMatchObject({
        code: 'insufficient_capabilities_for_transfer',
      });
      const pages = { returnUrl: 'https://example.org/back', refreshUrl: 'https://example.org/again' };
      const link = async () =>
        value(await rail.onboardingLink({ recipientId: id, ...pages }, next('key'))).url;
      const visit = async (url: string, typed?: Record<string, string>) => {
        const sent = typed && { method: 'POST', body: new URLSearchParams(typed) };
        const response = await fetch(url, { ...sent, redirect: 'manual' });
        return [response.status, response.headers.get('location')];
      };
      const typed = { currency: 'eur', number: '0001 2345 6789' };
      const late = await link();
      world.wait(301);
      expect(await visit(late, typed)).toEqual([303, pages.refreshUrl]);
      const url = await link();
      expect(await visit(url)).toEqual([200, null]);
      expect(await visit(url, { currency: 'xyz', number: '' })).toEqual([400, null]);
      expect(await visit(url, typed)).toEqual([303, pages.returnUrl]);
      expect(await visit(url, typed)).toEqual([303, pages.refreshUrl]);
      expect(value(await rail.retrieveRecipient(id))).toEqual({
        ...{ id, isActive: true, asksFor: [] },
        currency: 'EUR',
      });
      expect((await newest('account')).bank).toMatchObject({ last4: '6789', status: 'ok' });
      expect(JSON.stringify(await newest('account'))).not.toContain('0123');
      await act('ask_for_more', id);
      expect(value(await rail.retrieveRecipient(id)).isActive).toBe(false);
      expect(await world.events('v2.core.account[requirements].updated')).toHaveLength(1);
    });
  });

  describe('with webhooks', () => {
    it('signs what it sends, sends what was not taken again, and some of it twice and out of order', async () => {
      const got: { id: string; isSigned: boolean }[] = [];
      const stripe = new Stripe('sk_test_none');
      let isTaken = false;
      door = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          const raw = Buffer.concat(parts);
          const header = String(request.headers['stripe-signature']);
          const isSigned =
            request.url?.endsWith('/v2') || Boolean(stripe.webhooks.constructEvent(raw, header, SECRET));
          got.push({ id: JSON.parse(raw.toString()).id, isSigned: Boolean(isSigned) });
          response.writeHead(isTaken ? 200 : 500).end();
        });
      });
      await new Promise<void>((listening) => door?.listen(0, '127.0.0.1', listening));
      const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/webhooks/rail`;
      await world.store.pool.query('UPDATE sandbox.event SET delivered_at = now()');
      await arrived(1_000n);
      await arrived(2_000n);
      await world.deliver(url);
      const first = got.length;
      expect(first).toBeGreaterThanOrEqual(4);
      isTaken = true;
      await world.deliver(url);
      expect(got).toHaveLength(first);
      world.wait(10);
      await world.control('webhooks', { duplicates: 100, shuffle: 1 });
      await world.deliver(url);
      expect(got).toHaveLength(first * 3);
      expect(got.every(({ isSigned }) => isSigned)).toBe(true);
      await world.control('webhooks', { duplicates: 0, shuffle: 0 });
    });

    it('lists what happened, by type and instant, also what nobody is subscribed to', async () => {
      const { body } = await world.call('GET', '/v1/events?type=charge.succeeded&limit=2');
      expect((body.data as Body[]).map(({ type }) => type)).toEqual(['charge.succeeded', 'charge.succeeded']);
      expect(body.has_more).toBe(true);
      const [event] = body.data as Body[];
      expect((await world.call('GET', `/v1/events/${String(event!.id)}`)).body).toEqual(event);
    });
  });

  describe('with Stripe’s own client', () => {
    const TRIGGERS = [
      'payment_intent.succeeded',
      'payment_intent.payment_failed',
      'payment_intent.canceled',
      'charge.failed',
      'charge.succeeded',
      'charge.refunded',
      'balance.available',
      'transfer.created',
      'payout.created',
      'payout.updated',
      'charge.dispute.created',
      'charge.dispute.closed',
      'customer.created',
      'customer_cash_balance_transaction.created',
      'account.updated',
      'invoice.finalized',
      'invoice.paid',
    ];
    const file = stripeCli();
    const trigger = (name: string) =>
      new Promise<string>((ended) => {
        const client = spawn(file ?? '', ['trigger', name, '--api-base', world.url.origin], {
          env: {
            HOME: mkdtempSync(path.join(tmpdir(), 'stripe-cli-')),
            STRIPE_API_KEY: `sk_test_${SECRET}`,
            STRIPE_CLI_TELEMETRY_OPTOUT: '1',
          },
          timeout: 30_000,
        });
        let text = '';
        for (const stream of [client.stdout, client.stderr])
          stream.on('data', (part: Buffer) => (text += part.toString()));
        client.on('close', (code) => ended(code === 0 && text.includes('Trigger succeeded') ? 'ran' : text));
      });

    (file ? it : it.skip)(
      'runs the request sequences that Stripe wrote',
      async () => {
        const said: Record<string, string> = {};
        for (const name of TRIGGERS) said[name] = await trigger(name);
        process.stdout.write(
          `Stripe's client ran: ${TRIGGERS.filter((each) => said[each] === 'ran').join(', ')}\n`,
        );
        expect(said).toEqual(Object.fromEntries(TRIGGERS.map((name) => [name, 'ran'])));
        for (const name of TRIGGERS)
          expect([name, (await world.events(name)).length > 0]).toEqual([name, true]);
      },
      120_000,
    );
    if (!file)
      process.stdout.write('Stripe’s client is not installed for this machine: its triggers are skipped.\n');
  });

  describe('beside Stripe’s own examples', () => {
    const fixtures = stripeFixtures();
    if (!fixtures)
      process.stdout.write(
        'Stripe’s fixtures3.json is not here (STRIPE_FIXTURES): its comparison is skipped.\n',
      );
    /** Fields that Stripe’s examples have and the pinned version’s types do not: dropped between the two versions. */
    const dropped = (object: string, example: Body) => {
      const { template, optional } = CONTRACT.objects[object]!;
      return Object.keys(example).filter((name) => !(name in template) && !optional.includes(name));
    };

    (fixtures ? it : it.skip)(
      'answers with every field that an example has, as far as the version has it',
      async () => {
        const kinds = [
          'payment_intent',
          'charge',
          'refund',
          'dispute',
          'transfer',
          'payout',
          'balance_transaction',
          'customer',
          'invoice',
          'invoiceitem',
        ];
        for (const kind of kinds) {
          const example = fixtures![kind]!;
          const gone = dropped(kind, example);
          expect([kind, gone.length < 8]).toEqual([kind, true]);
          const kinds = { invoiceitem: undefined } as Record<string, string | undefined>;
          const at = kind in kinds ? undefined : `/v1/${kind}s/${String((await newest(kind)).id)}`;
          if (at === undefined) continue;
          const headers: Record<string, string> = kind === 'payout' ? { 'stripe-account': recipientId } : {};
          const { status, body } = await world.call('GET', at, undefined, headers);
          if (status === 404) continue;
          const optional = CONTRACT.objects[kind]!.optional;
          const missing = Object.keys(example).filter(
            (name) => !(name in body) && !gone.includes(name) && !optional.includes(name),
          );
          expect([kind, missing]).toEqual([kind, []]);
        }
      },
    );
  });

  it('answered throughout as the types of the SDK say', () => {
    expect(world.wrong).toEqual([]);
    const never = Object.keys(CONTRACT.requests).filter((name) => !world.checked.has(name));
    process.stdout.write(
      `answers checked: ${[...world.checked.values()].reduce((a, b) => a + b, 0)}, operations never called without expansion: ${never.join(', ')}\n`,
    );
    expect(world.checked.size).toBeGreaterThan(15);
  });
});
