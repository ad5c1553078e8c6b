// npm run restore -- --from FILE [--data-dir DIR]
// Puts a backup into an empty data folder, after every file in it was found to be what the backup's manifest says.
import './start/help.mjs';
import path from 'node:path';
import { restoreBackup } from './backup/restore.mjs';
import { dataDirOf, readWords, said } from './backup/words.mjs';
import { CannotStart } from './embedded/cannot-start.mjs';

await said(async () => {
  const words = readWords('npm run restore -- --from FILE [--data-dir DIR]', ['from', 'data-dir']);
  if (!words.from)
    throw new CannotStart('--from is missing: use npm run restore -- --from FILE [--data-dir DIR].');
  const dataDir = dataDirOf(words);
  const { files, madeAt } = await restoreBackup(path.resolve(words.from), dataDir);
  console.log(
    `Restored ${files} files of ${madeAt} to ${dataDir}. Start with DATA_DIR=${dataDir} npm start.`,
  );
});
