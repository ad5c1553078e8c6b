import { cacheExchange } from '@urql/exchange-graphcache';
import { persistedExchange } from '@urql/exchange-persisted';
import { createClient, fetchExchange, type TypedDocumentNode } from 'urql';
import { freshAfterWrites } from './fresh';

/** The header by which a request says that it comes from the product itself. */
export const OWN_REQUEST = { 'x-tallystick': '1' };

/** The stored document's SHA-256, put into it when the client is built. */
export function hashOf(document: unknown): string {
  return (document as TypedDocumentNode & { __meta__?: { hash?: string } }).__meta__?.hash ?? '';
}

const fresh = freshAfterWrites();

/** The client of the one GraphQL door: persisted documents only, one normalised cache. */
export const client = createClient({
  url: '/graphql',
  preferGetMethod: false,
  requestPolicy: 'cache-and-network',
  fetchOptions: { headers: OWN_REQUEST },
  exchanges: [
    fresh.exchange,
    cacheExchange({}),
    persistedExchange({
      enforcePersistedQueries: true,
      enableForMutation: true,
      preferGetForPersistedQueries: false,
      generateHash: (_text, document) => Promise.resolve(hashOf(document)),
    }),
    fetchExchange,
  ],
});

/** Reads everything that the page shows again. */
export const readAgain = fresh.readAgain;
