import { randomUUID } from 'node:crypto';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { Refused } from '../errors/refused';
import { answerTo } from '../errors/database-refusals';
import { nameOf, UnreadableDate } from './date-time.scalar';
import type { GraphqlContext } from './graphql-context';
import { log } from '../log/log';

interface Variables {
  readonly variables?: unknown;
}

const OWN_CODES = new Set(['DOCUMENT_TOO_LARGE', 'INTROSPECTION_OFF', 'PERSISTED_QUERY_NOT_FOUND']);

/** The result of an operation with its errors as they leave the process. */
export function formatErrors(
  result: ExecutionResult,
  context?: unknown,
): { statusCode: number; response: ExecutionResult } {
  const variables = (context as GraphqlContext | undefined)?.req?.body as Variables | undefined;
  const errors = result.errors?.map((error) => formatError(error, variables?.variables));
  return { statusCode: 200, response: { data: result.data, errors } };
}

/** An error as it leaves the process: a refusal with its code and field, a mistake in the document, or a bug with a trace id. */
export function formatError(error: GraphQLError, variables?: unknown): GraphQLError {
  const origin = originOf(error);
  const cause = answerTo(origin ?? error);
  const place = { nodes: error.nodes, path: error.path };
  if (cause instanceof Refused) {
    return new GraphQLError(cause.message, {
      ...place,
      extensions: { code: cause.code, ...aboutOf(cause, variables) },
    });
  }
  if (!origin) {
    const code = (error.extensions as { code?: unknown } | undefined)?.code;
    return new GraphQLError(plainText(error.message), {
      ...place,
      extensions: { code: OWN_CODES.has(String(code)) ? code : 'BAD_DOCUMENT' },
    });
  }
  const traceId = randomUUID();
  log.error(
    { traceId, path: error.path?.join('.'), err: { type: origin.name, stack: origin.stack } },
    'an operation failed',
  );
  return new GraphQLError(
    'Something went wrong on our side. Nothing was changed. Try again; if it stays, tell us the trace id.',
    {
      ...place,
      extensions: { code: 'INTERNAL', traceId },
    },
  );
}

/** What a refusal is about. A scalar is not told for which field it reads, so a date's is looked up. */
function aboutOf(cause: Refused, variables: unknown): Refused['about'] {
  const isUnnamed = cause instanceof UnreadableDate && cause.about.field === undefined;
  return isUnnamed ? { field: nameOf(cause.given, variables) } : cause.about;
}

/** What a resolver threw, under all wrapping; undefined where the document itself is at fault. */
function originOf(error: GraphQLError): Error | undefined {
  let current: Error | undefined = error.originalError;
  while (current && 'originalError' in current && current.originalError instanceof Error)
    current = current.originalError;
  return current instanceof GraphQLError ? undefined : current;
}

/** Suggestions tell a stranger the schema; they are left out. */
function plainText(message: string): string {
  return message.replace(/ ?Did you mean .*\?$/s, '');
}
