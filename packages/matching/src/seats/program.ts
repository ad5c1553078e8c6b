import { fillOfAtLeast, type Fill } from './fill';
import { hasTag, type SeatTable } from './problem';
import type { Program } from './solver';

/** What a program is to make as large as it can be. */
export type Aim =
  /** As few seats as possible short of the mix rules; its objective is minus that number. */
  | { readonly of: 'MIX' }
  /** As many seats filled as possible. */
  | { readonly of: 'FILLED' }
  /** The lowest level of an opening, where so many seats are filled. */
  | { readonly of: 'FLOOR'; readonly fill: Fill }
  /** The total, where so many seats are filled and no opening is below a level. */
  | {
      readonly of: 'TOTAL';
      readonly fill: Fill;
      readonly floor: number | undefined;
      /** By how much the total of an opening may be below the floor. */
      readonly slack?: number;
    };

/** By how much an opening may fall below the floor, in affinity: the solver's own tolerance is far smaller. */
export const FLOOR_SLACK = 1e-3;

const TILT = 1e-6;

/**
 * The program of an aim. Its columns are the pairs of the table (1: takes the seat), then the level of the floor,
 * to be raised or kept, or what each mix rule lacks where that is the aim. The level of an opening is its total divided by the seats that
 * its candidates could fill, so that openings of different size can be compared.
 */
export function programOf(table: SeatTable, aim: Aim): Program {
  const { openings, experts, affinity, openingOf, expertOf, most } = table;
  const pairs = affinity.length;
  const rules = openings.flatMap(({ mix }, opening) => mix.map((rule) => ({ ...rule, opening })));
  const rulesOf = openings.map((_, opening) =>
    rules.flatMap((rule, at) => (rule.opening === opening ? [{ tag: rule.tag, at }] : [])),
  );
  const hasLevels = aim.of === 'FLOOR' || (aim.of === 'TOTAL' && aim.floor !== undefined);
  const extra = hasLevels ? 1 : aim.of === 'MIX' ? rules.length : 0;
  const expertRow = openings.length;
  const mixRow = expertRow + experts.length;
  const filledRow = mixRow + rules.length;
  // What a fullest assignment settles is said by each opening and expert: one row over all pairs would tie each to every other.
  const fill = aim.of === 'FLOOR' || aim.of === 'TOTAL' ? aim.fill : fillOfAtLeast(table, 0);
  const hasFilledRow = !fill.isSettled;
  const levelRow = filledRow + (hasFilledRow ? 1 : 0);

  const rows: number[] = [];
  const values: number[] = [];
  const starts = [0];
  const put = (row: number, value: number) => {
    rows.push(row);
    values.push(value);
  };
  for (let pair = 0; pair < pairs; pair += 1) {
    const opening = openingOf[pair] ?? 0;
    const expert = expertOf[pair] ?? 0;
    put(opening, 1);
    put(expertRow + expert, 1);
    for (const { tag, at } of rulesOf[opening] ?? []) if (hasTag(table, expert, tag)) put(mixRow + at, 1);
    if (hasFilledRow) put(filledRow, 1);
    if (hasLevels) put(levelRow + opening, affinity[pair] ?? 0);
    starts.push(rows.length);
  }
  if (hasLevels) {
    openings.forEach((_, opening) => {
      if ((most[opening] ?? 0) > 0) put(levelRow + opening, -(most[opening] ?? 0));
    });
    starts.push(rows.length);
  }
  if (aim.of === 'MIX')
    rules.forEach((_, at) => {
      put(mixRow + at, 1);
      starts.push(rows.length);
    });

  const level = (opening: number) => {
    const seats = most[opening] ?? 0;
    if (seats === 0) return -Infinity;
    return aim.of === 'TOTAL' ? -(aim.slack ?? FLOOR_SLACK) : 0;
  };
  const columns = pairs + extra;
  const isPair = (column: number) => column < pairs;
  return {
    // The level alone leaves nearly all corners equal: with a little of the total in it the first pass takes a tenth of the steps.
    ...(aim.of === 'FLOOR' && {
      firstCost: columnsOf(columns, (column) => (isPair(column) ? TILT * (affinity[column] ?? 0) : 1)),
    }),
    cost: columnsOf(columns, (column) => {
      if (!isPair(column)) return { FLOOR: 1, MIX: -1, FILLED: 0, TOTAL: 0 }[aim.of];
      if (aim.of === 'FILLED') return 1;
      return aim.of === 'TOTAL' ? (affinity[column] ?? 0) : 0;
    }),
    lower: columnsOf(columns, (column) => {
      if (isPair(column)) return fill.least[column] ?? 0;
      return aim.of === 'MIX' ? 0 : aim.of === 'TOTAL' ? (aim.floor ?? 0) : -Infinity;
    }),
    upper: columnsOf(columns, (column) => {
      if (isPair(column)) return fill.most[column] ?? 0;
      if (aim.of === 'MIX') return rules[column - pairs]?.atLeast ?? 0;
      return aim.of === 'TOTAL' ? (aim.floor ?? 0) : Infinity;
    }),
    isWhole: Uint8Array.from({ length: columns }, (_, column) =>
      isPair(column) || aim.of === 'MIX' ? 1 : 0,
    ),
    rowLower: Float64Array.from([
      ...openings.map(({ seats }, opening) => (fill.isFull[opening] === 1 ? seats : -Infinity)),
      ...experts.map((_, expert) => (fill.isUsedUp[expert] === 1 ? (table.room[expert] ?? 0) : -Infinity)),
      ...rules.map(({ atLeast }) => atLeast),
      ...(hasFilledRow ? [fill.filled] : []),
      ...(hasLevels ? openings.map((_, opening) => level(opening)) : []),
    ]),
    rowUpper: Float64Array.from([
      ...openings.map(({ seats }) => seats),
      ...table.room,
      ...rules.map(() => Infinity),
      ...(hasFilledRow ? [Infinity] : []),
      ...(hasLevels ? openings.map(() => Infinity) : []),
    ]),
    starts: Int32Array.from(starts),
    rows: Int32Array.from(rows),
    values: Float64Array.from(values),
  };
}

function columnsOf(count: number, value: (column: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, column) => value(column));
}
