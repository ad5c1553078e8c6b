import { createHash } from 'node:crypto';
import type { HalfTools } from '@tallystick/domain';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';

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
