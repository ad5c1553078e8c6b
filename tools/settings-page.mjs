// npm run docs:settings: writes the table of all settings into docs/operators.md, from apps/api/settings.json.
// Usage: node tools/settings-page.mjs [--check]
import './start/help.mjs';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../docs/operators.md', import.meta.url);
const SETTINGS = new URL('../apps/api/settings.json', import.meta.url);
/** The section is replaced whole, from its heading to the next. */
const SECTION = /^## Settings\n[^]*?(?=^## |(?![^]))/m;

const settings = JSON.parse(readFileSync(SETTINGS, 'utf8'));
const rows = Object.entries(settings).map(([name, { help, must, default: value }]) => [
  `\`${name}\``,
  help,
  must,
  value === undefined ? '' : `\`${value}\``,
]);
const page = readFileSync(FILE, 'utf8');
const text = page.replace(
  SECTION,
  () => `## Settings

Read from the environment at the start. An empty one is as one that is not set; a bad one stops the start by name.

${tableOf([['setting', 'what it is', 'must be', 'default'], ...rows])}

`,
);

if (!SECTION.test(page)) fail('docs/operators.md has no section "## Settings".');
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (page !== text)
  fail('docs/operators.md does not tell the settings as they are. Run npm run docs:settings.');
console.log(`${rows.length} settings`);

function tableOf(cells) {
  const [head, ...rest] = cells.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...[head, ...rest].map((row) => row[column].length)));
  const line = (row, fill) => `| ${row.map((cell, n) => cell.padEnd(widths[n], fill)).join(' | ')} |`;
  return [
    line(head, ' '),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rest.map((row) => line(row, ' ')),
  ].join('\n');
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
