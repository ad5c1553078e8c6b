import type { CombinedError } from 'urql';

/** What went wrong, for the reader: a sentence, the field that it is about, a trace id where it is a bug. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly rowId?: string;
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
  const about = first.extensions as { code?: string; field?: string; rowId?: string; traceId?: string };
  return { ...about, code: about.code ?? 'INTERNAL', message: first.message };
}
