import { createHash } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { control } from './control';
import { parseForm } from './form';
import { OPERATIONS, type Call } from './operations';
import { RailError, type Body, type Books, type Store } from './store';

/** The Stripe-shaped HTTP service over its books. */
export function sandboxServer(store: Store, secret: string): FastifyInstance {
  const http = Fastify({ bodyLimit: 200_000 });
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, parseForm(String(body))),
  );
  http.addHook('onRequest', async (request, reply) => {
    if (request.url === '/health') return;
    const key = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if (key !== `sk_test_${secret}`)
      await reply
        .code(401)
        .send({ error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' } });
  });
  http.get('/health', async () => ({ status: 'ready' }));
  for (const name of Object.keys(OPERATIONS)) {
    const [method = '', url = ''] = name.split(' ');
    http.route({ method, url, handler: (request, reply) => answer(store, name, request, reply) });
  }
  control(http, store);
  http.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
    reply
      .code(error.statusCode ?? 500)
      .send({ error: { type: 'api_error', message: 'The request could not be handled.' } }),
  );
  http.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: {
        type: 'invalid_request_error',
        message: `Unrecognized request URL (${request.method}: ${request.url}).`,
      },
    }),
  );
  return http;
}

async function answer(
  store: Store,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const call: Call = {
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string>,
    body: (request.body ?? {}) as Body,
    account: request.headers['stripe-account'] as string | undefined,
  };
  const key = request.headers['idempotency-key'] as string | undefined;
  const { status, body } = await store.transaction((books) =>
    request.method === 'POST' && key ? once(books, key, name, call) : run(books, name, call),
  );
  // A failure after the fact: the books have it, the caller does not learn of it.
  const failure =
    request.method === 'POST'
      ? await store.transaction((books) => books.takeFailure(`${name} after`))
      : undefined;
  if (failure === 'error')
    return reply.code(500).send({ error: { type: 'api_error', message: 'An unknown error occurred.' } });
  if (failure === 'cut') {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  return reply
    .code(status)
    .header('request-id', `req_${Date.now().toString(36)}`)
    .send(body);
}

/** Runs a call once for its key; the same key again gives the same answer, with another request an error. */
async function once(
  books: Books,
  key: string,
  name: string,
  call: Call,
): Promise<{ status: number; body: Body }> {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, call.params, call.body, call.account ?? null]))
    .digest('hex');
  const { rowCount } = await books.client.query(
    'INSERT INTO sandbox.idempotency (key, request_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [key, hash],
  );
  if (rowCount === 0) {
    const { rows } = await books.client.query<{ request_hash: string; status: number; body: Body }>(
      'SELECT * FROM sandbox.idempotency WHERE key = $1',
      [key],
    );
    const first = rows[0];
    if (!first || first.request_hash !== hash) {
      return {
        status: 400,
        body: {
          error: {
            type: 'idempotency_error',
            message:
              'Keys for idempotent requests can only be used with the same parameters they were first used with.',
          },
        },
      };
    }
    return { status: first.status, body: first.body };
  }
  const result = await run(books, name, call);
  await books.client.query('UPDATE sandbox.idempotency SET status = $2, body = $3 WHERE key = $1', [
    key,
    result.status,
    result.body,
  ]);
  return result;
}

async function run(books: Books, name: string, call: Call): Promise<{ status: number; body: Body }> {
  await books.client.query('SAVEPOINT call');
  try {
    return { status: 200, body: (await OPERATIONS[name]?.(books, call)) ?? {} };
  } catch (error) {
    if (!(error instanceof RailError)) throw error;
    await books.client.query('ROLLBACK TO SAVEPOINT call');
    if (error.usesUp !== undefined) await books.takeFailure(error.usesUp);
    return {
      status: error.status,
      body: {
        error: {
          type: 'invalid_request_error',
          code: error.code,
          message: error.message,
          ...(error.param && { param: error.param }),
        },
      },
    };
  }
}
