import { canonicalJson } from '../audit/canonical-json';
import { dayWords, momentWords } from '../date/date-words';
import { groupedBy } from '../lists/grouped-by';
import { formatAmount, isCurrency } from '../money/money';
import { chargedForWords } from './charge-kind';
import type { Half, HalfLine, HalfTotals, HalfWeek } from './half';
import {
  lineHash,
  rootOf,
  SIGNED_WEEK_FORMAT,
  SIGNED_WEEK_VERSION,
  type Sha256,
  type SignedWeekClaim,
} from './half-root';

/** What the checks need from where they run. */
export interface HalfTools {
  readonly sha256: Sha256;
  /** What a signature (JWS, ES256) signs as text, where it is by one of the keys; a sentence why not otherwise. */
  readonly verify: (signature: string) => Promise<{ readonly signed: string } | { readonly problem: string }>;
}

const AMOUNTS = ['priceMinor', 'payMinor', 'feeMinor'] as const;
const AMOUNT_WORDS = { priceMinor: 'price', payMinor: 'pay', feeMinor: 'fee' } as const;

/** What of a half no signature covers, in a sentence for who reads the outcome. */
export const NOT_SIGNED_WORDS =
  'Not signed, so only the word of the files: side, party, opening, issuer, made at.';

/**
 * Checks a half against what was signed: every week's signature, every line against the signed root, the sums, and
 * the root over all weeks. Returns what is wrong, as sentences, the first first; nothing where all is as it was signed.
 */
export async function checkHalf(half: Half, tools: HalfTools): Promise<string[]> {
  const problems: string[] = [];
  const lines = groupedBy(half.lines, ({ week }) => week);
  let newest: SignedWeekClaim | undefined;
  let before = '';
  for (const week of half.weeks) {
    const claim = await claimOf(half, week, tools);
    if (typeof claim === 'string') problems.push(`${weekWords(week.week)}: ${claim}`);
    else {
      problems.push(...(await weekProblems(week, claim, lines.get(week.week) ?? [], tools)));
      if (!newest || claim.number > newest.number) newest = claim;
    }
    if (week.week <= before)
      problems.push(`${weekWords(week.week)}: it stands twice in the file, or not in its place.`);
    before = week.week;
    lines.delete(week.week);
  }
  for (const week of lines.keys())
    problems.push(`${weekWords(week)}: its lines are in the file, and no signature is.`);
  problems.push(...orderProblems(half), ...sumProblems('The file', half.totals, half.lines, half.currency));
  return [...problems, ...(await rootProblems(half, newest, tools))];
}

/** What a week's signature says, or why it does not count. */
async function claimOf(half: Half, week: HalfWeek, tools: HalfTools): Promise<SignedWeekClaim | string> {
  const verified = await tools.verify(week.signature);
  if ('problem' in verified) return verified.problem;
  const claim = parsed(verified.signed);
  if (claim?.format !== SIGNED_WEEK_FORMAT || claim.formatVersion !== SIGNED_WEEK_VERSION)
    return 'what is signed is no week of a tally, or another version of its form.';
  if (claim.engagement !== half.engagement) return 'the signature is of another engagement.';
  if (claim.week !== week.week) return `the signature is of another week, ${claim.week}.`;
  if (claim.version !== week.version || claim.root !== week.root)
    return `the signature is of version ${claim.version} with another root than the file names.`;
  return claim;
}

function parsed(text: string): SignedWeekClaim | undefined {
  try {
    return JSON.parse(text) as SignedWeekClaim;
  } catch {
    return undefined;
  }
}

async function weekProblems(
  week: HalfWeek,
  claim: SignedWeekClaim,
  lines: readonly HalfLine[],
  tools: HalfTools,
): Promise<string[]> {
  const where = weekWords(week.week);
  const hashes: string[] = [];
  for (const line of lines) hashes.push(await lineHash(tools.sha256, line));
  const problems = lineProblem(where, lines, hashes, claim.lines);
  const root = await rootOf(tools.sha256, hashes);
  if (problems.length === 0 && root !== claim.root)
    problems.push(`${where}: the root over its lines is not the one that was signed.`);
  for (const field of AMOUNTS)
    if (claim[field] !== week[field])
      problems.push(
        `${where}: the signed ${AMOUNT_WORDS[field]} is ${halfAmount(claim[field], claim.currency)}, the file says ${halfAmount(week[field], claim.currency)}.`,
      );
  if (claim.lines.length !== week.lines)
    problems.push(`${where}: ${claim.lines.length} lines are signed, the file says ${week.lines}.`);
  return [...problems, ...sumProblems(where, week, lines, claim.currency)];
}

