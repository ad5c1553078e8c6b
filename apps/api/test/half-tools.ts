import { createHash } from 'node:crypto';
import { compareHalves, readHalf, type Half, type HalfTools, type TallyResult } from '@tallystick/domain';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import request from 'supertest';
import type { Caller, TestApi } from './api';

/** The tools of a stranger who holds two halves and the public keys. */
export function halfTools(keys: JSONWebKeySet): HalfTools {
  const find = createLocalJWKSet(keys);
  return {
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    verify: async (signature) => {
      try {
        const { payload } = await compactVerify(signature, find, { algorithms: ['ES256'] });
        return { signed: new TextDecoder().decode(payload) };
      } catch (error) {
        return { problem: (error as Error).message };
      }
    },
  };
}

/** One half of an engagement's tally, as its side downloads it. */
export async function halfOf(
  api: TestApi,
  side: 'lab' | 'expert',
  caller: Caller,
  engagementId: string,
): Promise<Half> {
  const { text } = await request(api.app.getHttpServer())
    .get(`/statements/${side}/engagements/${engagementId}/half.json`)
    .set('authorization', `Bearer ${caller.token}`)
    .expect(200);
  const read = readHalf(text);
  if (!read.ok) throw new Error(read.refusal.message);
  return read.value;
}

/** What a stranger finds who puts two halves together. */
export async function comparedHalves(api: TestApi, lab: Half, expert: Half): Promise<TallyResult> {
  const { body } = await request(api.app.getHttpServer()).get('/.well-known/jwks.json').expect(200);
  return compareHalves(lab, expert, halfTools(body));
}
