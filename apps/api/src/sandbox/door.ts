import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CONTRACT } from './contract/contract';
import { RailError } from './store';

/** The version in force where a call names none: the last one before the changes that the pinned one brought. */
export const DEFAULT_VERSION = '2026-08-26.dahlia';

const LONGEST_KEY = 255;

/** How each generation of the API wants its bodies. */
const BODIES: Readonly<Record<string, string>> = {
  v1: 'application/x-www-form-urlencoded',
  v2: 'application/json',
};

/** Looks at what every call brings, before its parameters: its key, its version, how its body is written. */
export function door(http: FastifyInstance, secret: string): void {
  http.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', `req_${randomBytes(7).toString('hex')}`);
    if (request.url === '/health' || request.url.startsWith('/_sandbox/onboarding/')) return;
    mustHaveKey(request.headers.authorization, `sk_test_${secret}`);
    const [, generation] = /^\/(v[12])\//.exec(request.url) ?? [];
    if (generation === undefined) return;
    const version = versionOf(request);
    mustBeKnown(version);
    reply.header('stripe-version', version);
    if (request.method !== 'POST') return;
    mustBeWritten(request.headers['content-type'], generation);
    const key = idempotencyKeyOf(request);
    if (key === undefined) return;
    mustBeKey(key);
    reply.header('idempotency-key', key);
  });
}

/** The version that a call asks for, or the one in force where it names none. */
export function versionOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
  return (headers['stripe-version'] as string | undefined) ?? DEFAULT_VERSION;
}

/** The key under which a call is done once; undefined where it brings none. */
export function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return headers['idempotency-key'] as string | undefined;
}

/** A body that is not written as a generation of the API wants it. */
export function wronglyWritten(generation: string): RailError {
  return new RailError(
    400,
    undefined,
    `Invalid request (check that your POST content type is ${BODIES[generation] ?? ''}). If you have any questions, we can help at https://support.stripe.com/.`,
  );
}

/** The key comes as a bearer's, or as the name of HTTP Basic without a password: `curl -u sk_test_…:`. */
function mustHaveKey(authorization: string | undefined, expected: string): void {
  const [, scheme = '', credentials = ''] = /^(\w+) +(.+)$/.exec(authorization ?? '') ?? [];
  const isBasic = scheme.toLowerCase() === 'basic';
  const key = isBasic ? (Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '') : credentials;
  if (key === '')
    throw new RailError(
      401,
      undefined,
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  if (key !== expected) throw new RailError(401, undefined, `Invalid API Key provided: ${masked(key)}`);
}

/** A key as it may be told: where it begins, and its last four signs. */
function masked(key: string): string {
  const shown = key.length > 16 ? [key.slice(0, 8), key.slice(-4)] : ['', ''];
  return shown.join('*'.repeat(Math.min(24, key.length - shown.join('').length)));
}

function mustBeKnown(version: string): void {
  if (!CONTRACT.versions.includes(version))
    throw new RailError(400, undefined, `Invalid Stripe API version: ${version}`);
}

function mustBeWritten(type: string | undefined, generation: string): void {
  if (type !== undefined && !type.toLowerCase().startsWith(BODIES[generation] ?? ''))
    throw wronglyWritten(generation);
}

function mustBeKey({ length }: string): void {
  if (length >= 1 && length <= LONGEST_KEY) return;
  throw new RailError(
    400,
    undefined,
    `Idempotent key length is ${length}, which is outside accepted lengths. Idempotent Keys must be 1-${LONGEST_KEY} characters long. If you're looking for a decent generator, try using a UUID defined by IETF RFC 4122.`,
  );
}
