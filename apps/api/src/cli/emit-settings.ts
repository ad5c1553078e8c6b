import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { printedSettings, RETIRED } from '../platform/config/settings';

/** Prints every setting, and those that are no longer read, for plain Node; with --check only says whether the files are up to date. */
const FILES = { 'settings.json': printedSettings(), 'retired-settings.json': RETIRED };
for (const [name, content] of Object.entries(FILES)) {
  const file = path.join(__dirname, '../..', name);
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`apps/api/${name} is not up to date. Run npm run settings:emit.\n`);
    process.exitCode = 1;
  }
}
