// npm run matching:learn [-- --out MODEL.json] [--in OUTCOMES.jsonl [--against MODEL.json]] [--outcomes FILE.jsonl]
// Learns what each part of a fit counts from what labs did, measures it on later openings beside the weights in force, and
// writes a model only where it beats them. Reads DATABASE_URL or the data of this copy, or a file of outcomes; --outcomes
// keeps what was read of the database. Ends with 0 where the weights beat those in force, 1 where not, 2 where it cannot run.
import './start/help.mjs';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pairedBootstrap } from './bench/matching/bootstrap.mjs';
import { measures } from './bench/matching/measures.mjs';
import { CannotStart } from './embedded/cannot-start.mjs';
import { dataCommand } from './start/data-command.mjs';
import { compiledPackage } from './start/packages.mjs';

const USAGE =
  'Give --out MODEL.json, --in OUTCOMES.jsonl and --against MODEL.json where nothing is read of the database, --outcomes FILE.jsonl.';
const OPTIONS = ['in', 'against', 'out', 'outcomes'];

class BadArgument extends Error {}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

try {
  await main();
} catch (error) {
  const isSaid = [BadArgument, CannotStart].some((kind) => error instanceof kind);
  if (!isSaid && error.constructor.name !== 'BrokenLine') throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main() {
  const files = readArguments();
  for (const name of ['out', 'outcomes'])
    if (files[name] !== undefined && existsSync(files[name]) && !statSync(files[name]).isFile())
      throw new BadArgument(
        `--${name}: ${files[name]} is no file: name a file, which may be there already or not.`,
      );
  const { HAND_WEIGHTS, learn, readOutcomes, sealedModel, checkedModel } = compiledPackage('matching', [
    'domain',
  ]);
  const { text, model } = files.in ? ofFiles(files) : await ofDatabase();
  if (files.outcomes !== undefined) write(files.outcomes, text);
  const inForce = model === undefined ? HAND_WEIGHTS : checked('--against: ', checkedModel(model, sha256));
  const openings = readOutcomes(text, files.in ?? 'the outcomes of the database');
  const fits = openings.reduce((sum, opening) => sum + opening.fits.length, 0);
  console.error(`read ${fits} fits of ${openings.length} openings; in force is ${inForce.id}`);
  const { counts, content, gain, errorsBefore, refusal } = learn(openings, inForce, {
    measures,
    pairedBootstrap,
  });
  console.error(`learned from ${counts.teach} openings, measured on ${counts.measure} later ones`);
  const learned = content && sealedModel({ id: idOf(content), ...content }, sha256);
  const isWritten = learned !== undefined && refusal === undefined && files.out !== undefined;
  // What is written is what can be added.
  if (isWritten) checked('What was learned: ', checkedModel(learned, sha256));
  if (isWritten) write(files.out, `${JSON.stringify(learned, null, 2)}\n`);
  console.log(
    JSON.stringify({
      ...counts,
      inForce: inForce.id,
      ...(learned && {
        model: learned.id,
        hash: learned.hash,
        window: learned.window,
        before: { ...learned.metrics.before, ...errorsBefore },
        after: { ...learned.metrics.after, brier: learned.metrics.brier, ece: learned.metrics.ece },
        gain,
        weights: learned.weights,
      }),
      isBetter: refusal === undefined,
      written: isWritten ? files.out : null,
    }),
  );
  if (refusal) {
    console.error(refusal.message);
    process.exitCode = 1;
  } else if (!isWritten) console.error('The weights beat those in force. --out MODEL.json keeps them.');
}

/** The day up to which it learned, and a piece of what it learned: the same outcomes give the same name. */
function idOf({ weights, window }) {
  return `learned-${window.to.slice(0, 10)}-${sha256(JSON.stringify({ weights, window })).slice(0, 6)}`;
}

function ofFiles({ in: file, against }) {
  return {
    text: fileText('in', file),
    model: against === undefined ? undefined : parsed(fileText('against', against), against),
  };
}

/** Outcomes and the model in force, through files that nobody else reads and that are gone after. */
async function ofDatabase() {
  const folder = mkdtempSync(path.join(tmpdir(), 'tallystick-learn-'));
  const [outcomes, model] = ['outcomes.jsonl', 'model.json'].map((name) => path.join(folder, name));
  try {
    const status = await dataCommand('export-outcomes.js', ['--outcomes', outcomes, '--model', model]);
    if (status !== 0) throw new BadArgument('The outcomes could not be read; what stands above says why.');
    return { text: readFileSync(outcomes, 'utf8'), model: JSON.parse(readFileSync(model, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checked(what, result) {
  if (!result.ok) throw new BadArgument(`${what}${result.refusal.message}`);
  return result.value;
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
  if (values.against !== undefined && values.in === undefined)
    throw new BadArgument('--against: the database says what is in force; name it only with --in.');
  if (values.outcomes !== undefined && values.in !== undefined)
    throw new BadArgument('--outcomes: they are in the file of --in already.');
  return values;
}

function fileText(name, file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadArgument(`--${name}: ${file} cannot be read (${error.code}).`);
  }
}

function parsed(text, file) {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadArgument(`--against: ${file} is no JSON.`);
  }
}

/** Beside its name first, so that a run that fails leaves nothing half-written. A link stays, and what it names is written. */
function write(name, text) {
  const file = existsSync(name) ? realpathSync(name) : name;
  const part = `${file}.part-${process.pid}`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    throw new BadArgument(`${name} cannot be written (${error.code}).`);
  } finally {
    rmSync(part, { force: true });
  }
}
