import { createServer } from 'node:net';

/** Below the ports that the system hands out by itself: nothing else takes one between its choice and its use. */
const [FIRST, COUNT] = [20_000, 12_000];

/** What was given is not given again: it may be listened on only later. */
const given = new Set<number>();

/** A port of this machine that nobody uses. Each test process draws from a part of its own. */
export async function freePort(): Promise<number> {
  const workers = 16;
  const worker = Number(process.env.JEST_WORKER_ID ?? 1) % workers;
  const part = Math.floor(COUNT / workers);
  for (;;) {
    const port = FIRST + worker * part + Math.floor(Math.random() * part);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
