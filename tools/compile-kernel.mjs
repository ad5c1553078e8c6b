// npm run generate -w packages/matching: compiles packages/matching/kernel to WebAssembly, and writes it as a module that holds its
// bytes, since packages read no files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const PACKAGE = new URL('../packages/matching/', import.meta.url);
const RESULT = new URL('src/generated/kernel.ts', PACKAGE);

let bytes;
const { error, stderr } = await asc.main(['--baseDir', fileURLToPath(PACKAGE), '--config', 'asconfig.json'], {
  writeFile: (_, contents) => void (bytes = contents),
});
if (error || !bytes) {
  console.error(`The kernel could not be compiled. ${stderr.toString()}`);
  process.exit(1);
}
mkdirSync(new URL('.', RESULT), { recursive: true });
writeFileSync(
  RESULT,
  `/** The compiled kernel, in base64. */\nexport const KERNEL =\n  '${Buffer.from(bytes).toString('base64')}';\n`,
);
