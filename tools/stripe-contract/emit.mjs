// npm run contract:emit: writes apps/api/stripe-contract.json from the types of the pinned `stripe` package: what the
// sandbox takes, and what its answers are completed with. `--check` says whether the file is up to date; `--answers
// FILE` writes the schemas of the answers too, for tests.
import '../start/help.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripeContract } from './schemas.mjs';
import { templateOf } from './template.mjs';

const FILE = path.join(import.meta.dirname, '../../apps/api/stripe-contract.json');

const contract = stripeContract();
const { definitions } = contract;
const operations = Object.entries(contract.operations);
const isUpToDate = process.argv.includes('--check') && readFileSync(FILE, 'utf8') === text();
if (process.argv.includes('--check')) {
  if (!isUpToDate) {
    console.error(
      'apps/api/stripe-contract.json is not what the pinned stripe package says: npm run contract:emit',
    );
    process.exitCode = 1;
  }
} else if (!process.argv.includes('--answers')) writeFileSync(FILE, text());

const answersAt = process.argv.indexOf('--answers');
if (answersAt > 0) {
  const answers = Object.fromEntries(operations.map(([name, { answer }]) => [name, answer]));
  writeFileSync(process.argv[answersAt + 1], JSON.stringify({ answers, definitions }));
}

/** One line for each operation, object and definition, so that a new version of the SDK can be read as a difference. */
function text() {
  const requests = Object.fromEntries(operations.map(([name, { request }]) => [name, request]));
  const parts = {
    requests,
    objects: Object.fromEntries(operations.flatMap(([, { answer }]) => objectsIn(answer))),
    definitions: Object.fromEntries(
      reachable(Object.values(requests)).map((name) => [name, definitions[name]]),
    ),
  };
  const lines = Object.entries(parts).map(
    ([part, entries]) =>
      `"${part}":{\n${Object.entries(entries)
        .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
        .join(',\n')}\n}`,
  );
  const { sdk, apiVersion, versions } = contract;
  const head = JSON.stringify({ sdk, apiVersion, versions }).slice(0, -1);
  return `${head},\n${lines.join(',\n')}}\n`;
}

/** What an operation answers with: the object, or what a list is of. */
function objectsIn(answer) {
  const schema = definitions[answer.$ref?.split('/').pop()];
  const object = schema?.properties.object?.const;
  if (object === undefined) throw new Error(`${JSON.stringify(answer)} is no object of Stripe`);
  if (object === 'list') return objectsIn(schema.properties.data.items);
  const optional = Object.keys(schema.properties).filter((name) => !schema.required?.includes(name));
  return [[object, { template: templateOf(schema, definitions), optional }]];
}

function reachable(schemas) {
  const found = new Set();
  const walk = (schema) => {
    if (schema === null || typeof schema !== 'object') return;
    const name = schema.$ref?.split('/').pop();
    if (name !== undefined && !found.has(name)) {
      found.add(name);
      walk(definitions[name]);
    }
    Object.values(schema).forEach(walk);
  };
  schemas.forEach(walk);
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}
