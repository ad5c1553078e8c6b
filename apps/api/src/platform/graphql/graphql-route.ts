import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, parse, type ExecutionResult } from 'graphql';
import { checkDocument, LIMITS } from './limits';
import { formatError } from './format-error';
import type { PersistedDocuments } from './persisted-documents';
import type { GraphqlContext } from './graphql-context';
import { readRequest, refusal, refuseBody, type Asked } from './graphql-request';

const MODERN = 'application/graphql-response+json';
const LEGACY = 'application/json';
/** How many checked documents are remembered, and how long one may be, characters. */
const REMEMBERED = 500;
const REMEMBERED_LENGTH = 10_000;

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
  const check = checkedOnce(rules);
  http.route({
    method: ['POST'],
    url: '/graphql',
    bodyLimit: LIMITS.bytes,
    errorHandler: refuseBody,
    handler: async (request, reply) => {
      const isModern = (request.headers.accept ?? '').includes(MODERN);
      reply.type(`${isModern ? MODERN : LEGACY}; charset=utf-8`).header('cache-control', 'no-store');
      const asked = readRequest(request, documents);
      if ('refusal' in asked) return reply.code(asked.status).send(asked.refusal);
      const execute = (http as unknown as { graphql: Execute }).graphql.bind(http);
      return answer(execute, asked, request, reply, { isModern, check });
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

async function answer(
  execute: Execute,
  asked: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
  { isModern, check }: { isModern: boolean; check: (text: string) => void },
): Promise<FastifyReply> {
  const context: GraphqlContext = { req: request, reply, actor: request.actor, loaders: new Map() };
  try {
    check(asked.text);
    const result = await execute(asked.text, context, asked.variables, asked.operationName);
    return reply.send(result);
  } catch (error) {
    // Parse, validation and coercion errors: the request is at fault and there is no data.
    const found = (error as { errors?: readonly unknown[] }).errors ?? [error];
    const errors = found
      .slice(0, 10)
      .map((each) => formatError(asGraphqlError(each), asked.variables).toJSON());
    return reply.code(isModern ? 400 : 200).send({ errors });
  }
}

/** The check of a document, made once for each text that keeps coming back. Throws what it throws. */
function checkedOnce(rules: { tellsSchema: boolean }): (text: string) => void {
  const good = new Set<string>();
  return (text) => {
    if (good.has(text)) return;
    checkDocument(parse(text, { maxTokens: LIMITS.tokens }), rules);
    if (text.length > REMEMBERED_LENGTH) return;
    good.add(text);
    const [oldest] = good;
    if (good.size > REMEMBERED && oldest !== undefined) good.delete(oldest);
  };
}

/** Whatever was thrown, as an error of GraphQL. */
export function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const given = error as { message?: string; locations?: unknown; path?: unknown };
  return new GraphQLError(String(given.message ?? 'failed'), {
    originalError: error instanceof Error && !('locations' in error) ? error : undefined,
  });
}
