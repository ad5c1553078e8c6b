// npm run export:matching -- --experts FILE --openings FILE
// Writes what matching reads, for npm run rank, from DATABASE_URL or the data of this copy, whether the product runs or not.
import './start/help.mjs';
import { said } from './backup/words.mjs';
import { dataCommand } from './start/data-command.mjs';

await said(async () => {
  process.exitCode = await dataCommand('export-matching.js', process.argv.slice(2));
});
