// npm run docs:machines: draws every state machine of packages/domain into docs/state-machines.md.
// Usage: node tools/state-machines.mjs [--check]
import './start/help.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const domain = createRequire(import.meta.url)('../packages/domain/dist/index.js');
const FILE = new URL('../docs/state-machines.md', import.meta.url);

const machines = Object.entries(domain)
  .filter(([name]) => name.endsWith('Machine') && typeof domain[name] === 'object')
  .map(([, machine]) => machine)
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Which event leads where from each state; a pair that is not here is refused with STATE_CHANGED. */
function tableOf({ transitions }) {
  const ways = Object.entries(transitions).flatMap(([from, events]) =>
    Object.entries(events).map(([event, to]) => [from, event, to]),
  );
  const rows = [['in state', 'event', 'leads to'], ...ways];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells, fill) => `| ${cells.map((cell, n) => cell.padEnd(widths[n], fill)).join(' | ')} |`;
  const [head, ...rest] = rows;
  return [line(head, ' '), line(['', '', ''], '-'), ...rest.map((row) => line(row, ' '))].join('\n');
}

function sectionOf(machine) {
  const title = machine.name.replaceAll('-', ' ');
  const drawing = `\`\`\`mermaid\n${domain.drawMachine(machine)}\n\`\`\``;
  return `## ${title[0].toUpperCase()}${title.slice(1)}\n\n${drawing}\n\n${tableOf(machine)}\n`;
}

const text = `# State machines

How things move from state to state, drawn from the machines in \`packages/domain\` that the product runs by
(\`npm run docs:machines\` writes this page; a check fails where it is not up to date). Whatever is not drawn is refused
with \`STATE_CHANGED\`.

${machines.map(sectionOf).join('\n')}`;

const faults = machines.flatMap((machine) => domain.faultsOf(machine));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error('docs/state-machines.md is not what the machines say. Run npm run docs:machines.');
    process.exit(1);
  }
} else writeFileSync(FILE, text);
console.log(`${machines.length} machines`);
