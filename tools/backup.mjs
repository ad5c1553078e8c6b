// npm run backup -- --out FILE [--data-dir DIR]
// Writes one file with everything this copy is: database, uploaded files, passwords, sealing key, roots of seals.
// Works while the product runs and while it does not.
import './start/help.mjs';
import path from 'node:path';
import { makeBackup } from './backup/make.mjs';
import { dataDirOf, readWords, said } from './backup/words.mjs';
import { CannotStart } from './embedded/cannot-start.mjs';

await said(async () => {
  const words = readWords('npm run backup -- --out FILE [--data-dir DIR]', ['out', 'data-dir']);
  if (!words.out)
    throw new CannotStart('--out is missing: use npm run backup -- --out FILE [--data-dir DIR].');
  const out = path.resolve(words.out);
  const { files, megabytes } = await makeBackup(dataDirOf(words), out, (line) => console.log(`  ${line} …`));
  console.log(`Backed up ${files} files (${megabytes} MB) to ${out}. Keep it safe: it holds every password.`);
});
