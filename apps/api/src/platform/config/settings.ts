import { LIMITS_FORM } from '@tallystick/domain';
import { z } from 'zod';

/** One setting: how it is read, its default and one line of help. `undefined` as default means that it is required or optional as its schema says. */
interface Setting<T> {
  readonly schema: z.ZodType<T>;
  readonly help: string;
}

const setting = <T>(schema: z.ZodType<T>, help: string): Setting<T> => ({ schema, help });

/** A whole number in decimal digits and nothing else; the start reads it by the same rule. */
const whole = (minimum: number, maximum: number = Number.MAX_SAFE_INTEGER) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(minimum).max(maximum));

/** Amounts by currency in whole units, for `readLimits`. A number alone is in US dollars. */
const limits = (byCurrency: string) =>
  z
    .string()
    .regex(LIMITS_FORM)
    .default(byCurrency)
    .meta({ must: 'amounts by currency in whole units, such as USD:10000,JPY:1000000' });

const port = whole(1, 65535);
const webAddress = z.url({ protocol: /^https?$/ });
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgresql://');
const seconds = whole(0);

/** About 25,000 US dollars, rounded down in each currency: what one person may give back or lend. */
const LARGE = 'USD:25000,EUR:22000,GBP:20000,CAD:33000,CHF:20000,JPY:2500000,ISK:3000000,KWD:7500';

