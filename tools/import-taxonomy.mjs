// npm run import:taxonomy -- [--esco DIR] [--onet DIR] [--own FILE]
// Loads skills and occupations into DATABASE_URL or the data of this copy, whether the product runs or not.
import './start/help.mjs';
import { said } from './backup/words.mjs';
import { dataCommand } from './start/data-command.mjs';

await said(async () => {
  process.exitCode = await dataCommand('import-taxonomy.js', process.argv.slice(2));
});
