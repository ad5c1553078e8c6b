// docs/dependencies.md names every package that a package.json of this project asks for, and no other.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Names of all direct dependencies; the project's own packages are none. */
function asked() {
  const folders = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder)).map((name) => path.join(folder, name)),
  );
  const names = ['.', ...folders].flatMap((folder) => {
    const known = JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8'));
    return KINDS.flatMap((kind) => Object.keys(known[kind] ?? {}));
  });
  return new Set(names.filter((name) => !name.startsWith('@tallystick/')));
}

/** Names in the first column of the page; `@scope/*` stands for all of a scope. */
function told() {
  const rows = readFileSync(path.join(ROOT, 'docs/dependencies.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  return rows.flatMap((row) => row.split('|')[1].split(',')).map((name) => name.trim());
}

const names = asked();
const page = told();
const isTold = (name) => page.includes(name) || page.includes(`${name.split('/')[0]}/*`);
const isAsked = (name) =>
  names.has(name) || (name.endsWith('/*') && [...names].some((each) => each.startsWith(name.slice(0, -1))));
const faults = [
  ...[...names].filter((name) => !isTold(name)).map((name) => `${name} is not in docs/dependencies.md`),
  ...page
    .filter((name) => !isAsked(name))
    .map((name) => `docs/dependencies.md names ${name}, which nothing asks for`),
];
for (const fault of faults) console.error(fault);
console.log(`${names.size} dependencies, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
