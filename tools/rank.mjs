// npm run rank -- --experts FILE.jsonl --openings FILE.jsonl --out RUN.txt [--lang CODE] [--taxonomy DIR] [--explain FILE.jsonl]
// Ranks every expert for every opening, offline, by the code that the worker runs; writes a TREC run file. --lang says the
// language of all texts, which is found from each where it is not given. Occupations are those of our own list and of the ESCO
// files in DIR (or TAXONOMY_DIR). --explain FILE takes the parts, gates and reasons of each opening's ten best.
import './start/help.mjs';
import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BadArgument, fileText, mustBeApart, mustBeFile } from './given-files.mjs';
import { compiledPackage } from './start/packages.mjs';
import { dataFolder } from './taxonomy/data-folder.mjs';
import { productOccupations } from './taxonomy/occupations.mjs';

const USAGE = 'Give --experts FILE.jsonl --openings FILE.jsonl --out RUN.txt.';
const OPTIONS = ['experts', 'openings', 'out', 'lang', 'taxonomy', 'explain'];
const EXPLAINED = 10;
/** What of a ranking each file takes. */
const HOLDS = { out: 'lines', explain: 'explanations' };
const SAID = ['BrokenLine', 'BadTaxonomy'];

try {
  main();
} catch (error) {
  if (!(error instanceof BadArgument) && !SAID.includes(error.constructor.name)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function main() {
  const { experts, openings, out, lang, taxonomy, explain } = readArguments();
  mustBeFile('out', out);
  if (explain !== undefined) mustBeFile('explain', explain);
  mustBeApart('out', { experts, openings, explain, out });
  if (explain !== undefined) mustBeApart('explain', { experts, openings, explain });
  const expertText = fileText('experts', experts);
  const openingText = fileText('openings', openings);
  const { isLanguage, LANGUAGE_CODES, rankOpenings, readExperts, readOpenings } = matching();
  if (lang !== undefined && !isLanguage(lang))
    throw new BadArgument(`--lang: ${lang} is not known. Languages are ${LANGUAGE_CODES.join(', ')}.`);
  const people = readExperts(expertText, experts);
  const work = readOpenings(openingText, openings);
  for (const [file, { unknown }] of [
    [experts, people],
    [openings, work],
  ])
    for (const field of unknown) console.error(`${file}: the field ${field} is not known and left out.`);
  // Our own list of occupations, and ESCO's where its files are: they say which titles mean the same work.
  const folder = taxonomy ?? process.env.TAXONOMY_DIR ?? dataFolder('esco-1.2-en');
  const settings = {
    occupations: productOccupations(folder),
    language: lang,
    explained: explain === undefined ? 0 : EXPLAINED,
  };
  write(rankOpenings(people.documents, work.documents, settings), { out, explain }, work.documents.length);
  console.error(`${work.documents.length} openings, ${people.documents.length} experts each: ${out}`);
  if (folder === undefined)
    console.error('No files of ESCO: titles were matched by their words. --taxonomy DIR names them.');
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({
      options: Object.fromEntries(OPTIONS.map((name) => [name, { type: 'string' }])),
    }));
  } catch (error) {
    throw new BadArgument(`${error.message.split('.')[0]}. ${USAGE}`);
  }
  for (const name of ['experts', 'openings', 'out'])
    if (!values[name]) throw new BadArgument(`--${name} is missing. ${USAGE}`);
  return values;
}

function matching() {
  try {
    return compiledPackage('matching', ['domain']);
  } catch (error) {
    throw new BadArgument(error.message);
  }
}

/** Writes every ranking, and what explains it where that is asked for; a run that fails leaves nothing half-written. */
function write(rankings, files, count) {
  const parts = Object.entries(files)
    .filter(([, name]) => name !== undefined)
    .map(([what, name]) => partFile(what, name));
  const started = Date.now();
  let done = 0;
  let said = started;
  try {
    for (const ranking of rankings) {
      for (const part of parts) part.write(ranking);
      done += 1;
      if (Date.now() - said > 1000) console.error(`${done} of ${count} openings ranked`);
      if (Date.now() - said > 1000) said = Date.now();
    }
    for (const part of parts) part.keep();
  } catch (error) {
    for (const part of parts) part.drop();
    throw error;
  }
}

/** A file that is written beside its name, and takes it when all is there. A link stays, and the file that it names is written. */
function partFile(what, name) {
  const file = existsSync(name) ? realpathSync(name) : name;
  const part = `${file}.part-${process.pid}`;
  const tried = (work) => {
    try {
      return work();
    } catch (error) {
      if (!error.syscall) throw error;
      throw new BadArgument(`--${what}: ${file} cannot be written (${error.code}).`);
    }
  };
  const handle = tried(() => openSync(part, 'w'));
  return {
    write: (ranking) => tried(() => writeSync(handle, ranking[HOLDS[what]])),
    keep: () =>
      tried(() => {
        closeSync(handle);
        renameSync(part, file);
      }),
    drop: () => rmSync(part, { force: true }),
  };
}
