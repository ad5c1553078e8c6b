import { inflateRawSync } from 'node:zlib';
import request from 'supertest';
import type { Caller } from '../../../test/api';
import { asIntruder } from '../../../test/intruder';
import { engaged, newExpert, publishedOpening } from '../../../test/main-job';
import {
  chargedWeek,
  NOON,
  putIn,
  running,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { paidExpert } from '../../../test/paid-expert';
import { pdfText } from '../../../test/pdf-text';
import { PAYMENT_RAIL, type PaymentRail } from '../rail/rail.public';

const HOUR_MS = 3_600_000;
const HOUR = 12_345;
const STANDING =
  '{ payoutStanding { accountState currency earnings { currency paid { minor } returned { minor } } } }';
const SHOWN =
  'state amount { minor currency } railFee { minor currency } feeBorneBy exchangeRate bankAmount { minor currency }';
const OPEN = 'mutation { openBankDetails { url } }';

const bytes = (response: request.Response, done: (error: Error | null, body: Buffer) => void) => {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};

/** A lab in dollars pays experts whose banks are in euros and in yen; each payout costs the platform 25 cents. */
describe('a payout to a bank in another currency', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let [ana, yuki] = [] as unknown as [Expert, Expert];
  let finance: Caller;
  let engagementId: string;

  const owner = async (sql: string) => (await world.api.owner().query(sql)).rows;
  const http = () => request(world.api.app.getHttpServer());
  const standing = async (expert: Expert) => (await expert.ask(STANDING)).payoutStanding;
  const paid = async (expert: Expert) => Number((await standing(expert)).earnings[0].paid.minor);
  const file = async (caller: Caller, address: string) =>
    (
      await http()
        .get(address)
        .set({ authorization: `Bearer ${caller.token}` })
        .buffer(true)
        .parse(bytes)
        .expect(200)
    ).body as Buffer;
  const text = async (caller: Caller, address: string) => String(await file(caller, address)).trim();
  /** The first file of an archive that auditors take away. */
  const exported = async (caller: Caller, address: string) => {
    const archive = await file(caller, address);
    return inflateRawSync(archive.subarray(30 + archive.readUInt16LE(26)), { finishFlush: 2 }).toString();
  };
  const period = (ending: string) => `/statements/earnings/period.${ending}?from=2026-11-01&to=2026-11-30`;
  const own = async (expert: Expert) =>
    (await expert.ask(`{ myPayouts { edges { node { ${SHOWN} } } } }`)).myPayouts.edges[0].node;
  /** Gives a bank account on the provider's page, and waits until the product knows its currency. */
  const banksIn = async (expert: Expert, currency: string, number: string) => {
    const { url } = (await expert.ask(OPEN)).openBankDetails;
    await http().post(url).type('form').send({ currency: currency.toLowerCase(), number }).expect(303);
    await world.settle(async () => {
      const { accountState, currency: known } = await standing(expert);
      return accountState === 'ACTIVE' && known === currency;
    });
  };
  /** Runs what waits, and the reconciliation: what the rail has and the books have is the same, and the books prove. */
  const fits = async () => {
    await finance.ask('mutation { reconcileRail }');
    await world.api.runJobs();
    const FOUND = '{ reconciliationRuns { openBreaks proofs { difference { minor } } } }';
    const [run] = (await finance.ask(FOUND)).reconciliationRuns;
    expect(run.openBreaks).toBe(0);
    for (const { difference } of run.proofs) expect(difference).toEqual({ minor: '0' });
    const { proveBooks } = await finance.ask('mutation { proveBooks { checks { faults } } }');
    expect(proveBooks.checks.flatMap(({ faults }: { faults: string[] }) => faults)).toEqual([]);
    const { recomputeFees } = await finance.ask('mutation { recomputeFees { drifted } }');
    expect([recomputeFees.drifted, await world.drift()]).toEqual([0, []]);
  };
  /** What payouts cost the platform, by currency, where a filter asks for one. */
  const railOut = async (filter = '') => {
    const { edges } = (
      await finance.ask(`{ margins${filter} { edges { node { railOut { minor currency } } } } }`)
    ).margins;
    const sums: Record<string, number> = {};
    for (const { node } of edges)
      sums[node.railOut.currency] = (sums[node.railOut.currency] ?? 0) + Number(node.railOut.minor);
    return sums;
  };

  beforeAll(async () => {
    ({ world, lab, expert: ana, finance, engagementId } = await paidExpert());
    await world.control('fees', { payout_fixed: 25 });
    await banksIn(ana, 'EUR', 'DE89 3704 0044 0532 0130 00');
  }, 400_000);
  afterAll(() => world.stop());

  it('leaves the books in dollars and arrives in euros: amount, fee, rate and what the bank got are told apart', async () => {
    await chargedWeek(lab, ana, engagementId, [['08:00', '10:00']]);
    await ana.ask('mutation { payOutNow }');
    await world.settle(async () => (await paid(ana)) === 2 * HOUR);
    await world.settle(async () => (await own(ana)).railFee !== null);
    const shown = {
      ...{ state: 'PAID', amount: { minor: '24690', currency: 'USD' } },
      ...{ railFee: { minor: '25', currency: 'USD' }, feeBorneBy: 'PLATFORM' },
      ...{ exchangeRate: '0.92', bankAmount: { minor: '22715', currency: 'EUR' } },
    };
    expect(await own(ana)).toEqual(shown);
    expect((await finance.ask(`{ payouts { edges { node { ${SHOWN} } } } }`)).payouts.edges).toEqual([
      { node: shown },
    ]);
    expect(await world.newestAtRail('payout')).toMatchObject({ amount: 22_715, currency: 'eur' });
    await fits();
    expect(await railOut()).toEqual({ USD: 25 });
  });

  it('stands so in the statement, on paper, as CSV and as JSON, and in what auditors take away; the year is in dollars', async () => {
    const [columns, ...entries] = (await text(ana, period('csv'))).split('\r\n');
    expect(columns).toMatch(
      /,provider’s fee,currency of the fee,fee borne by,exchange rate,to your bank,currency of your bank$/,
    );
    const ending = (what: string) =>
      entries
        .find((each) => each.includes(what))
        ?.split(',')
        .slice(-6);
    expect(ending('Approved time')).toEqual(['', '', '', '', '', '']);
    expect(ending('Payout')).toEqual(['0.25', 'USD', 'platform', '0.92', '227.15', 'EUR']);
    const paper = pdfText(await file(ana, period('pdf')));
    for (const words of [
      'On the way to your bank',
      'US$0.25, by the platform',
      '0.92 EUR for 1 USD',
      '€227.15',
    ])
      expect(paper).toContain(words);
    const { atBank, years } = JSON.parse(await text(ana, period('json')));
    expect(atBank).toMatchObject([
      {
        ...{ currency: 'USD', amountMinor: '24690', railFeeMinor: '25', railFeeCurrency: 'USD' },
        ...{ feeBorneBy: 'PLATFORM', exchangeRate: '0.92', bankAmountMinor: '22715', bankCurrency: 'EUR' },
      },
    ]);
    expect(years).toMatchObject([{ year: 2026, currency: 'USD', paidMinor: '24690', netMinor: '24690' }]);
    const auditor = await world.api.staff('auditor@example.org', ['AUDITOR']);
    expect(await exported(auditor, '/exports/payouts.csv')).toContain(',25,USD,PLATFORM,0.92,22715,EUR,');
    const totals = await exported(auditor, '/exports/year-totals.csv?year=2026');
    expect(totals.trim().split('\r\n').slice(1)).toEqual([
      expect.stringContaining(`2026,${ana.expertId},USD,1,24690,0,24690,`),
    ]);
  });

  it('has a rate that nobody changes unseen: the proof of the books names the payout', async () => {
    const changed = async (by: string) => {
      await asIntruder(world.api.database, `UPDATE payout SET exchange_rate = exchange_rate + ${by}`);
      const { proveBooks } = await finance.ask('mutation { proveBooks { checks { faults } } }');
      return proveBooks.checks.flatMap(({ faults }: { faults: string[] }) => faults);
    };
    expect(await changed('0.01')).toEqual([
      expect.stringMatching(/^the exchange rate of payout \S+ says 0\.93, the journal has 0\.92$/),
    ]);
    expect(await changed('-0.01')).toEqual([]);
  });

  /** Changes a column of the payouts as an intruder, and back; returns what the proof names meanwhile. */
  const faultsWith = async (column: string, by: number) => {
    const prove = async (change: string) => {
      await asIntruder(world.api.database, `UPDATE payout SET ${column} = ${change}`);
      const { proveBooks } = await finance.ask('mutation { proveBooks { checks { faults } } }');
      return proveBooks.checks.flatMap(({ faults }: { faults: string[] }) => faults);
    };
    const changed = await prove(`${column} + ${by}`);
    expect(await prove(`${column} - ${by}`)).toEqual([]);
    return changed;
  };

  it('has a provider’s fee that nobody changes unseen by a cent: the proof of the books names the payout', async () => {
    expect(await faultsWith('rail_fee_minor', 1)).toEqual([
      expect.stringMatching(/^the provider’s fee of payout \S+ says US\$0\.26, the journal has US\$0\.25$/),
    ]);
  });

  it('comes back from the bank as it went, and is sent again as that, whatever the rate is by then', async () => {
    await world.control('rates', { eur: 500_000 });
    world.api.clock.hold(new Date(NOON.getTime() + 2 * HOUR_MS));
    await world.control('actions', {
      action: 'fail_payout',
      objectId: (await world.newestAtRail('payout')).id,
    });
    await world.settle(async () => (await standing(ana)).earnings[0].returned.minor === `${2 * HOUR}`);
    await fits();
    await banksIn(ana, 'EUR', 'FR76 3000 6000 0112 3456 7890 189');
    world.api.clock.hold(new Date(NOON.getTime() + 80 * HOUR_MS));
    await world.api.job('payout', 'send-what-lies-at-rail');
    await world.settle(async () => (await paid(ana)) === 2 * HOUR);
    await world.settle(async () => (await own(ana)).railFee.minor === '50');
    expect(await own(ana)).toMatchObject({
      ...{ state: 'PAID', exchangeRate: '0.92', bankAmount: { minor: '22715', currency: 'EUR' } },
    });
    await fits();
    expect(await railOut()).toEqual({ USD: 50 });
    // Both sendings together, and the part of the first, each by itself.
    for (const [column, which, minor] of [
      ['rail_fee_minor', 'provider’s fee', 50],
      ['past_rail_fee_minor', 'provider’s fee of earlier sendings', 25],
    ] as const)
      expect(await faultsWith(column, -1)).toEqual([
        expect.stringMatching(
          `^the ${which} of payout \\S+ says US\\$0\\.${minor - 1}, the journal has US\\$0\\.${minor}$`,
        ),
      ]);
  });

  it('counts yen without cents; the rate is known also where only the rail’s event tells of the sending', async () => {
    yuki = await newExpert(world.api, 'Dr Yuki');
    await yuki.ask('mutation { setUpPayoutAccount { accountState } }');
    await banksIn(yuki, 'JPY', '0001234567');
    const job = await running(world, lab, yuki, 'Lung review');
    await chargedWeek(lab, yuki, job, [['08:00', '09:00']]);
    const rail = world.api.app.get<PaymentRail>(PAYMENT_RAIL);
    const send = rail.sendToBank.bind(rail);
    const lost = jest
      .spyOn(rail, 'sendToBank')
      .mockImplementation(
        async (...asked) => (await send(...asked), { kind: 'unknown', message: 'cut off' }),
      );
    await yuki.ask('mutation { payOutNow }');
    await world.settle(async () => (await paid(yuki)) === HOUR);
    lost.mockRestore();
    // 123.45 dollars at 150.25 are 18,548.36 yen.
    expect(await own(yuki)).toMatchObject({
      ...{ amount: { minor: '12345', currency: 'USD' }, exchangeRate: '150.25' },
      bankAmount: { minor: '18548', currency: 'JPY' },
    });
    expect(await text(yuki, period('csv'))).toMatch(/,150\.25,18548,JPY$/);
    await fits();
  });

  it('costs what the provider took, in the currency in which it took it: nothing is converted for it', async () => {
    await world.control('rates', { eur: 920_000 });
    await putIn(world, lab, '500000', 'EUR');
    const startsOn = world.api.clock.now().toISOString().slice(0, 10);
    const opening = await publishedOpening(lab, { currency: 'EUR', title: 'Heart in euros', startsOn });
    const before = await railOut();
    await chargedWeek(lab, ana, await engaged(world.api, lab, ana, opening), [['11:00', '12:00']]);
    // No sum in euros is set from which on a form is needed, so it is needed from the first.
    const input = { kind: 'W9', signedName: 'Dr Ana', isUnderPerjury: true };
    await ana.ask('mutation($input: SignTaxFormInput!) { signTaxForm(input: $input) { state } }', { input });
    await ana.ask('mutation { payOutNow }');
    const sent = () =>
      owner(`SELECT 1 FROM payout WHERE currency = 'EUR' AND state = 'PAID' AND rail_fee_minor = 25`);
    await world.settle(async () => (await sent()).length === 1);
    expect(await own(ana)).toMatchObject({
      ...{ amount: { currency: 'EUR' }, exchangeRate: null, railFee: { minor: '25', currency: 'USD' } },
    });
    await fits();
    expect(await railOut()).toEqual({ EUR: 0, USD: (before.USD ?? 0) + 25 });
    expect([await railOut('(currency: "USD")'), await railOut('(currency: "EUR")')]).toEqual([
      { USD: (before.USD ?? 0) + 25 },
      { EUR: 0 },
    ]);
  });

  it('is refused where there is no rate: the account stays as it is, and the next try pays once there is one', async () => {
    await world.control('rates', { jpy: 0 });
    const job = await running(world, lab, yuki, 'Skin review');
    await chargedWeek(lab, yuki, job, [['10:00', '11:00']]);
    await yuki.ask('mutation { payOutNow }');
    await world.settle(async () => (await own(yuki)).state === 'FAILED');
    expect(await own(yuki)).toMatchObject({ exchangeRate: null, bankAmount: null });
    expect([(await standing(yuki)).accountState, await paid(yuki)]).toEqual(['ACTIVE', HOUR]);
    await fits();
    await world.control('rates', { jpy: 150_250_000 });
    await yuki.ask('mutation { payOutNow }');
    await world.settle(async () => (await paid(yuki)) === 2 * HOUR);
    await fits();
  });
});
