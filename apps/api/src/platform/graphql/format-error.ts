import { randomUUID } from 'node:crypto';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { Refused } from '../errors/refused';
import { translateDatabaseError } from '../errors/database-refusals';
import { log } from '../log/log';

const OWN_CODES = new Set(['DOCUMENT_TOO_LARGE', 'INTROSPECTION_OFF', 'PERSISTED_QUERY_NOT_FOUND']);

/** The result of an operation with its errors as they leave the process. */
export function formatErrors(result: ExecutionResult): { statusCode: number; response: ExecutionResult } {
  return { statusCode: 200, response: { data: result.data, errors: result.errors?.map(formatError) } };
}

/** An error as it leaves the process: a refusal with its code and field, a mistake in the document, or a bug with a trace id. */
export function formatError(error: GraphQLError): GraphQLError {
  const origin = originOf(error);
  const cause = translateDatabaseError(origin ?? error);
  const place = { nodes: error.nodes, path: error.path };
  if (cause instanceof Refused) {
    return new GraphQLError(cause.message, { ...place, extensions: { code: cause.code, ...cause.about } });
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
