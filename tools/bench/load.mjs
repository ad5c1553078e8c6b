// Load on an HTTP address: several callers, each with one request at a time on a connection of its own.
import { Agent, request } from 'node:http';

/**
 * Calls an address for a while.
 * @returns perSecond, and p50 and p99 of the answers' times, milliseconds
 */
export async function load({ url, body, callers, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const times = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) times.push(await call(agent, url, body));
    }),
  );
  const perSecond = times.length / ((performance.now() - began) / 1000);
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

/** One call. Returns its time, milliseconds; throws where the answer is not what it should be. */
function call(agent, url, body) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      body === undefined
        ? { agent }
        : {
            agent,
            method: 'POST',
            headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
          },
      (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts);
          if (answer.statusCode !== 200 || text.includes('"errors":'))
            reject(new Error(`${url} answered ${answer.statusCode}: ${text.subarray(0, 300)}`));
          else resolve(performance.now() - started);
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
