// npm run verify:tally -- LAB.json EXPERT.json --key FILE
// Puts the two halves of a tally together, offline: each against what was signed, then line by line against the other.
// Ends with 0 where all agrees, 1 where something does not or one half has more than the other, 2 where the files are not what is asked for.
import './start/help.mjs';
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compiledPackage } from './start/packages.mjs';
import { signatureTools } from './tally/signatures.mjs';

const USAGE =
  'Give both halves and the keys: npm run verify:tally -- LAB.json EXPERT.json --key FILE. The keys are at /.well-known/jwks.json of the product.';
/** Larger than any statement, small enough to be read at once. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Sentences about one file. */
const MOST_SAID = 10;

class BadArgument extends Error {}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof BadArgument)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** True where both halves are as they were signed, and the same. */
async function main() {
  const { files, key } = readArguments();
  const domain = rules();
  const halves = files.map((file) => ({ file, half: readHalf(domain, file) }));
  const [lab, expert] = ['LAB', 'EXPERT'].map((side) => halves.find(({ half }) => half.side === side));
  if (!lab || !expert) {
    const side = halves[0].half.side === 'LAB' ? "lab's" : "expert's";
    throw new BadArgument(`Both files are the ${side} half. Give one half of each side.`);
  }
  const result = await domain.compareHalves(lab.half, expert.half, toolsOf(domain, key));
  for (const [{ file }, problems] of [
    [lab, result.lab],
    [expert, result.expert],
  ])
    say(file, problems);
  if (result.difference) console.log(`The halves differ. ${result.difference}`);
  if (result.newer) sayNewer(domain, result);
  const agree = domain.halvesAgree(result);
  if (agree) console.log(agreement(domain, lab.half));
  else if (!result.difference && !result.newer)
    console.log('The halves are the same, and not as they were signed.');
  console.log(domain.NOT_SIGNED_WORDS);
  return agree;
}

/** Says what only the newer half has, and whether all that both have is the same. */
function sayNewer({ newerWords, agreeAsFarAsBothGo }, result) {
  for (const sentence of newerWords(result.newer, result.difference === undefined)) console.log(sentence);
  if (agreeAsFarAsBothGo(result)) console.log('As far as both go they agree, and are as they were signed.');
}

function agreement({ halfAmount }, { lines, weeks, totals, currency, root }) {
  const amounts = ['priceMinor', 'payMinor', 'feeMinor'].map((field) => halfAmount(totals[field], currency));
  return `Both halves agree, and are as they were signed: ${counted(lines.length, 'line')} in ${counted(weeks.length, 'week')}, price ${amounts[0]} = pay ${amounts[1]} + fee ${amounts[2]}. Root ${root}.`;
}

function say(file, problems) {
  for (const problem of problems.slice(0, MOST_SAID)) console.log(`${file}: ${problem}`);
  if (problems.length > MOST_SAID) console.log(`${file}: and ${problems.length - MOST_SAID} more.`);
}

function readArguments() {
  let given;
  try {
    given = parseArgs({ allowPositionals: true, options: { key: { type: 'string' } } });
  } catch (error) {
    throw new BadArgument(`${error.message.split('.')[0]}. ${USAGE}`);
  }
  const { positionals: files, values } = given;
  if (files.length !== 2 || !values.key) throw new BadArgument(USAGE);
  return { files, key: values.key };
}

function rules() {
  try {
    return compiledPackage('domain');
  } catch (error) {
    throw new BadArgument(error.message);
  }
}

function readHalf(domain, file) {
  const read = domain.readHalf(textOf(file));
  if (!read.ok) throw new BadArgument(`${file}: ${read.refusal.message}`);
  return read.value;
}

function toolsOf(domain, key) {
  try {
    return signatureTools(JSON.parse(textOf(key)), domain.signatureProblem);
  } catch (error) {
    if (error instanceof BadArgument) throw error;
    throw new BadArgument(
      `--key: ${key} is no set of public keys. Save what is at /.well-known/jwks.json of the product.`,
    );
  }
}

function textOf(file) {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES)
      throw new BadArgument(
        `${file} has ${Math.ceil(size / 1e6)} MB, ${MOST_BYTES / 2 ** 20} are read at most.`,
      );
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof BadArgument) throw error;
    throw new BadArgument(`${file} cannot be read (${error.code ?? error.message}).`);
  }
}

function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
