// What the snapshot of the demo world is made by: its hash tells whether the snapshot is of these sources.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../install.mjs';

const FOLDER = 'apps/api/src/demo';
/** Played or done after the snapshot is loaded: no part of it. */
const LATER = new Set(['last-touches.ts', 'finish-world.ts']);

/** SHA-256 over the sources of the history and its words, in hex. */
export function sourcesHash() {
  const sources = readdirSync(path.join(ROOT, FOLDER))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('spec.ts') && !LATER.has(name))
    .sort()
    .map((name) => `${FOLDER}/${name}`);
  const hash = createHash('sha256');
  for (const file of [...sources, 'prisma/seed/demo/content.json'])
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(ROOT, file)))
      .update('\0');
  return hash.digest('hex');
}
