import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { printedSettings } from '../platform/config/settings';

/** Prints every setting to apps/api/settings.json; with --check only says whether the file is up to date. */
const file = path.join(__dirname, '../../settings.json');
const text = `${JSON.stringify(printedSettings(), null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('apps/api/settings.json is not up to date. Run npm run settings:emit.\n');
  process.exitCode = 1;
}
