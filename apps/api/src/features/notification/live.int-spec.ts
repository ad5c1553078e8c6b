import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { TestApi, type Caller } from '../../../test/api';
import { FeaturesModule } from '../../features.module';
import { system } from '../../platform/access/actor';
import { Config } from '../../platform/config/config';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';

const DOCUMENT = 'subscription { changed { at topics } }';
const HASH = createHash('sha256').update(DOCUMENT).digest('hex');

interface Event {
  readonly data?: { changed: { at: string; topics: string[] } };
  readonly errors?: { extensions: { code: string } }[];
}

/** One open stream, read as a browser reads it. */
class Stream {
  readonly events: Event[] = [];
  isOver = false;
  private constructor(readonly response: Response) {}

  static async open(url: string, headers: Record<string, string>, body: object = { query: DOCUMENT }) {
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const stream = new Stream(response);
    if (response.ok) void stream.read();
    return stream;
  }

  async until(isTrue: () => boolean): Promise<void> {
    for (let tries = 0; !isTrue(); tries++) {
      if (tries > 150) throw new Error(`not seen: ${JSON.stringify(this.events)}`);
      await new Promise((go) => setTimeout(go, 100));
    }
  }

  topics(): string[] {
    return this.events.flatMap(({ data }) => data?.changed.topics ?? []);
  }

  private async read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of this.response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^event: next\ndata: (.*)$/m.exec(text.slice(0, end))?.[1];
        if (data) this.events.push(JSON.parse(data) as Event);
        text = text.slice(end + 2);
      }
    }
    this.isOver = true;
  }
}

describe('live updates', () => {
  let api: TestApi;
  let url: string;
  const open = (caller: Caller) => Stream.open(url, { authorization: `Bearer ${caller.token}` });
  const rename = (caller: Caller, name: string) =>
    caller.ask('mutation($input: ChangeDetailsInput!) { changeDetails(input: $input) { name } }', {
      input: { name, timeZone: 'UTC' },
    });

  beforeAll(async () => {
    const webDir = mkdtempSync(path.join(tmpdir(), 'tallystick-web-'));
    mkdirSync(path.join(webDir, 'src/gql'), { recursive: true });
    writeFileSync(
      path.join(webDir, 'src/gql/persisted-documents.json'),
      JSON.stringify({ [`sha256:${HASH}`]: DOCUMENT }),
    );
    api = await TestApi.start({ WEB_DIR: webDir });
    await api.listen(0);
    url = await api.app.getUrl();
  });
  afterAll(() => api.stop());

  it('tell the person whom a change concerns, and nobody else', async () => {
    const [ana, bea] = [await api.signUp('ana@example.org'), await api.signUp('bea@example.org')];
    const [hers, others] = [await open(ana), await open(bea)];
    await rename(ana, 'Ana the second');
    await hers.until(() => hers.topics().includes('account'));
    expect(others.events).toEqual([]);
  });

  it('bring what another process wrote, once it is committed', async () => {
    const cat = await api.signUp('cat@example.org');
    const stream = await open(cat);
    const { id } = (await cat.ask('{ viewer { id } }')).viewer;
    const worker = await Test.createTestingModule({ imports: [FeaturesModule] })
      .overrideProvider(Config)
      .useValue(new Config({ NODE_ENV: 'test', ...api.database.environment, DATA_DIR: api.database.dataDir }))
      .compile();
    await worker.init();
    const announce = (isRefused: boolean, topic: string) =>
      worker.get(UnitOfWork).run(system('test'), { name: 'test' }, async (tx) => {
        tx.announce({ topic, concerns: { accountId: id } });
        if (isRefused) throw new Error('taken back');
      });
    await expect(announce(true, 'never')).rejects.toThrow('taken back');
    await announce(false, 'shortlist');
    await worker.close();
    await stream.until(() => stream.topics().includes('shortlist'));
    expect(stream.topics()).not.toContain('never');
  });

  it('tell at most one event in half a second', async () => {
    const dan = await api.signUp('dan@example.org');
    const stream = await open(dan);
    await rename(dan, 'Dan 0');
    await stream.until(() => stream.events.length === 1);
    for (let n = 1; n <= 5; n++) await rename(dan, `Dan ${n}`);
    await new Promise((go) => setTimeout(go, 1200));
    const told = stream.events.map(({ data }) => new Date(data!.changed.at).getTime());
    expect(told.length).toBeGreaterThan(1);
    for (const [n, at] of told.slice(1).entries()) expect(at - told[n]!).toBeGreaterThan(480);
  });

  it('end with the session', async () => {
    const eve = await api.signUp('eve@example.org');
    const stream = await open(eve);
    await eve.ask('mutation { signOut }');
    await stream.until(() => stream.isOver);
  });

  it('are refused to visitors, and beyond six streams of a session', async () => {
    const visitor = await Stream.open(url, {});
    await visitor.until(() => visitor.isOver);
    expect(visitor.events[0]?.errors?.[0]?.extensions.code).toBe('SIGN_IN_REQUIRED');
    const fay = await api.signUp('fay@example.org');
    const streams = [];
    for (let n = 0; n < 6; n++) streams.push(await open(fay));
    const seventh = await open(fay);
    await seventh.until(() => seventh.isOver);
    expect(seventh.events[0]?.errors?.[0]?.extensions.code).toBe('TOO_MANY_STREAMS');
    expect(streams.every(({ isOver }) => !isOver)).toBe(true);
  });

  it('serve a browser the documents of the web client only, and subscriptions only', async () => {
    const gil = await api.signUp('gil@example.org');
    const cookie = `tallystick=${gil.token}`;
    const persisted = { extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } };
    expect((await Stream.open(url, { cookie })).response.status).toBe(403);
    expect((await Stream.open(url, { cookie, 'x-tallystick': '1' })).response.status).toBe(400);
    const bearer = { authorization: `Bearer ${gil.token}` };
    for (const query of ['{ viewer { id } }', 'mutation { signOut }', 'subscription { changed { nothing } }'])
      expect((await Stream.open(url, bearer, { query })).response.status).toBe(400);
    const stream = await Stream.open(url, { cookie, 'x-tallystick': '1' }, persisted);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    await rename(gil, 'Gil the second');
    await stream.until(() => stream.topics().includes('account'));
  });

  it('come back after the database lost the connection, and say that anything may have changed', async () => {
    const stream = await open(await api.signUp('hal@example.org'));
    const superuser = new Client({ connectionString: process.env.TEST_POSTGRES });
    await superuser.connect();
    const name = new URL(api.database.environment.DATABASE_URL!).pathname.slice(1);
    const cut = await superuser.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND query LIKE 'LISTEN%'`,
      [name],
    );
    await superuser.end();
    expect(cut.rowCount).toBe(1);
    await stream.until(() => stream.events.some(({ data }) => data?.changed.topics.length === 0));
  });

  it('do not keep the server from stopping', async () => {
    const other = await TestApi.start();
    await other.listen(0);
    const ivy = await other.signUp('ivy@example.org');
    const stream = await Stream.open(await other.app.getUrl(), { authorization: `Bearer ${ivy.token}` });
    await other.app.close();
    await stream.until(() => stream.isOver);
    await other.database.drop();
  });
});
