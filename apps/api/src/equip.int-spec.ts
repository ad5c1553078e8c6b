import type { FastifyInstance } from 'fastify';
import { httpAdapter } from './equip';

/** Whom the server takes for the caller, when a request from an address says who is behind it. */
async function callerSeen(trusted: 'none' | 'private', remoteAddress: string): Promise<string> {
  const http = httpAdapter(trusted).getInstance() as unknown as FastifyInstance;
  http.get('/', (request) => request.ip);
  const headers = { 'x-forwarded-for': '203.0.113.9' };
  return (await http.inject({ url: '/', remoteAddress, headers })).body;
}

describe('tries are counted by the address of', () => {
  it('whoever connects, where no proxy is trusted', async () => {
    expect(await callerSeen('none', '172.18.0.5')).toBe('172.18.0.5');
  });

  it('the caller behind the proxy of our own network, and nobody else can claim to be one', async () => {
    expect(await callerSeen('private', '172.18.0.5')).toBe('203.0.113.9');
    expect(await callerSeen('private', '198.51.100.7')).toBe('198.51.100.7');
  });
});
