// A gate between the rail and the product: webhooks arrive twice, late, in another order, or after the first try was refused.
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const LONGEST_MS = 1500;

/** Opens the gate. While `isFair` nothing is done to what passes. */
export async function openGate(apiPort, random, port) {
  const gate = { isFair: false, passed: 0, repeated: 0, refused: 0 };
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    gate.passed++;
    const send = () =>
      fetch(`http://127.0.0.1:${apiPort}${request.url}`, {
        method: 'POST',
        headers: {
          'content-type': request.headers['content-type'] ?? '',
          'stripe-signature': request.headers['stripe-signature'] ?? '',
        },
        body,
        signal: AbortSignal.timeout(5000),
      }).catch(() => undefined);
    const end = (status) => response.writeHead(status).end('{}');
    if (gate.isFair) return end((await send())?.status ?? 502);
    const again = () => {
      gate.repeated++;
      void wait(random.below(LONGEST_MS)).then(send);
    };
    if (random.chance(40)) again();
    if (random.chance(20)) again();
    if (random.chance(20)) {
      // It arrives, and the rail is told that it did not: the rail sends it again.
      gate.refused++;
      again();
      return end(500);
    }
    if (random.chance(50)) await wait(random.below(LONGEST_MS));
    return end((await send())?.status ?? 502);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(gate, {
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  });
}
