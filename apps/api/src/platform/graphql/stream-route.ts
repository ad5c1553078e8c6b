import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { createHandler } from 'graphql-sse';
import { formatError } from './format-error';
import type { GraphqlContext } from './graphql-context';
import { readRequest, refusal, refuseBody, type Asked } from './graphql-request';
import { asGraphqlError } from './graphql-route';
import { checkDocument, LIMITS } from './limits';
import type { PersistedDocuments } from './persisted-documents';

const EVENT_STREAM = 'text/event-stream';

/**
 * Subscriptions over server-sent events, one operation a stream (graphql-sse's "distinct connections mode"), behind the
 * same rules as `/graphql`. The library keeps the connection awake with a comment every 12 seconds.
 */
export function streamRoute(http: FastifyInstance, documents: PersistedDocuments): void {
  http.route({
    method: ['POST'],
    url: '/graphql/stream',
    bodyLimit: LIMITS.bytes,
    errorHandler: refuseBody,
    handler: async (request, reply) => {
      if (request.headers.accept !== EVENT_STREAM)
        return reply
          .code(406)
          .send(refusal('METHOD', `Send the header accept: ${EVENT_STREAM}; other answers are at /graphql.`));
      const asked = readRequest(request, documents);
      if ('refusal' in asked) return reply.code(asked.status).send(asked.refusal);
      const { graphql } = http as unknown as { graphql: { schema: GraphQLSchema } };
      return serve(request, reply, asked, graphql.schema);
    },
  });
}

async function serve(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  schema: GraphQLSchema,
): Promise<FastifyReply> {
  const context: GraphqlContext = { req: request, reply, actor: request.actor, loaders: new Map() };
  const read = operationOf(asked, schema);
  if ('errors' in read)
    return reply.code(400).send({ errors: read.errors.map((each) => formatError(each, asked.variables)) });
  const [body, head] = await createHandler({
    onSubscribe: () => ({ ...read, contextValue: { ...context } }),
    onNext: (_context, _request, result) =>
      result.errors && { ...result, errors: result.errors.map((each) => formatError(asGraphqlError(each))) },
  })({
    method: 'POST',
    url: request.url,
    headers: { get: (name) => [request.headers[name] ?? []].flat()[0] },
    body: { query: asked.text, variables: asked.variables, operationName: asked.operationName },
    raw: request,
    context: undefined,
  });
  reply.code(head.status).headers(head.headers ?? {});
  if (body === null || typeof body === 'string') return reply.send(body ?? '');
  return pour(body, reply);
}

/** What is to be executed, or why it cannot be. Only subscriptions are served here. */
function operationOf(
  asked: Asked,
  schema: GraphQLSchema,
): ExecutionArgs | { errors: readonly GraphQLError[] } {
  try {
    const document = parse(asked.text, { maxTokens: LIMITS.tokens });
    checkDocument(document, { tellsSchema: false });
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors: errors.slice(0, 10) };
    if (getOperationAST(document, asked.operationName)?.operation !== 'subscription')
      return { errors: [new GraphQLError('Only a subscription is served here; send the rest to /graphql.')] };
    return { schema, document, variableValues: asked.variables, operationName: asked.operationName };
  } catch (error) {
    return { errors: [asGraphqlError(error)] };
  }
}

/** Writes events as they come; stops reading when the browser leaves. */
async function pour(events: AsyncGenerator<string>, reply: FastifyReply): Promise<FastifyReply> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
  raw.once('close', () => void events.return(undefined));
  for await (const event of events) {
    if (!raw.writable) break;
    raw.write(event);
  }
  raw.end();
  return reply;
}
