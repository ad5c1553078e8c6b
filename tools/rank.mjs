// npm run rank -- --experts FILE.jsonl --openings FILE.jsonl --out RUN.txt
// Ranks every expert for every opening, offline, by the code that the worker runs; writes a TREC run file.
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { parseArgs } from 'node:util';
import { compiledPackage } from './start/packages.mjs';

class BadArgument extends Error {}

try {
  main();
} catch (error) {
  if (!(error instanceof BadArgument) && error.constructor.name !== 'BrokenLine') throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function main() {
  const { experts, openings, out } = readArguments();
  mustBeFile(out);
  const expertText = fileText('experts', experts);
  const openingText = fileText('openings', openings);
  const { readExperts, readOpenings, runLines } = matching();
  const people = readExperts(expertText, experts);
  const work = readOpenings(openingText, openings);
  for (const [file, { unknown }] of [
    [experts, people],
    [openings, work],
  ])
    for (const field of unknown) console.error(`${file}: the field ${field} is not known and left out.`);
  write(out, runLines(people.documents, work.documents), work.documents.length);
  console.error(`${work.documents.length} openings, ${people.documents.length} experts each: ${out}`);
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({
      options: { experts: { type: 'string' }, openings: { type: 'string' }, out: { type: 'string' } },
    }));
  } catch (error) {
    throw new BadArgument(
      `${error.message.split('.')[0]}. Give --experts FILE.jsonl --openings FILE.jsonl --out RUN.txt.`,
    );
  }
  for (const name of ['experts', 'openings', 'out'])
    if (!values[name])
      throw new BadArgument(
        `--${name} is missing. Give --experts FILE.jsonl --openings FILE.jsonl --out RUN.txt.`,
      );
  return values;
}

function fileText(name, file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadArgument(`--${name}: ${file} cannot be read (${error.code}).`);
  }
}

/** What is written takes the place of what is there: of a file, and of nothing else. */
function mustBeFile(out) {
  if (existsSync(out) && !statSync(out).isFile())
    throw new BadArgument(`--out: ${out} is no file: name a file, which may be there already or not.`);
}

function matching() {
  try {
    return compiledPackage('matching', ['domain']);
  } catch (error) {
    throw new BadArgument(error.message);
  }
}

/** Writes beside the file and renames, so that a run that fails leaves nothing half-written. */
function write(name, chunks, count) {
  // A link stays, and the file that it names is written.
  const out = existsSync(name) ? realpathSync(name) : name;
  const part = `${out}.part-${process.pid}`;
  let file;
  try {
    file = openSync(part, 'w');
  } catch (error) {
    throw new BadArgument(`--out: ${out} cannot be written (${error.code}).`);
  }
  const started = Date.now();
  let done = 0;
  let said = started;
  try {
    for (const chunk of chunks) {
      writeSync(file, chunk);
      done += 1;
      if (Date.now() - said > 1000) console.error(`${done} of ${count} openings ranked`);
      if (Date.now() - said > 1000) said = Date.now();
    }
    closeSync(file);
    renameSync(part, out);
  } catch (error) {
    rmSync(part, { force: true });
    if (error.syscall) throw new BadArgument(`--out: ${out} cannot be written (${error.code}).`);
    throw error;
  }
}
