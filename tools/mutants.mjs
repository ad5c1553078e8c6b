// npm run mutants: takes each rule of tools/mutants/rules.mjs out once, in a throw-away copy, and sees that its named test
// goes red. Ends with `N rules taken out, N caught`. Usage: node tools/mutants.mjs [--only WORD]
import './start/help.mjs';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareDatabase } from './embedded/roles.mjs';
import { ROOT } from './install.mjs';
import { RULES } from './mutants/rules.mjs';
import { startTestServices } from './test-services.mjs';

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const rules = RULES.filter(({ rule }) => only === undefined || rule.includes(only));
if (rules.length === 0) {
  console.error(`--only: no rule has "${only}" in its name.`);
  process.exit(2);
}

const copy = mkdtempSync(path.join(tmpdir(), 'tallystick-mutants-'));
const services = await startTestServices();
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => process.exit(code));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
const runsBefore = new Map();
let caught = 0;
try {
  copyTree();
  const green = new Set(rules.filter(isGreenBefore).map(({ rule }) => rule));
  for (const [index, rule] of rules.entries()) {
    const started = Date.now();
    const verdict = green.has(rule.rule) ? await takeOut(rule, index) : 'its test is red even before';
    if (verdict === 'caught') caught += 1;
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(`${index + 1}/${rules.length} ${rule.rule}: ${verdict} (${seconds} s)`);
  }
} finally {
  await services.stop();
}
console.log(`${rules.length} rules taken out, ${caught} caught`);
process.exit(caught === rules.length ? 0 : 1);

/** The files of the project as they are here, with its packages linked. */
function copyTree() {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const files = listed.stdout.split('\0').filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
  for (const file of files) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    cpSync(path.join(ROOT, file), path.join(copy, file));
  }
  for (const folder of ['apps/api/src/generated', 'packages/matching/src/generated'])
    cpSync(path.join(ROOT, folder), path.join(copy, folder), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  console.log(`${files.length} files copied`);
}

/** True where the named test passes while every rule is in place; each file of tests runs once. */
function isGreenBefore(rule) {
  const key = rule.isAlone ? rule.name : rule.test;
  if (!runsBefore.has(key)) {
    console.log(`before: ${rule.isAlone ? rule.name : rule.test}`);
    runsBefore.set(key, run(rule, services.environment));
  }
  return runsBefore.get(key).get(rule.name) === 'passed';
}

/** Takes a rule out, runs its test, puts the rule back. Returns `caught`, or why not. */
async function takeOut(rule, index) {
  const file = path.join(copy, rule.file);
  const text = readFileSync(file, 'utf8');
  if (text.split(rule.take).length !== 2) return `its text does not stand once in ${rule.file}`;
  writeFileSync(
    file,
    text.replace(rule.take, () => rule.put),
  );
  try {
    const environment = rule.file.endsWith('.sql')
      ? { ...services.environment, TEST_TEMPLATE: await mutantDatabase(index) }
      : services.environment;
    const found = run(rule, environment).get(rule.name);
    return found === 'failed' ? 'caught' : `NOT caught, its test ${found ?? 'did not run'}`;
  } finally {
    writeFileSync(file, text);
  }
}

/** A template made by the migrations of the copy. */
async function mutantDatabase(index) {
  const name = `mutant_${index}`;
  const url = new URL(services.environment.TEST_POSTGRES);
  await prepareDatabase(url.toString(), name);
  [url.username, url.pathname] = ['tallystick_owner', `/${name}`];
  const { migrate } = await import(pathToFileURL(path.join(copy, 'tools/migrate.mjs')).href);
  await migrate(url.toString());
  return name;
}

/** Runs a file of tests, or one test of it. Returns how each went, by its full name. */
function run({ test, name, isAlone }, environment) {
  const report = path.join(copy, 'report.json');
  rmSync(report, { force: true });
  const one = isAlone ? ['-t', `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`] : [];
  const jest = path.join(copy, 'node_modules/jest/bin/jest.js');
  spawnSync(
    process.execPath,
    [
      jest,
      '-c',
      'tools/jest/jest.config.cjs',
      '--json',
      `--outputFile=${report}`,
      ...one,
      '--runTestsByPath',
      test,
    ],
    { cwd: copy, stdio: 'ignore', env: { ...process.env, ...environment, NODE_ENV: 'test' } },
  );
  const { testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  return new Map(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, status }) => [fullName, status]),
    ),
  );
}
