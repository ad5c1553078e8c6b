import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { AppModule } from '../src/app.module';
import { equip, httpAdapter } from '../src/equip';
import { Clock } from '../src/platform/clock/clock';
import { Config } from '../src/platform/config/config';
import { takeUnsent, markSent } from '../src/platform/outbox/outbox.repository';
import { Database } from '../src/platform/prisma/database';
import { JobRegistry } from '../src/platform/queue/jobs';
import { createTestDatabase, type TestDatabase } from './database';

/** One answer of GraphQL. */
export interface Answer {
  readonly data: Record<string, any>;
  readonly errors?: { message: string; extensions: { code: string; field?: string; traceId?: string } }[];
}

/** A caller with their own session, sent as a bearer token: the door for free text. */
export interface Caller {
  readonly token: string;
  /** Sends a document; fails the test on an error unless `refused` is used. */
  ask(document: string, variables?: object): Promise<Answer['data']>;
  /** Sends a document that must be refused; returns the first error's code, message and field. */
  refused(document: string, variables?: object): Promise<{ code: string; message: string; field?: string }>;
  /** The raw answer. */
  raw(document: string, variables?: object): Promise<Answer>;
}

/** The API on a database of its own, with a clock that the test holds. */
export class TestApi {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly clock: Clock,
    /** Every route that the server answers, `GET /openings/:id`. */
    readonly routes: readonly string[],
  ) {}

  /** Starts the API on a fresh clone of the migrated database. */
  static async start(
    environment: Record<string, string> = {},
    databaseSettings: Readonly<Record<string, string>> = {},
  ): Promise<TestApi> {
    const database = await createTestDatabase(databaseSettings);
    const config = new Config({
      NODE_ENV: 'test',
      ...database.environment,
      DATA_DIR: database.dataDir,
      DATABASE_POOL: '6',
      ...environment,
    });
    const reference = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(Config)
      .useValue(config)
      .compile();
    const app = reference.createNestApplication<NestFastifyApplication>(httpAdapter(), {
      rawBody: true,
      logger: ['error'],
    });
    const routes = routesOf(app);
    await equip(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new TestApi(app, database, app.get(Clock), routes);
  }

  /** Lets the API be reached from outside this process, e.g. by webhooks. */
  async listen(port: number): Promise<void> {
    await this.app.listen(port, '127.0.0.1');
  }

  /** A visitor, or the holder of a session. */
  caller(token = ''): Caller {
    const raw = async (document: string, variables: object = {}): Promise<Answer> => {
      const response = await request(this.app.getHttpServer())
        .post('/graphql')
        .set('content-type', 'application/json')
        .set('accept', 'application/json')
        .set(token ? { authorization: `Bearer ${token}` } : {})
        .send({ query: document, variables });
      return response.body as Answer;
    };
    return {
      token,
      raw,
      ask: async (document, variables) => {
        const answer = await raw(document, variables);
        if (answer.errors) throw new Error(`refused: ${JSON.stringify(answer.errors)}`);
        return answer.data;
      },
      refused: async (document, variables) => {
        const answer = await raw(document, variables);
        const error = answer.errors?.[0];
        if (!error) throw new Error(`not refused: ${JSON.stringify(answer.data)}`);
        return { code: error.extensions.code, message: error.message, field: error.extensions.field };
      },
    };
  }

  /** Signs up a new person and returns them signed in. */
  async signUp(
    email: string,
    name = email.split('@')[0] ?? 'someone',
    password = 'a long enough password',
  ): Promise<Caller> {
    const input = { email, password, name, timeZone: 'UTC' };
    return this.opened('mutation($input: SignUpInput!) { signUp(input: $input) }', input);
  }

  /** Signs somebody in who has an account. */
  async signIn(email: string, password: string): Promise<Caller> {
    return this.opened('mutation($input: SignInInput!) { signIn(input: $input) }', { email, password });
  }

  /** The holder of the session that a mutation opens. */
  private async opened(query: string, input: object): Promise<Caller> {
    const response = await request(this.app.getHttpServer())
      .post('/graphql')
      .set('content-type', 'application/json')
      .send({ query, variables: { input } });
    const cookies = response.headers['set-cookie'] as unknown as string[] | undefined;
    const token = cookies?.[0]?.split(';')[0]?.split('=')[1];
    if (!token) throw new Error(`no session: ${JSON.stringify(response.body)}`);
    return this.caller(token);
  }

  /** Makes a staff member with roles and returns them signed in. */
  async staff(email: string, roles: string[]): Promise<Caller> {
    const caller = await this.signUp(email);
    const account = await this.owner().query(`SELECT id FROM account WHERE email = $1`, [email]);
    for (const role of roles)
      await this.owner().query(`INSERT INTO staff_role VALUES ($1, $2, now())`, [account.rows[0].id, role]);
    return caller;
  }

  /** The owner's database connection: sees all rows; for arranging and for looking behind the API. */
  owner(): TestDatabase['owner'] {
    return this.database.owner;
  }

  /** Runs every job that is in the outbox, and those that they cause, in this process. Returns the names of the jobs. */
  async runJobs(): Promise<string[]> {
    const ran: string[] = [];
    const registry = this.app.get(JobRegistry);
    const { client } = this.app.get(Database);
    for (;;) {
      const rows = await client.$transaction(async (db) => {
        const found = (await takeUnsent(db, 100)).filter((row) => row.availableAt <= this.clock.now());
        await markSent(
          db,
          found.map((row) => row.id),
          new Date(),
        );
        return found;
      });
      if (rows.length === 0) return ran;
      for (const row of rows) {
        const job = registry.find(row.queue, row.name);
        await job.run(job.payload.parse(row.payload) as never);
        ran.push(row.name);
      }
    }
  }

  /** Runs one job by its name, as the worker would at its interval. */
  async job(queue: string, name: string, payload: object = {}): Promise<void> {
    const job = this.app.get(JobRegistry).find(queue, name);
    await job.run(job.payload.parse(payload) as never);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }
}

/** Notes routes from now on; those for HEAD come with their GET. */
function routesOf(app: NestFastifyApplication): string[] {
  const routes: string[] = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) if (each !== 'HEAD') routes.push(`${each} ${url}`);
    });
  return routes;
}
