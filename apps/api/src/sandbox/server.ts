import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { completed } from './contract/contract';
import { readRequest } from './contract/read-request';
import { control } from './control';
import { door, idempotencyKeyOf, versionOf, wronglyWritten } from './door';
import { expanded } from './expand';
import { parseForm } from './form';
import { once, type Answer } from './idempotency';
import { onboardingPages } from './onboarding';
import type { Call, Sent } from './operations/call';
import { OPERATIONS } from './operations/operations';
import { mustReach } from './operations/recipient';
import { RailError, type Body, type Books, type Store } from './store';

/** The Stripe-shaped HTTP service over its books. */
export function sandboxServer(store: Store, secret: string): FastifyInstance {
  const http = Fastify({ bodyLimit: 200_000 });
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, parseForm(String(body))),
  );
  door(http, secret);
  http.get('/health', async () => ({ status: 'ready' }));
  for (const name of Object.keys(OPERATIONS)) {
    const [method = '', url = ''] = name.split(' ');
    http.route({ method, url, handler: (request, reply) => answer(store, name, request, reply) });
  }
  control(http, store);
  onboardingPages(http, store);
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, body } = answerTo(error, request);
    if (status === 401) reply.header('www-authenticate', 'Basic realm="Stripe"');
    return reply.code(status).send(body);
  });
  http.setNotFoundHandler(({ method, url }, reply) => {
    const { status, body } = new RailError(
      404,
      undefined,
      `Unrecognized request URL (${method}: ${url.split('?')[0] ?? ''}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    );
    return reply.code(status).send(body);
  });
  return http;
}

const UNKNOWN_ERROR: Answer = {
  status: 500,
  body: { error: { type: 'api_error', message: 'An unknown error occurred.' } },
};

/** How a call is answered that came to no operation: what could not be read is the caller's, anything else ours. */
function answerTo(error: FastifyError, { url }: FastifyRequest): Answer {
  if (error instanceof RailError) return { status: error.status, body: error.body };
  const { code, statusCode = 500, message } = error;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { status: 400, body: wronglyWritten(url.split('/')[1] ?? '').body };
  if (statusCode < 500)
    return { status: statusCode, body: new RailError(statusCode, undefined, message).body };
  return {
    status: 500,
    body: { error: { type: 'api_error', message: 'The request could not be handled.' } },
  };
}

async function answer(
  store: Store,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const call: Call = {
    params: request.params as Record<string, string>,
    sent: sentWith(request),
    version: versionOf(request),
    account: (request.headers['stripe-account'] as string | undefined) || undefined,
  };
  const isWrite = request.method === 'POST';
  const key = idempotencyKeyOf(request);
  const { status, body, isReplayed } = await store.transaction((books) =>
    isWrite && key
      ? once(
          books,
          { key, account: call.account },
          [name, call.params, call.sent.values, call.account ?? null],
          () => runKept(books, name, call),
        )
      : run(books, name, call),
  );
  // A failure after the fact: the books have it, the caller does not learn of it.
  const failure = isWrite
    ? await store.transaction((books) => books.takeFailure(`${name} after`))
    : undefined;
  if (failure === 'error') return reply.code(500).send(UNKNOWN_ERROR.body);
  if (failure === 'cut') {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  if (isReplayed) reply.header('idempotent-replayed', 'true');
  return reply.code(status).send(body);
}

/** What a call sends: its body, or what stands behind the question mark. */
function sentWith(request: FastifyRequest): Sent {
  const { body, method, url } = request;
  if (method === 'GET') return { values: parseForm(url.split('?')[1] ?? ''), isForm: true };
  const isForm = !String(request.headers['content-type'] ?? '').startsWith('application/json');
  return { values: (body ?? {}) as Body, isForm };
}

/** Runs a call, and where it was told to, keeps a failure as its answer though it was done: every repetition gets it. */
async function runKept(books: Books, name: string, call: Call): Promise<Answer> {
  const done = await run(books, name, call);
  const failure = done.status === 200 ? await books.takeFailure(`${name} kept`) : undefined;
  return failure === 'error' ? UNKNOWN_ERROR : done;
}

async function run(books: Books, name: string, call: Call): Promise<Answer> {
  const operation = OPERATIONS[name];
  if (!operation) return UNKNOWN_ERROR;
  const { sent, version } = call;
  let body: Body;
  try {
    body = readRequest(name, sent.values, { version, isForm: sent.isForm });
  } catch (error) {
    return { ...answerOf(error), isUnbegun: true };
  }
  await books.client.query('SAVEPOINT call');
  try {
    await mustReach(books, call.account);
    const made = completed(await operation(books, { ...call, body }));
    return { status: 200, body: await expanded(books, made, body.expand) };
  } catch (error) {
    const refused = answerOf(error);
    const { facts } = error as RailError;
    // A declined card leaves its payment behind; every other refusal leaves nothing.
    if (facts.about === undefined) await books.client.query('ROLLBACK TO SAVEPOINT call');
    if (facts.usesUp !== undefined) await books.takeFailure(facts.usesUp);
    return refused;
  }
}

/** A refusal as an answer; anything else is thrown on. */
function answerOf(error: unknown): Answer {
  if (!(error instanceof RailError)) throw error;
  return { status: error.status, body: error.body };
}