/** The first line that is not as it was signed. */
function lineProblem(
  where: string,
  lines: readonly HalfLine[],
  hashes: readonly string[],
  signed: readonly string[],
): string[] {
  const at = hashes.findIndex((hash, index) => hash !== signed[index]);
  const [line, hash, due] = [lines[at], hashes[at], signed[at]];
  if (!line || !hash)
    return hashes.length < signed.length
      ? [
          `${where}: ${signed.length} lines are signed and ${hashes.length} are in the file; some are left out.`,
        ]
      : [];
  const what = `${where}, line ${at + 1} (${atWords(line)}, charge ${line.charge})`;
  if (hashes.indexOf(hash) !== at) return [`${what}: it stands twice in the file.`];
  if (signed.includes(hash))
    return [`${what}: it is not in its place; the line before it is left out, or the order was changed.`];
  return due === undefined || (due !== undefined && hashes.includes(due))
    ? [`${what}: it is not among the lines that were signed.`]
    : [`${what}: it is not as it was signed.`];
}

function orderProblems(half: Half): string[] {
  const broken = half.lines.find(
    ({ priceMinor, payMinor, feeMinor }) => BigInt(priceMinor) !== BigInt(payMinor) + BigInt(feeMinor),
  );
  const unlike = half.lines.find(
    ({ payMinor, bookedPayMinor, feeMinor, bookedFeeMinor }) =>
      payMinor !== bookedPayMinor || feeMinor !== bookedFeeMinor,
  );
  const foreign = half.lines.find(({ currency }) => currency !== half.currency);
  return [
    ...(broken ? [`${lineWords(broken)}: its price is not its pay and its fee together.`] : []),
    ...(unlike ? [`${lineWords(unlike)}: the ledger moved other amounts than the line says.`] : []),
    ...(foreign
      ? [`${lineWords(foreign)}: it is in ${foreign.currency}, the file in ${half.currency}.`]
      : []),
  ];
}

function sumProblems(
  where: string,
  said: Pick<HalfTotals, 'lines' | (typeof AMOUNTS)[number]> & { readonly seconds?: number },
  lines: readonly HalfLine[],
  currency: string,
): string[] {
  const problems = AMOUNTS.flatMap((field) => {
    const sum = lines.reduce((total, line) => total + BigInt(line[field]), 0n).toString();
    return sum === said[field]
      ? []
      : [
          `${where}: the ${AMOUNT_WORDS[field]} of its lines is ${halfAmount(sum, currency)}, its sum says ${halfAmount(said[field], currency)}.`,
        ];
  });
  if (lines.length !== said.lines)
    problems.push(`${where}: it has ${lines.length} lines, its sum says ${said.lines}.`);
  const seconds = lines.reduce((total, line) => total + line.seconds, 0);
  if (said.seconds !== undefined && said.seconds !== seconds)
    problems.push(`${where}: its lines are ${seconds} seconds, its sum says ${said.seconds}.`);
  return problems;
}

async function rootProblems(
  half: Half,
  newest: SignedWeekClaim | undefined,
  { sha256 }: HalfTools,
): Promise<string[]> {
  const root = await rootOf(
    sha256,
    half.weeks.map((week) => week.root),
  );
  if (root !== half.root) return ['The root of the file is not the root over its weeks.'];
  return newest && newest.statementRoot !== root
    ? ['The root over all weeks is not the one that was signed last: a whole week is missing or was changed.']
    : [];
}

/** Why a signature does not count, in words, by the code of the library that was asked (jose). */
export function signatureProblem(code: string): string {
  if (code === 'ERR_JWKS_NO_MATCHING_KEY') return 'the key that signed it is not in the file of keys.';
  if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED')
    return 'its signature was not made with that key over what it says.';
  if (code === 'ERR_JOSE_ALG_NOT_ALLOWED')
    return 'it is signed in another way than ES256, or not at all; that does not count.';
  return 'its signature cannot be read.';
}

/** What a signature signs, as it is signed. */
export function signedText(claim: SignedWeekClaim): string {
  return canonicalJson(claim);
}

/** A week in a sentence: `Week of 2 November 2026`. */
export function weekWords(week: string): string {
  const at = new Date(`${week}T00:00:00Z`);
  return `Week of ${Number.isNaN(at.getTime()) ? week : dayWords(at)}`;
}

/** A line in a sentence. */
export function lineWords(line: HalfLine): string {
  return `${weekWords(line.week)}, ${chargeWords(line)}`;
}

/** A line of a week that is named already: `Work at 2 November 2026, 09:00 UTC (charge ...)`. */
export function chargeWords(line: Pick<HalfLine, 'activity' | 'startsAt' | 'charge'>): string {
  return `${atWords(line)} (charge ${line.charge})`;
}

/** What a line is for and when it began; a time that is none stands as the file has it. */
function atWords({ activity, startsAt }: Pick<HalfLine, 'activity' | 'startsAt'>): string {
  const at = new Date(startsAt);
  return `${chargedForWords(activity)} at ${Number.isNaN(at.getTime()) ? startsAt : momentWords(at)}`;
}

/** An amount of a file in a sentence, in its currency where that is known. */
export function halfAmount(minor: string, currency: string): string {
  return isCurrency(currency) ? formatAmount({ minor: BigInt(minor), currency }) : `${minor} ${currency}`;
}