/** Every setting of the product. Nothing else reads the environment. */
export const SETTINGS = {
  NODE_ENV: setting(
    z.enum(['production', 'development', 'test']).default('production'),
    'production, development or test',
  ),
  HOST: setting(z.string().min(1).default('127.0.0.1'), 'address to listen on'),
  PORT: setting(port.default(4000), 'port of API and web'),
  PUBLIC_URL: setting(
    webAddress.optional(),
    'address at which people reach the product; default http://HOST:PORT',
  ),
  TRUST_PROXY: setting(
    z.enum(['none', 'private']).default('none'),
    'private: a proxy in front, on a private address, is believed about who calls',
  ),
  DATABASE_URL: setting(postgresUrl, 'PostgreSQL address for the role tallystick_app'),
  DATABASE_OWNER_URL: setting(
    postgresUrl.optional(),
    'PostgreSQL address for the role tallystick_owner, for migrations only',
  ),
  DATABASE_POOL: setting(whole(2, 100).default(10), 'database connections a process may hold'),
  REDIS_URL: setting(
    z
      .string()
      .regex(/^rediss?:\/\//, 'must start with redis://')
      .optional(),
    'Redis for the queue; without it the queue lives in PostgreSQL',
  ),
  REDIS_CLUSTER: setting(
    z
      .string()
      .regex(
        /^rediss?:\/\/[^,\s]+(,rediss?:\/\/[^,\s]+)*$/,
        'must be addresses that start with redis://, with commas',
      )
      .optional(),
    'Redis Cluster for the queue instead of one Redis: some of its nodes, with commas',
  ),
  MATCHING_SHARDS: setting(
    whole(1, 64).default(1),
    'among how many parts the experts are spread for matching; the same for every process',
  ),
  MATCHING_OWN_SHARDS: setting(
    z
      .string()
      .regex(/^(all|none|\d+(,\d+)*)$/, 'must be all, none, or numbers from 0 with commas')
      .default('all'),
    'which of these parts this worker keeps, as 0,1, and answers for other workers; all of them without it',
  ),
  MATCHING_RETRIEVER: setting(
    z.enum(['index', 'postgresql']).default('index'),
    'what finds experts for openings: the index in memory, or PostgreSQL alone, up to some 20,000 experts',
  ),
  DATA_DIR: setting(z.string().min(1).default('.data'), 'folder for files, keys and the roots of seals'),
  WEB_DIR: setting(z.string().min(1).optional(), 'folder of the built web client; default apps/web'),
  STRIPE_SECRET_KEY: setting(
    z
      .string()
      .regex(/^(sk|rk)_/, 'must start with sk_ or rk_')
      .optional(),
    'Stripe key; without it the built-in sandbox is used',
  ),
  STRIPE_WEBHOOK_SECRETS: setting(
    z.string().optional(),
    'three webhook secrets: platform,connect,v2; while one is changed both, as new|old',
  ),
  FUNDS_SPENDABLE: setting(
    z.enum(['available', 'success']).default('available'),
    'when a payment of a lab can be spent: when the rail has it available, or at its success',
  ),
  SANDBOX_URL: setting(webAddress.default('http://127.0.0.1:4010'), 'address of the sandbox rail'),
  SANDBOX_PORT: setting(port.default(4010), 'port on which the sandbox rail listens'),
  SANDBOX_DATABASE_URL: setting(postgresUrl.optional(), 'PostgreSQL address for the role tallystick_sandbox'),
  SANDBOX_SECRET: setting(
    z.string().min(16).default('sandbox-secret-of-this-machine'),
    'secret shared by the API and the sandbox rail',
  ),
  SMTP_URL: setting(
    z
      .string()
      .regex(/^smtps?:\/\//, 'must start with smtp://')
      .optional(),
    'mail server; without it mail is kept and shown to admins',
  ),
  MAIL_FROM: setting(z.string().min(3).default('Tallystick <no-reply@localhost>'), 'sender of mail'),
  SESSION_IDLE_SECONDS: setting(seconds.default(3600), 'a session ends after this long without use'),
  SESSION_MAX_SECONDS: setting(seconds.default(86_400), 'a session ends after this long in any case'),
  REVIEW_DAYS: setting(whole(1, 7).default(5), 'days in which a lab reviews a week; silence then approves'),
  OFFER_DAYS: setting(whole(1, 60).default(7), 'days after which an unanswered offer lapses'),
  COOLING_OFF_DAYS: setting(whole(0, 30).default(0), 'days between charge and payout'),
  PAYOUT_MINIMUM: setting(
    limits('USD:1,EUR:1,GBP:1,CAD:1,CHF:1,JPY:100,ISK:100,KWD:1'),
    'smallest payout of a run; in a currency that is not named, one whole unit, as whoever asks may have it',
  ),
  PAYOUT_HOUR: setting(
    whole(0, 23).default(12),
    'hour of the day, UTC, at which the daily payout run begins',
  ),
  PAYOUT_BANK_DAYS: setting(
    whole(0, 10).default(2),
    'business days in which a bank is promised to have a payout',
  ),
  PAYOUTS_PER_DAY: setting(
    whole(1, 1000).default(10),
    'payouts an expert may have in a day, in one currency',
  ),
  PAYOUT_DAY_MOST: setting(
    limits('USD:50000,EUR:45000,GBP:40000,CAD:65000,CHF:40000,JPY:5000000,ISK:6000000,KWD:15000'),
    'most that goes out to an expert in a day in several payouts; in a currency that is not named, one payout a day',
  ),
  PAYOUT_APPROVAL_ABOVE: setting(
    limits('USD:10000,EUR:9000,GBP:8000,CAD:13000,CHF:8000,JPY:1000000,ISK:1200000,KWD:3000'),
    'above this a payout, or the release of a hold, needs four eyes; in a currency that is not named, always',
  ),
  REFUND_APPROVAL_ABOVE: setting(
    limits(LARGE),
    'above this, what goes back to a lab within 24 hours needs four eyes; in a currency that is not named, always',
  ),
  CREDIT_APPROVAL_ABOVE: setting(
    limits(LARGE),
    'above this a lab’s credit limit needs four eyes; in a currency that is not named, always',
  ),
  NETTING_SHARE_PERCENT: setting(
    whole(1, 100).default(50),
    'most of each line’s pay that goes off what its expert owes for lines taken back after they were paid, percent',
  ),
  BANK_COOL_DOWN_HOURS: setting(
    whole(0, 240).default(72),
    'hours that payouts wait after another bank account was set',
  ),
  PAYOUTS_STOPPED: setting(
    z.enum(['yes', 'no']).default('no'),
    'yes stops all payouts at the gate, whatever the switch says',
  ),
  GRAPHQL_INTROSPECTION: setting(
    z.enum(['yes', 'no']).optional(),
    'whether the GraphQL door tells its schema to whoever asks; default no in production, yes elsewhere',
  ),
  LOG_LEVEL: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
    'how much is logged',
  ),
} as const;

/** Settings that were read once and are no more, with what to do instead. A name that is here is never a setting again. */
export const RETIRED: Readonly<Record<string, string>> = {
  PAYOUT_MINIMUM_MINOR:
    'set PAYOUT_MINIMUM instead, in whole units by currency, such as USD:1,JPY:100, and take this one away',
  TAX_FORM_FROM:
    'from which sum on a tax form is needed stands in the database by country and year; take this one away',
};

/** A sentence for each retired setting that an environment has: it is no longer read, and what to do instead. */
export function retiredIn(environment: Record<string, string | undefined>): string[] {
  return Object.entries(RETIRED).flatMap(([name, instead]) =>
    environment[name] ? [`The setting ${name} is no longer read: ${instead}.`] : [],
  );
}

type Settings = { [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never };

/** A setting that cannot be used; its message names it and says what to do. */
export class BadSetting extends Error {}

/** A setting as the start reads it before anything is installed: data only. */
export interface PrintedSetting {
  readonly help: string;
  /** What a good value is, for a sentence: `a whole number from 1 to 7`. */
  readonly must: string;
  readonly type: 'integer' | 'string';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly format?: 'uri';
  readonly default?: string | number;
}

/**
 * Reads all settings from an environment.
 * Throws BadSetting with one sentence that names the first bad one.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const values: Record<string, unknown> = {};
  for (const [name, { schema, help }] of Object.entries(SETTINGS)) {
    const given = environment[name] === '' ? undefined : environment[name];
    const result = schema.safeParse(given);
    if (!result.success) {
      const { must } = printed(schema, help);
      throw new BadSetting(
        given === undefined
          ? `The setting ${name} (${help}) is not set: set it to ${must} and start again.`
          : `The setting ${name} (${help}) is ${shown(name, given)}, which is not ${must}: correct it and start again.`,
      );
    }
    values[name] = result.data;
  }
  return values as Settings;
}

/** Every setting as data, printed to apps/api/settings.json for the start and the operator's page. */
export function printedSettings(): Record<string, PrintedSetting> {
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([name, { schema, help }]) => [name, printed(schema, help)]),
  );
}

