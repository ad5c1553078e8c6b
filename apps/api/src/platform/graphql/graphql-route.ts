import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, parse, type DocumentNode, type ExecutionResult } from 'graphql';
import { z } from 'zod';
import { checkDocument, LIMITS } from './limits';
import { formatError } from './format-error';
import type { PersistedDocuments } from './persisted-documents';
import type { GraphqlContext } from './graphql-context';
import { SESSION_COOKIES } from '../http/session-cookie';

const MODERN = 'application/graphql-response+json';
const LEGACY = 'application/json';

const Body = z.object({
  query: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});

type Execute = (
  text: string,
  context: GraphqlContext,
  variables: Record<string, unknown> | undefined,
  operationName: string | undefined,
) => Promise<ExecutionResult>;

/**
 * The one GraphQL door. With a session cookie: the header `x-tallystick` and a persisted document only.
 * Without: free text under limits.
 */
export function graphqlRoute(
  http: FastifyInstance,
  documents: PersistedDocuments,
  rules: { tellsSchema: boolean },
): void {
  http.route({
    method: ['POST'],
    url: '/graphql',
    bodyLimit: LIMITS.bytes,
    handler: async (request, reply) => {
      const isModern = (request.headers.accept ?? '').includes(MODERN);
      reply.type(`${isModern ? MODERN : LEGACY}; charset=utf-8`).header('cache-control', 'no-store');
      const asked = readRequest(request, documents);
      if ('refusal' in asked) return reply.code(asked.status).send(asked.refusal);
      const execute = (http as unknown as { graphql: Execute }).graphql.bind(http);
      return answer(execute, asked, request, reply, { isModern, ...rules });
    },
  });
  http.route({
    method: ['GET'],
    url: '/graphql',
    handler: async (_request, reply) =>
      reply
        .code(405)
        .header('allow', 'POST')
        .send(refusal('METHOD', 'Send GraphQL by POST with content-type application/json.')),
  });
}

interface Asked {
  readonly text: string;
  readonly document?: DocumentNode;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

type Refusal = { readonly status: number; readonly refusal: unknown };

function readRequest(request: FastifyRequest, documents: PersistedDocuments): Asked | Refusal {
  if (!isJson(request)) return bad(415, 'MEDIA_TYPE', 'Send GraphQL with content-type application/json.');
  const body = Body.safeParse(request.body);
  if (!body.success)
    return bad(
      400,
      'BAD_REQUEST',
      'The body must be JSON with query, variables, operationName and extensions.',
    );
  const { query, variables, operationName, extensions } = body.data;
  const rest = { variables: variables ?? undefined, operationName: operationName ?? undefined };
  const hash = (extensions?.persistedQuery as { sha256Hash?: unknown } | undefined)?.sha256Hash;
  const isBrowser = SESSION_COOKIES.some((name) => request.cookies[name] !== undefined);
  if (isBrowser) {
    if (request.headers['x-tallystick'] === undefined || isForeign(request))
      return bad(403, 'FOREIGN_REQUEST', 'This request did not come from the product itself.');
    if (typeof hash !== 'string')
      return bad(400, 'PERSISTED_ONLY', 'With a session only documents of the web client are served.');
  }
  if (typeof hash === 'string') {
    const text = documents.find(hash);
    return text === undefined
      ? bad(400, 'PERSISTED_QUERY_NOT_FOUND', 'This page is from an older version. Load it again.')
      : { text, ...rest };
  }
  return typeof query === 'string'
    ? { text: query, ...rest }
    : bad(400, 'BAD_REQUEST', 'The field query is missing.');
}

/** A form of another site can send other media without asking first; JSON it cannot. */
function isJson(request: FastifyRequest): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

/** Browsers say where a request comes from; other clients do not send this. */
function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

async function answer(
  execute: Execute,
  asked: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
  { isModern, tellsSchema }: { isModern: boolean; tellsSchema: boolean },
): Promise<FastifyReply> {
  const context: GraphqlContext = { req: request, reply, actor: request.actor, loaders: new Map() };
  try {
    checkDocument(parse(asked.text, { maxTokens: LIMITS.tokens }), { tellsSchema });
    const result = await execute(asked.text, context, asked.variables, asked.operationName);
    return reply.send(result);
  } catch (error) {
    // Parse, validation and coercion errors: the request is at fault and there is no data.
    const found = (error as { errors?: readonly unknown[] }).errors ?? [error];
    const errors = found.slice(0, 10).map((each) => formatError(asGraphqlError(each)).toJSON());
    return reply.code(isModern ? 400 : 200).send({ errors });
  }
}

function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const given = error as { message?: string; locations?: unknown; path?: unknown };
  return new GraphQLError(String(given.message ?? 'failed'), {
    originalError: error instanceof Error && !('locations' in error) ? error : undefined,
  });
}

function refusal(code: string, message: string): unknown {
  return { errors: [{ message, extensions: { code } }] };
}

function bad(status: number, code: string, message: string): Refusal {
  return { status, refusal: refusal(code, message) };
}
