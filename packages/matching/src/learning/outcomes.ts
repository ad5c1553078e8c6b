import { gradeOf, OUTCOME_KINDS, type OutcomeKind } from '@tallystick/domain';
import { BrokenLine } from '../rank/rank';
import { PART_NAMES, type PartName } from '../scoring/model';
import type { Averages } from '../scoring/pair-score';

/** What came of one fit, as learning reads it. */
export interface JudgedFit {
  /** Value of each part, in the order of PART_NAMES; 0 where it was not asked for. */
  readonly values: readonly number[];
  /** 0 to 3, see gradeOf. */
  readonly grade: number;
  /** How probable it was to be shown at that place, above 0 and up to 1. */
  readonly propensity: number;
}

/** All fits of one opening that something is known of. */
export interface JudgedOpening {
  /** When the first of them was shown. */
  readonly at: string;
  /** Which parts the opening asks for, in the order of PART_NAMES. */
  readonly asked: readonly boolean[];
  /** What each part is on average over everybody, in the order of PART_NAMES; zeros where it was not kept. */
  readonly averages: readonly number[];
  readonly fits: readonly JudgedFit[];
}

/** One line of a file of outcomes. Openings and experts are numbers: nobody can be followed from one opening to another. */
export interface OutcomeLine {
  readonly opening: number;
  readonly expert: number;
  /** The first thing that came of it, ISO. */
  readonly at: string;
  readonly kinds: readonly OutcomeKind[];
  readonly parts: readonly { readonly name: PartName; readonly value: number; readonly weight: number }[];
  readonly propensity: number;
  /** What each part was on average over everybody, for the opening; absent where it was not kept. */
  readonly averages?: Partial<Averages> | null;
}

/** Reads outcomes, one JSON object a line, as openings in the order of time. Throws BrokenLine. */
export function readOutcomes(text: string, file: string): JudgedOpening[] {
  const lines = new Map<number, OutcomeLine[]>();
  text.split('\n').forEach((raw, index) => {
    if (raw.trim() === '') return;
    const line = outcomeOf(raw, `${file}, line ${index + 1}`);
    lines.set(line.opening, [...(lines.get(line.opening) ?? []), line]);
  });
  return [...lines.values()].map(openingOf).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** True where one fit turned out better than another, so that there is something to learn. */
export function isMixed({ fits }: JudgedOpening): boolean {
  return fits.some(({ grade }) => grade !== fits[0]?.grade);
}

function openingOf(lines: readonly OutcomeLine[]): JudgedOpening {
  const asked = PART_NAMES.map((name) =>
    lines.every(({ parts }) => parts.some((part) => part.name === name && part.weight > 0)),
  );
  const times = lines.map(({ at }) => at).sort();
  return {
    at: times[0] ?? '',
    asked,
    averages: PART_NAMES.map((name, k) =>
      asked[k] ? (lines.find(({ averages }) => averages)?.averages?.[name] ?? 0) : 0,
    ),
    fits: lines.map(({ parts, kinds, propensity }) => ({
      values: PART_NAMES.map((name, k) =>
        asked[k] ? (parts.find((part) => part.name === name)?.value ?? 0) : 0,
      ),
      grade: gradeOf(new Set(kinds)),
      propensity,
    })),
  };
}

function outcomeOf(raw: string, where: string): OutcomeLine {
  const fail = (what: string): never => {
    throw new BrokenLine(`${where}: ${what}.`);
  };
  let line: Partial<OutcomeLine>;
  try {
    line = JSON.parse(raw) as Partial<OutcomeLine>;
  } catch {
    return fail('no JSON object');
  }
  const { opening, at, kinds, parts, propensity } = line;
  if (typeof opening !== 'number') return fail('opening is no number');
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return fail('at is no instant');
  if (!Array.isArray(kinds) || !kinds.every((kind) => OUTCOME_KINDS.includes(kind)))
    return fail(`kinds are not of ${OUTCOME_KINDS.join(', ')}`);
  if (typeof propensity !== 'number' || !(propensity > 0 && propensity <= 1))
    return fail('propensity is not above 0 and up to 1');
  if (!Array.isArray(parts) || !parts.every(isPart)) return fail('parts are not name, value and weight each');
  return line as OutcomeLine;
}

function isPart(part: unknown): boolean {
  const { name, value, weight } = (part ?? {}) as Record<string, unknown>;
  return (
    PART_NAMES.includes(name as PartName) &&
    [value, weight].every((each) => typeof each === 'number' && each >= 0 && each <= 1)
  );
}
