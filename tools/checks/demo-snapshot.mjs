// The snapshot of the demo world is of the sources that lie here.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { sourcesHash } from '../demo/sources.mjs';

const file = new URL('../../prisma/seed/demo/world.jsonl.br', import.meta.url);
const [header] = brotliDecompressSync(readFileSync(file)).toString().split('\n', 1);
const { sources, reference, size } = JSON.parse(header);
const isOfThese = sources === sourcesHash();
if (!isOfThese)
  console.error(
    'The demo world was made by other sources: make it anew with npm run demo:snapshot, and commit it.',
  );
console.log(`${size.experts} experts, ${size.projects} projects, up to ${reference}`);
process.exit(isOfThese ? 0 : 1);
