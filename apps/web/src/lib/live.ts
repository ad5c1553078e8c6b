import { createClient } from 'graphql-sse';
import { graphql } from '../gql';
import { hashOf, OWN_REQUEST, readAgain } from './api';

const Changed = graphql(`
  subscription Changed {
    changed {
      at
    }
  }
`);

const LONGEST_PAUSE_MS = 30_000;

/**
 * Keeps this tab true while it is looked at: reads again whenever the server says that something changed. A hidden tab
 * hears nothing and reads again when it is looked at. Returns how to stop.
 */
export function followChanges(): () => void {
  let stop = hear();
  const look = () => {
    stop();
    if (document.visibilityState === 'hidden') return;
    readAgain();
    stop = hear();
  };
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    stop();
  };
}

/** One stream of events; comes back by itself, a little later each time. */
function hear(): () => void {
  const stream = createClient({
    url: '/graphql/stream',
    headers: OWN_REQUEST,
    retryAttempts: Infinity,
    retry: (tries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** tries, LONGEST_PAUSE_MS))),
  });
  const end = stream.subscribe(
    { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(Changed) } } },
    { next: readAgain, error: () => undefined, complete: () => undefined },
  );
  return () => {
    end();
    stream.dispose();
  };
}
