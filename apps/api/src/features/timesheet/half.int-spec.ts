import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { halvesAgree } from '@tallystick/domain';
import { Client } from 'pg';
import request from 'supertest';
import type { Caller } from '../../../test/api';
import { comparedHalves, halfOf } from '../../../test/half-tools';
import { pdfText } from '../../../test/pdf-text';
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
import { Config } from '../../platform/config/config';
import { StatementKey } from '../billing/billing.public';

/** A body as it comes, whatever it is. */
const bytes = (response: request.Response, done: (error: Error | null, body: Buffer) => void) => {
  const parts: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};

describe('two halves of a tally', () => {
  let world: MoneyWorld;
  let [lab, expert] = [] as unknown as [Lab, Expert];
  let engagement = '';
  let superuser: Client;

  const get = (caller: Caller | undefined, address: string) =>
    request(world.api.app.getHttpServer())
      .get(address)
      .set(caller ? { authorization: `Bearer ${caller.token}` } : {});
  const keys = async () => (await get(undefined, '/.well-known/jwks.json').expect(200)).body;
  const half = (side: 'lab' | 'expert') => halfOf(world.api, side, side === 'lab' ? lab : expert, engagement);
  const compared = async () => comparedHalves(world.api, await half('lab'), await half('expert'));
  /** Writes behind everything: no trigger, no rule. */
  const forced = async (sql: string, values: unknown[] = []) => {
    await superuser.query('SET session_replication_role = replica');
    return superuser.query(sql, values);
  };

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
    await putIn(world, lab, '1000000');
    engagement = await running(world, lab, expert, 'Case review');
    await chargedWeek(lab, expert, engagement, [
      ['08:00', '09:30'],
      ['10:00', '10:20'],
    ]);
    const url = new URL(process.env.TEST_POSTGRES ?? '');
    url.pathname = `/${world.api.owner().database}`;
    superuser = new Client({ connectionString: url.toString() });
    await superuser.connect();
  });
  afterAll(async () => {
    await superuser.end();
    await world.stop();
  });

  it('carry the same lines, numbers and root, signed when the week is charged', async () => {
    const [ofLab, ofExpert] = [await half('lab'), await half('expert')];
    expect(ofLab.lines).toHaveLength(2);
    expect(ofLab.lines).toEqual(ofExpert.lines);
    expect([ofLab.totals, ofLab.root, ofLab.weeks]).toEqual([ofExpert.totals, ofExpert.root, ofExpert.weeks]);
    expect(ofLab.party.name).not.toBe(ofExpert.party.name);
    expect(JSON.stringify(ofLab)).not.toContain(ofExpert.party.name);
    const [line] = ofLab.lines;
    expect([line?.payMinor, line?.feeMinor]).toEqual([line?.bookedPayMinor, line?.bookedFeeMinor]);
    expect(await compared()).toEqual({ lab: [], expert: [], difference: undefined });
  });

  it('are each of their own side: another lab, another expert and the other side find nothing', async () => {
    const stranger = await newExpert(world.api, 'stranger');
    const address = (side: string) => `/statements/${side}/engagements/${engagement}/half.json`;
    await get(stranger, address('expert')).expect(404);
    await get(lab, address('expert')).expect(404);
    await get(expert, address('lab')).expect(404);
    await get(undefined, address('lab')).expect(401);
    await get(lab, '/statements/lab/engagements/nonsense/half.json').expect(404);
  });

  it('are CSV and PDF too, with the same lines on both sides', async () => {
    const files = async (ending: string) =>
      Promise.all(
        (['lab', 'expert'] as const).map(async (side) => {
          const caller = side === 'lab' ? lab : expert;
          const address = `/statements/${side}/engagements/${engagement}/half.${ending}`;
          return (await get(caller, address).buffer(true).parse(bytes).expect(200)).body as Buffer;
        }),
      );
    const [ofLab, ofExpert] = (await files('csv')).map(String);
    expect(ofLab).toBe(ofExpert);
    expect(ofLab?.trim().split('\r\n')).toHaveLength(3);
    for (const pdf of await files('pdf')) {
      const text = pdfText(pdf);
      expect(text).toContain('US$185.18');
      expect(text).toContain((await half('lab')).root);
    }
    await get(lab, `/statements/lab/engagements/${engagement}/half.xls`).expect(404);
  });

  it('get a new version of a week whose lines are charged later, which names the one before', async () => {
    const [before] = (await half('lab')).weeks;
    await chargedWeek(lab, expert, engagement, [['14:00', '15:00']]);
    const [after] = (await half('lab')).weeks;
    expect([before?.version, after?.version, after?.lines]).toEqual([1, 2, 3]);
    const payload = JSON.parse(
      Buffer.from(after?.signature.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, unknown>;
    expect(payload.previousRoot).toBe(before?.root);
    expect(halvesAgree(await compared())).toBe(true);
    await expect(world.api.owner().query('UPDATE signed_week SET version = 9')).rejects.toThrow(
      'append-only',
    );
  });

  it.each([
    [
      'a charge',
      'UPDATE charge SET price_minor = price_minor + $2, fee_minor = fee_minor + $2 WHERE id = $1',
      'as it was signed',
    ],
    [
      'the ledger',
      `UPDATE ledger.posting SET amount = amount + $2 WHERE id = (SELECT max(p.id) FROM ledger.posting p JOIN charge c
         ON c.ledger_transaction_id = p.transaction_id WHERE c.id = $1 AND p.phase = 'S')`,
      'as it was signed',
    ],
    [
      'a signed sum',
      'UPDATE signed_week SET price_minor = price_minor + $2, fee_minor = fee_minor + $2 WHERE engagement_id = (SELECT engagement_id FROM charge WHERE id = $1)',
      'the signed price is',
    ],
  ])('fail on both sides after one cent of %s was changed in the database', async (_, sql, words) => {
    const charge = (await half('lab')).lines[1]?.charge;
    await forced(sql, [charge, 1]);
    const { lab: ofLab, expert: ofExpert } = await compared();
    expect(ofLab.join('\n')).toContain(words);
    expect(ofExpert).toEqual(ofLab);
    await forced(sql, [charge, -1]);
    expect(halvesAgree(await compared())).toBe(true);
  });

  it('go on to fail on both sides when more is charged in the week of a line that was changed', async () => {
    const charge = (await half('lab')).lines[1]?.charge;
    const sql = `UPDATE charge SET pay_minor = pay_minor - $2, fee_minor = fee_minor + $2 WHERE id = $1`;
    await forced(sql, [charge, 1]);
    const { weeks } = await half('lab');
    await chargedWeek(lab, expert, engagement, [['16:00', '16:30']]);
    expect((await half('lab')).weeks).toEqual(weeks);
    const { lab: ofLab, expert: ofExpert } = await compared();
    expect(ofLab.join('\n')).toContain('as it was signed');
    expect(ofExpert).toEqual(ofLab);
    const { rows } = await superuser.query(
      "SELECT to_state FROM journal_entry WHERE to_state = 'NOT_AS_SIGNED'",
    );
    expect(rows).toHaveLength(1);
    // Nor when what was signed is changed along with it: a signature counts only where it is ours.
    const { rows: signatures } = await superuser.query(
      'SELECT id, signature FROM signed_week ORDER BY number DESC LIMIT 1',
    );
    const [head, payload, end] = signatures[0].signature.split('.');
    const claim = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forgedClaim = Buffer.from(JSON.stringify({ ...claim, lines: [] })).toString('base64url');
    const write = 'UPDATE signed_week SET signature = $2 WHERE id = $1';
    await forced(write, [signatures[0].id, `${head}.${forgedClaim}.${end}`]);
    await chargedWeek(lab, expert, engagement, [['16:30', '17:00']]);
    expect((await half('lab')).weeks[0]?.version).toBe(weeks[0]?.version);
    await forced(write, [signatures[0].id, signatures[0].signature]);
    // Put right again, the next line that is charged signs them all.
    await forced(sql, [charge, -1]);
    await chargedWeek(lab, expert, engagement, [['17:00', '17:30']]);
    expect(halvesAgree(await compared())).toBe(true);
  });

  it('are signed afterwards where a week was charged before there were signatures, and only once', async () => {
    await forced('DELETE FROM signed_week');
    // The journal knows that this week was signed: whoever takes its signature away gets no other.
    await world.api.job('engagement', 'sign-weeks');
    expect((await half('lab')).weeks).toEqual([]);
    expect((await compared()).lab.join('\n')).toContain('no signature is');
    await forced(`UPDATE journal_entry SET subject_type = 'earlier' WHERE subject_type = 'signed-week'`);
    await world.api.job('engagement', 'sign-weeks');
    await world.api.job('engagement', 'sign-weeks');
    const { rows } = await superuser.query('SELECT version, lines FROM signed_week');
    expect(rows).toEqual([{ version: 1, lines: 6 }]);
    expect(halvesAgree(await compared())).toBe(true);
  });

  it('verify after the key was changed, and the secret lies outside the database for its owner only', async () => {
    const folder = path.join(world.api.database.dataDir, 'keys');
    const secret = path.join(folder, 'statement.pem');
    expect(statSync(secret).mode & 0o777).toBe(0o600);
    rmSync(secret);
    const fresh = new StatementKey(world.api.app.get(Config));
    const { keyId } = await fresh.sign('a text');
    const set = await keys();
    expect(set.keys).toHaveLength(2);
    expect(set.keys[1].kid).toBe(keyId);
    expect(JSON.stringify(set)).not.toContain('"d"');
    expect(halvesAgree(await compared())).toBe(true);
    expect(readFileSync(secret, 'utf8')).toContain('PRIVATE KEY');
  });
});
