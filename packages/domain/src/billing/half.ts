import { ok, refuse, type Result } from '../result/result';

/** What a file of one half of a tally says it is, and in which version of the form. */
export const HALF_FORMAT = 'tallystick-half';
/** Since 2 a line may say its reason. Halves of the first form are read as they were. */
export const HALF_VERSION = 2;
type HalfVersion = 1 | typeof HALF_VERSION;
/** Lines that one file may have. Ten years of a busy engagement have fewer. */
export const MOST_LINES = 200_000;

/** Whose half it is. */
export type HalfSide = 'LAB' | 'EXPERT';

type Kind = 'text' | 'day' | 'instant' | 'amount' | 'count' | 'time';

/** What one charged line is made of, in the order in which two halves are compared. Amounts are minor units, as text. */
export const HALF_LINE = {
  week: 'day',
  charge: 'text',
  entry: 'text',
  activity: 'text',
  startsAt: 'instant',
  endsAt: 'instant',
  seconds: 'time',
  currency: 'text',
  rateMinorPerHour: 'amount',
  agreedMinor: 'amount',
  priceMinor: 'amount',
  payMinor: 'amount',
  feeMinor: 'amount',
  labFeePpm: 'count',
  expertFeePpm: 'count',
  rounding: 'text',
  takeRatePolicy: 'text',
  ledgerTransaction: 'text',
  /** What the ledger transaction moved to the expert, and to the platform. */
  bookedPayMinor: 'amount',
  bookedFeeMinor: 'amount',
  chargedAt: 'instant',
} as const satisfies Record<string, Kind>;

/** What a line may have beside, by the version of the form that brought it. What a line lacks is not hashed. */
export const HALF_LINE_MORE = {
  /** What a bonus was for. */
  reason: 'text',
} as const satisfies Record<string, Kind>;

const HALF_WEEK = {
  week: 'day',
  version: 'count',
  lines: 'count',
  priceMinor: 'amount',
  payMinor: 'amount',
  feeMinor: 'amount',
  root: 'text',
  signature: 'text',
} as const satisfies Record<string, Kind>;

const HALF_TOTALS = {
  lines: 'count',
  seconds: 'time',
  priceMinor: 'amount',
  payMinor: 'amount',
  feeMinor: 'amount',
} as const satisfies Record<string, Kind>;

type Read<T> = { readonly [F in keyof T]: T[F] extends 'count' | 'time' ? number : string };

/** A charged line as both halves carry it. */
export type HalfLine = Read<typeof HALF_LINE> & Partial<Read<typeof HALF_LINE_MORE>>;
export type HalfLineField = keyof HalfLine;
/** A week with its signed root: the newest version of it. */
export type HalfWeek = Read<typeof HALF_WEEK>;
export type HalfTotals = Read<typeof HALF_TOTALS>;

/** One half of a tally: the statement of one engagement, for one of its two sides. */
export interface Half {
  readonly format: typeof HALF_FORMAT;
  readonly version: HalfVersion;
  readonly side: HalfSide;
  /** Address of the product that gave it. */
  readonly issuer: string;
  readonly madeAt: string;
  readonly engagement: string;
  readonly opening: string;
  /** The reader's own side by name; of the other side a half says nothing. */
  readonly party: { readonly id: string; readonly name: string };
  readonly currency: string;
  readonly lines: readonly HalfLine[];
  readonly weeks: readonly HalfWeek[];
  readonly totals: HalfTotals;
  /** The root over all weeks. */
  readonly root: string;
}

/**
 * Reads a half that somebody hands over. Refuses with HALF_UNREADABLE what is no half: not JSON, another form or
 * version, a field that is missing or of another kind. What it says is not believed yet: see checkHalf.
 */
export function readHalf(text: string): Result<Half> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable('It is not JSON. Download it as JSON from the statement of the engagement.');
  }
  if (!isObject(value) || value.format !== HALF_FORMAT)
    return unreadable('It is no half of a tally. Download it as JSON from the statement of the engagement.');
  if (value.version !== 1 && value.version !== HALF_VERSION)
    return unreadable(
      `It is version ${short(value.version)} of the form; this program reads versions up to ${HALF_VERSION}.`,
    );
  const problem = problemOf(value);
  return problem === undefined ? ok(value as unknown as Half) : unreadable(problem);
}

function problemOf(value: Record<string, unknown>): string | undefined {
  if (value.side !== 'LAB' && value.side !== 'EXPERT') return 'Its side is neither LAB nor EXPERT.';
  for (const field of ['issuer', 'madeAt', 'engagement', 'opening', 'currency', 'root'])
    if (!isPlain(value[field])) return `Its ${field} is missing or no plain text.`;
  const { party, lines, weeks, totals } = value;
  if (!isObject(party) || !isPlain(party.id) || !isPlain(party.name))
    return 'Its party is missing, or has no id or name.';
  if (!Array.isArray(lines)) return 'Its lines are missing.';
  if (lines.length > MOST_LINES) return `It has ${lines.length} lines; ${MOST_LINES} are read at most.`;
  if (!Array.isArray(weeks)) return 'Its weeks are missing.';
  if (weeks.length > MOST_LINES) return `It has ${weeks.length} weeks; ${MOST_LINES} are read at most.`;
  return (
    firstProblem('line', lines, HALF_LINE, value.version === 1 ? {} : HALF_LINE_MORE) ??
    firstProblem('week', weeks, HALF_WEEK) ??
    fieldProblem('Its totals', totals, HALF_TOTALS)
  );
}

function firstProblem(
  what: string,
  rows: readonly unknown[],
  form: Record<string, Kind>,
  more: Record<string, Kind> = {},
): string | undefined {
  for (const [at, row] of rows.entries()) {
    const problem = fieldProblem(`Its ${what} ${at + 1}`, row, form, more);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function fieldProblem(
  what: string,
  row: unknown,
  form: Record<string, Kind>,
  more: Record<string, Kind> = {},
): string | undefined {
  if (!isObject(row)) return `${what} is not an object.`;
  for (const [field, kind] of Object.entries({ ...form, ...more })) {
    if (!Object.hasOwn(row, field) && Object.hasOwn(more, field)) continue;
    if (!Object.hasOwn(row, field)) return `${what}: the field ${field} is missing.`;
    if (!IS[kind](row[field])) return `${what}: the field ${field} cannot be ${short(row[field])}.`;
  }
  const extra = Object.keys(row).find((field) => !Object.hasOwn(form, field) && !Object.hasOwn(more, field));
  return extra === undefined ? undefined : `${what}: there is no field ${short(extra)}.`;
}

const matches = (form: RegExp) => (value: unknown) => typeof value === 'string' && form.test(value);
const IS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: isPlain,
  day: matches(/^\d{4}-\d{2}-\d{2}$/),
  instant: matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  amount: matches(/^(0|-?[1-9]\d{0,17})$/),
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  // Time that was taken back is below zero.
  time: Number.isSafeInteger,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a text without signs that a terminal would obey. A week's signature may be long. */
function isPlain(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 1_000_000 && !/\p{Cc}/u.test(value);
}

/** A value of a stranger's file, for a sentence. */
function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return (text.length > 60 ? `${text.slice(0, 60)}…` : text).replace(/\p{Cc}/gu, '?');
}

function unreadable(message: string): Result<never> {
  return refuse('HALF_UNREADABLE', message);
}