function printed(schema: z.ZodType, help: string): PrintedSetting {
  const { $schema: _, ...rules } = z.toJSONSchema(schema, { io: 'output' });
  return { help, must: mustBe(rules as Omit<PrintedSetting, 'help' | 'must'>), ...rules } as PrintedSetting;
}

function mustBe(rules: Omit<PrintedSetting, 'help' | 'must'>): string {
  if (rules.enum) return `one of ${rules.enum.join(', ')}`;
  if (rules.type === 'integer')
    return (rules.maximum ?? Infinity) < 1e9
      ? `a whole number from ${rules.minimum} to ${rules.maximum}`
      : `a whole number from ${rules.minimum} up`;
  if (rules.format === 'uri') return 'an address such as https://example.org';
  if (rules.pattern) return `a text that begins with ${beginnings(rules.pattern)}`;
  return rules.minLength === undefined ? 'a text' : `a text of at least ${rules.minLength} characters`;
}

/** The patterns of settings are beginnings: `^postgres(ql)?:\\/\\/` reads as `postgresql://`. */
function beginnings(pattern: string): string {
  const plain = pattern.replace('^', '').replaceAll('\\/', '/');
  const choice = /^\(([\w|]+)\)(.*)$/.exec(plain);
  if (choice)
    return (choice[1] ?? '')
      .split('|')
      .map((each) => each + (choice[2] ?? ''))
      .join(' or ');
  return plain.replace(/\((\w+)\)\?/, '$1').replace(/\w\?/, '');
}

/** Nothing of a secret reaches a message, nor of an address that may hold a password. */
function shown(name: string, value: string): string {
  const isSecret = /SECRET|KEY|(DATABASE|OWNER|REDIS|SMTP)_URL/.test(name);
  return isSecret ? 'set to a secret value' : JSON.stringify(value);
}
