// SHA-256 and signatures for the checks of halves: what the web client does in a browser, in Node.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { ROOT } from '../install.mjs';

const { compactVerify, createLocalJWKSet } = await import(
  pathToFileURL(createRequire(path.join(ROOT, 'apps/api/package.json')).resolve('jose'))
);

/** The tools by a set of public keys. Throws where it is none. Only ES256 counts. */
export function signatureTools(keySet, problemOf) {
  const find = createLocalJWKSet(keySet);
  if (keySet.keys.length === 0) throw new Error('no key');
  return {
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    verify: async (signature) => {
      try {
        const { payload } = await compactVerify(signature, find, { algorithms: ['ES256'] });
        return { signed: new TextDecoder().decode(payload) };
      } catch (error) {
        return { problem: problemOf(error.code) };
      }
    },
  };
}
