import { cacheExchange, createClient, fetchExchange, type CombinedError, type TypedDocumentNode } from 'urql';
import { persistedExchange } from '@urql/exchange-persisted';

/** The client of the one GraphQL door: persisted documents only. */
export const client = createClient({
  url: '/graphql',
  preferGetMethod: false,
  fetchOptions: { headers: { 'x-tallystick': '1' } },
  exchanges: [
    cacheExchange,
    persistedExchange({
      enforcePersistedQueries: true,
      enableForMutation: true,
      preferGetForPersistedQueries: false,
      generateHash: (_text, document) =>
        Promise.resolve(
          ((document as TypedDocumentNode & { __meta__?: { hash?: string } }).__meta__?.hash ?? '').replace(
            'sha256:',
            '',
          ),
        ),
    }),
    fetchExchange,
  ],
});

/** What went wrong, for the reader: a sentence, the field that it is about, a trace id where it is a bug. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly traceId?: string;
}

/** Reads a failure of the client. */
export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (!first)
    return {
      code: 'AWAY',
      message: 'The server does not answer. What you typed is still here; try again in a moment.',
    };
  const { code, field, traceId } = first.extensions as { code?: string; field?: string; traceId?: string };
  return { code: code ?? 'INTERNAL', message: first.message, field, traceId };
}
