import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { deliver, happen } from '../src/sandbox/scheduler';
import { sandboxServer } from '../src/sandbox/server';
import { Store, type Body } from '../src/sandbox/store';
import { createTestDatabase } from './database';
import { freePort } from './free-port';

const ROOT = path.join(__dirname, '../../..');
export const SECRET = 'a secret of this sandbox';

/** The sandbox alone, on a database of its own, with a clock that the test holds; each answer is checked against Stripe's types. */
export interface SandboxWorld {
  readonly url: URL;
  readonly store: Store;
  /** Answers that are not what the SDK's types say, one line each. */
  readonly wrong: string[];
  /** How many answers were checked, by operation. */
  readonly checked: Map<string, number>;
  /** Moves the rail's clock by so many seconds. */
  wait(seconds: number): void;
  /** Lets everything happen that is due. */
  settle(): Promise<void>;
  /** Calls the sandbox as it is: status, headers and body. */
  call(method: string, path: string, form?: string, headers?: Record<string, string>): Promise<Answer>;
  control(path: string, body: object): Promise<Answer>;
  /** Events of a type that the sandbox would deliver or list. */
  events(type: string): Promise<Body[]>;
  deliver(webhookUrl: string): Promise<void>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body & { readonly error?: Record<string, unknown> };
}

/** Starts the sandbox; the schemas of its answers are made from the installed SDK. */
export async function sandboxWorld(): Promise<SandboxWorld> {
  const database = await createTestDatabase();
  let now = new Date();
  const store = new Store(database.environment.SANDBOX_DATABASE_URL ?? '', () => now);
  const http = sandboxServer(store, SECRET);
  const [wrong, checked] = [[] as string[], new Map<string, number>()];
  const validators = answerValidators();
  http.addHook('onSend', async (request, reply, payload) => {
    const name = `${request.method} ${request.routeOptions.url ?? ''}`;
    const validate = validators.get(name);
    if (
      reply.statusCode !== 200 ||
      !validate ||
      /expand/.test(`${request.url} ${JSON.stringify(request.body)}`)
    )
      return payload;
    checked.set(name, (checked.get(name) ?? 0) + 1);
    validate(JSON.parse(String(payload)));
    // The SDK's list of transfers is open, and lacks the one that Stripe documents for dollars.
    const errors = (validate.errors ?? []).filter(
      ({ instancePath }) => instancePath !== '/bank_transfer/type',
    );
    wrong.push(
      ...errors.map(({ instancePath, message = '', params }) =>
        [name, instancePath, message, JSON.stringify(params)].join(' '),
      ),
    );
    return payload;
  });
  const port = await freePort();
  await http.listen({ port, host: '127.0.0.1' });
  const url = new URL(`http://127.0.0.1:${port}`);
  const call: SandboxWorld['call'] = async (method, at, form, headers = {}) => {
    const type = headers['content-type'] ?? 'application/x-www-form-urlencoded';
    const response = await fetch(new URL(at, url), {
      method,
      headers: {
        authorization: `Bearer sk_test_${SECRET}`,
        'stripe-version': '2026-10-28.endive',
        ...headers,
        ...(form !== undefined && { 'content-type': type }),
      },
      body: form,
      redirect: 'manual',
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const { status, headers: answered } = response;
    return { status, headers: answered, body: isJson ? JSON.parse(text) : { text } };
  };
  return {
    ...{ url, store, wrong, checked, call },
    wait: (seconds) => (now = new Date(now.getTime() + seconds * 1000)),
    settle: async () => {
      while ((await happen(store, false)) !== undefined);
    },
    control: (at, body) =>
      call('POST', `/_sandbox/${at}`, JSON.stringify(body), { 'content-type': 'application/json' }),
    events: async (type) =>
      (
        await store.pool.query(
          `SELECT body FROM sandbox.event WHERE body->>'type' = $1 ORDER BY created_at, id`,
          [type],
        )
      ).rows.map((row) => row.body as Body),
    deliver: (webhookUrl) => deliver(store, webhookUrl, SECRET),
    stop: async () => {
      await http.close();
      await store.pool.end();
      await database.drop();
    },
  };
}

/** One validator for each operation's answer, compiled when it is first used. Also fails where the checked-in contract is old. */
function answerValidators(): Pick<Map<string, ValidateFunction>, 'get'> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'tallystick-contract-')), 'answers.json');
  execFileSync(process.execPath, [
    path.join(ROOT, 'tools/stripe-contract/emit.mjs'),
    '--check',
    '--answers',
    file,
  ]);
  const { answers, definitions } = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false });
  ajv.addSchema({ $id: 'https://stripe.test/contract', definitions });
  const made = new Map<string, ValidateFunction>();
  return {
    get: (name) => {
      const schema = answers[name];
      if (schema === undefined) return undefined;
      const validate =
        made.get(name) ?? ajv.compile({ $ref: `https://stripe.test/contract${String(schema.$ref)}` });
      made.set(name, validate);
      return validate;
    },
  };
}

/** Stripe's own example objects: `STRIPE_FIXTURES`, or shared/data/stripe/fixtures3.json above the checkout; undefined where absent. */
export function stripeFixtures(): Record<string, Body> | undefined {
  const above = ['..', '../..', '../../..'].map((up) =>
    path.join(ROOT, up, 'shared/data/stripe/fixtures3.json'),
  );
  const file = [process.env.STRIPE_FIXTURES, ...above].find((each) => each !== undefined && existsSync(each));
  return file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8')).resources;
}

/** Stripe's own client, where npm installed it for this machine. */
export function stripeCli(): string | undefined {
  const file = path.join(ROOT, `node_modules/@stripe/cli-${process.platform}-${process.arch}/bin/stripe`);
  return existsSync(file) ? file : undefined;
}
