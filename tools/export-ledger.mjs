// npm run export:ledger -- --format hledger|ledger|beancount --out FILE
// Writes the whole book as plain-text accounting, from DATABASE_URL or the data of this copy, whether the product runs or not.
import './start/help.mjs';
import { said } from './backup/words.mjs';
import { dataCommand } from './start/data-command.mjs';

await said(async () => {
  process.exitCode = await dataCommand('export-ledger.js', process.argv.slice(2));
});
