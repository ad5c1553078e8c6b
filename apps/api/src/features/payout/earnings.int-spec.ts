import { single, accountCode } from '@tallystick/domain';
import request from 'supertest';
import type { Caller } from '../../../test/api';
import { newExpert, vettedLab } from '../../../test/main-job';
import {
  chargedWeek,
  moneyWorld,
  putIn,
  running,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { pdfText } from '../../../test/pdf-text';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { post } from '../ledger/ledger.public';

const STANDING =
  '{ payoutStanding { earnings { payable { minor } heldBack { minor } onItsWay { minor } paid { minor } } } }';
const bytes = (response: request.Response, done: (error: Error | null, body: Buffer) => void) => {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};

describe('statements of a period', () => {
  let world: MoneyWorld;
  let [lab, expert] = [] as unknown as [Lab, Expert];

  const get = (caller: Caller, address: string) =>
    request(world.api.app.getHttpServer())
      .get(address)
      .set({ authorization: `Bearer ${caller.token}` });
  const file = async (caller: Caller, address: string) =>
    (await get(caller, address).buffer(true).parse(bytes).expect(200)).body as Buffer;
  const period = (from: string, to: string, ending = 'json') =>
    `/statements/earnings/period.${ending}?from=${from}&to=${to}`;
  const sums = async (from: string, to: string) => (await get(expert, period(from, to)).expect(200)).body;

  const stateOf = async () => (await world.api.owner().query('SELECT state FROM payout')).rows[0]?.state;
  /** What the page, the files and the figures of the money say while it is on its way, and after. */
  const told = async () => ({
    statement: await sums('2026-11-01', '2026-11-30'),
    csv: String(await file(expert, period('2026-11-01', '2026-11-30', 'csv'))),
    pdf: pdfText(await file(expert, period('2026-11-01', '2026-11-30', 'pdf'))),
    standing: (await expert.ask(STANDING)).payoutStanding.earnings[0],
  });
  let onItsWay: Awaited<ReturnType<typeof told>>;

  beforeAll(async () => {
    world = await moneyWorld({ SESSION_IDLE_SECONDS: '99999999', SESSION_MAX_SECONDS: '99999999' });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    await putIn(world, lab, '1000000');
    const engagement = await running(world, lab, expert, 'Case review');
    await chargedWeek(lab, expert, engagement, [
      ['08:00', '09:30'],
      ['10:00', '10:20'],
    ]);
    await expert.ask('mutation { setUpPayoutAccount { accountState } }');
    await world.settle(async () => {
      const { payoutStanding } = await expert.ask('{ payoutStanding { accountState } }');
      return payoutStanding.accountState === 'ACTIVE';
    });
    await world.control('delays', { payout: 3600 });
    expect((await expert.ask('mutation { payOutNow }')).payOutNow).toBe(1);
    await world.settle(async () => (await stateOf()) === 'IN_TRANSIT');
    onItsWay = await told();
    await world.books.query(`UPDATE sandbox.due SET due_at = '2026-01-01'`);
    await world.settle(async () => (await stateOf()) === 'PAID');
    // A part of the transfer is taken back in the year after.
    world.api.clock.hold(new Date('2027-01-05T12:00:00Z'));
    const { railAvailable, expertPayable } = accountCode;
    const back = single(railAvailable('USD'), expertPayable(expert.expertId, 'USD'), {
      currency: 'USD',
      amountMinor: 1_000n,
    });
    await world.api.app.get(UnitOfWork).run(system('test'), { name: 'test' }, async (tx) => {
      const subject = { subjectType: 'test', subjectId: tx.newId() };
      await post(tx, { key: 'test:back', kind: 'payout-reversed', ...subject, lines: [back] });
    });
  });
  afterAll(() => world.stop());

  it('say what was earned, kept by the platform, paid, on its way and held, to the cent', async () => {
    expect((await sums('2026-11-01', '2026-11-30')).sums).toEqual([
      {
        currency: 'USD',
        beforeMinor: '0',
        priceMinor: '26028',
        feeMinor: '3395',
        earnedMinor: '22633',
        paidMinor: '22633',
        onItsWayMinor: '0',
        cameBackMinor: '0',
        otherMinor: '0',
        afterMinor: '0',
      },
    ]);
    expect((await sums('2027-01-01', '2027-12-31')).sums).toMatchObject([
      { earnedMinor: '0', paidMinor: '0', onItsWayMinor: '0', cameBackMinor: '1000', afterMinor: '1000' },
    ]);
    expect((await sums('2026-01-01', '2026-10-31')).sums).toMatchObject([
      { beforeMinor: '0', earnedMinor: '0', afterMinor: '0' },
    ]);
  });

  it('say apart what is paid and what is on its way, which with what is held is what the ledger has', async () => {
    const { statement, csv, pdf, standing } = onItsWay;
    expect(statement.sums).toMatchObject([
      { earnedMinor: '22633', paidMinor: '0', onItsWayMinor: '22633', afterMinor: '0' },
    ]);
    expect(statement.years).toMatchObject([
      { year: 2026, paidMinor: '0', onItsWayMinor: '22633', reversedMinor: '0', netMinor: '22633' },
    ]);
    expect(csv.split('\r\n')[0]).toContain(',earned,paid,on its way,came back,other,not paid out yet,');
    expect(csv).toContain('"Payout, on its way",USD,0.00,0.00,226.33,0.00,0.00,0.00,');
    for (const words of ['On its way to your bank', 'Payout, on its way']) expect(pdf).toContain(words);
    const after = await told();
    expect(after.statement.sums).toMatchObject([{ paidMinor: '22633', onItsWayMinor: '0', afterMinor: '0' }]);
    expect(after.pdf).not.toContain('Payout, on its way');
    const minor = (text: string) => BigInt(text);
    for (const { statement: shown, standing: figures } of [{ statement, standing }, after]) {
      const [sum] = shown.sums;
      const held = minor(figures.payable.minor) + minor(figures.heldBack.minor);
      expect([sum.paidMinor, sum.onItsWayMinor]).toEqual([figures.paid.minor, figures.onItsWay.minor]);
      if (shown === statement) expect(held).toBe(minor(sum.afterMinor));
      const { rows } = await world.api.owner().query(
        `SELECT sum(p.amount)::text AS earned FROM ledger.posting p JOIN ledger.account a ON a.id = p.credit_account JOIN ledger.ledger_transaction t ON t.id = p.transaction_id
         WHERE a.kind = 'expert_payable' AND t.kind = 'line-charged'`,
      );
      expect(minor(sum.paidMinor) + minor(sum.onItsWayMinor) + minor(sum.afterMinor)).toBe(
        minor(rows[0].earned),
      );
    }
  });

  it('total each year by the day of the transfer; what came back is taken off in its own year', async () => {
    expect((await sums('2026-11-01', '2026-11-30')).years).toEqual([
      expect.objectContaining({
        year: 2026,
        payments: 1,
        paidMinor: '22633',
        reversedMinor: '0',
        netMinor: '22633',
      }),
      expect.objectContaining({
        year: 2027,
        payments: 0,
        paidMinor: '0',
        reversedMinor: '1000',
        netMinor: '-1000',
      }),
    ]);
    const admin = await world.api.staff('auditor@example.org', ['AUDITOR']);
    const totals = async () => {
      const archive = await file(admin, '/exports/year-totals.csv?year=2026');
      const { inflateRawSync } = await import('node:zlib');
      return inflateRawSync(archive.subarray(30 + archive.readUInt16LE(26)), { finishFlush: 2 }).toString();
    };
    expect(await totals()).toContain(`2026,${expert.expertId},USD,1,22633,0,22633,false,false,false`);
    await world.api.owner().query('UPDATE tax_threshold SET threshold_minor = 22633');
    expect(await totals()).toContain('22633,true,true,false');
    await get(admin, '/exports/year-totals.csv').expect(400);
  });

  it('are CSV and PDF with every entry and what is not paid out yet after it', async () => {
    const csv = String(await file(expert, period('2026-11-01', '2027-12-31', 'csv')))
      .trim()
      .split('\r\n');
    expect(csv).toHaveLength(5);
    expect(csv[1]).toContain(',Approved time,USD,');
    expect(csv[3]).toContain(',Payout,USD,0.00,226.33,0.00,0.00,0.00,0.00,');
    expect(csv[4]).toContain(',Payout that came back,USD,0.00,0.00,0.00,10.00,0.00,10.00,');
    const text = pdfText(await file(expert, period('2026-11-01', '2027-12-31', 'pdf')));
    for (const words of ['Earnings statement', 'Dr Ana', 'US$226.33', 'Payout that came back', '2027'])
      expect(text).toContain(words);
    await get(expert, period('2026-11-30', '2026-11-01')).expect(400);
    await get(expert, '/statements/earnings/period.csv').expect(400);
    await get(lab, period('2026-11-01', '2026-11-30')).expect(404);
  });

  it('give both sides their charged lines as PDF, with the same numbers', async () => {
    const query = '?from=2026-11-01&to=2026-11-30';
    for (const [caller, side, other] of [
      [lab, 'lab', 'Dr Ana'],
      [expert, 'expert', 'Cumulus'],
    ] as const) {
      const text = pdfText(await file(caller, `/statements/${side}.pdf${query}`));
      for (const words of [other, 'Case review', 'US$212.96', 'US$185.18', 'US$27.78', 'US$260.28'])
        expect(text).toContain(words);
    }
    const empty = pdfText(await file(lab, '/statements/lab.pdf?from=2020-01-01&to=2020-01-31'));
    expect(empty).toContain('No line was charged in these days.');
  });
});
