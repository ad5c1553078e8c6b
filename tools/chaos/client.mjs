// A caller over HTTP who keeps a log of what was answered, and asks again with the same key until there is an answer.
import { setTimeout as wait } from 'node:timers/promises';

/** Longer than a busy machine takes to start API, worker and PostgreSQL again after all were killed. */
export const PATIENCE_MS = 240_000;

export class Client {
  constructor(port, log = []) {
    this.port = port;
    this.log = log;
  }

  /** One request; undefined where there was no answer or one that says nothing of the outcome. */
  async once(document, variables, token) {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query: document, variables }),
        signal: AbortSignal.timeout(8000),
      });
      const answer = await response.json();
      const code = answer.errors?.[0]?.extensions?.code;
      if (code === undefined && answer.data) return { data: answer.data, response };
      return isOfServer(response.status, code)
        ? undefined
        : { refused: code, message: answer.errors?.[0]?.message, response };
    } catch {
      return undefined;
    }
  }

  /** Asks until there is an answer, and writes it down. A repetition carries the same key. */
  async ask(what, document, variables, token) {
    let tries = 0;
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(400)) {
      tries++;
      const answer = await this.once(document, variables, token);
      if (!answer) continue;
      this.log.push({
        what,
        key: variables?.input?.idempotencyKey ?? variables?.k,
        tries,
        data: answer.data,
        refused: answer.refused,
      });
      return answer;
    }
    throw new Error(`nobody answered ${what} for ${PATIENCE_MS / 1000} s`);
  }

  /** As `ask`, for what must not be refused. */
  async must(what, document, variables, token) {
    const { data, refused, message } = await this.ask(what, document, variables, token);
    if (refused) throw new Error(`${what} was refused: ${refused} ${message}`);
    return data;
  }
}

/** The server's own trouble: the outcome is not known, or nothing was done. */
const isOfServer = (status, code) =>
  status >= 500 || code === undefined || ['INTERNAL', 'INTERNAL_ERROR', 'UNAVAILABLE', 'BUSY'].includes(code);
