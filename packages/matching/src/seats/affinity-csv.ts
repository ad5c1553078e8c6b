import type { SeatAssignment } from './assign-seats';
import type { SeatPair } from './problem';

/** A table of affinities that cannot be read; its message names the file, the line and what is wrong. */
export class BrokenTable extends Error {}

/** Who fits what how well, as a file says it. */
export interface AffinityTable {
  readonly openingIds: readonly string[];
  readonly expertIds: readonly string[];
  readonly pairs: readonly SeatPair[];
  /** The names of the three columns of what is written. */
  readonly header: readonly [string, string, string];
  /** MATRIX: experts down, openings across. PAIRS: a line for each opening and expert. */
  readonly shape: 'PAIRS' | 'MATRIX';
}

/**
 * Reads affinities: lines of opening, expert, score, with or without a header; or a matrix with a row for each expert and
 * a column for each opening, with names of both or with none, and then numbered from 0. An empty cell of a matrix is a
 * pair that may not be assigned. Three columns can be either: what they are is read from their names, or from names where
 * a matrix has scores, and refused where that does not tell. Throws BrokenTable.
 */
export function readAffinities(text: string, file: string): AffinityTable {
  const fail = (line: number, what: string): never => {
    throw new BrokenTable(`${file}, line ${line}: ${what}`);
  };
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, at) => ({ number: at + 1, cells: cellsOf(line, (what) => fail(at + 1, what)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [first] = lines;
  if (!first) throw new BrokenTable(`${file}: there is nothing in it.`);
  return first.cells.length === 3 && arePairs(lines, fail)
    ? pairsOf(lines, file, fail)
    : matrixOf(lines, file, fail);
}

/** Lines of a file that says who takes which seat, header first. */
export function seatLines({ seats }: SeatAssignment, header: readonly string[]): string[] {
  const rows = seats.map(({ openingId, expertId, affinity }) => [openingId, expertId, String(affinity)]);
  return [header, ...rows].map((cells) => `${cells.map(quoted).join(',')}\n`);
}

interface Line {
  readonly number: number;
  readonly cells: readonly string[];
}
type Fail = (line: number, what: string) => never;

const EXPERT =
  /^((experts?|reviewers?|persons?|people|candidates?|applicants?|users?|workers?|annotators?|names?)([ _-]?ids?)?)?$/i;
const OPENING = /^(openings?|papers?|jobs?|projects?|tasks?|positions?|submissions?)([ _-]?ids?)?$/i;
const SCORE = /^(scores?|affinit(y|ies)|fit|similarity|weight|value|rating|points?)$/i;

/** True where three columns are opening, expert, score; false where they are a matrix. */
function arePairs(lines: readonly Line[], fail: Fail): boolean {
  const [one = '', two = '', three = ''] = lines[0]?.cells ?? [];
  const hasHeader = three !== '' && scoreOf(three) === undefined;
  const rows = hasHeader ? lines.slice(1) : lines;
  const number = lines[0]?.number ?? 1;
  const isScore = (cell = '') => cell === '' || scoreOf(cell) !== undefined;
  if (hasHeader && one !== '' && EXPERT.test(one) && OPENING.test(two))
    fail(number, 'the columns are expert, opening, score. Put the opening first, then the expert.');
  if (hasHeader && SCORE.test(three)) return true;
  if (hasHeader && EXPERT.test(one)) return false;
  if (rows.every(({ cells }) => !isScore(cells[1]))) return true;
  // A number with a fraction is the name of nobody.
  const isFraction = (cell = '') => isScore(cell) && !Number.isInteger(Number(cell));
  const isMatrix = rows.every(({ cells }) => cells.every(isScore));
  if (!hasHeader && isMatrix && rows.some(({ cells }) => isFraction(cells[0]) || isFraction(cells[1])))
    return false;
  return fail(
    number,
    'these three columns may be opening, expert, score or a matrix of experts by openings. Put a line of names on top: "opening,expert,score", or "expert" and the names of the openings.',
  );
}

function pairsOf(lines: readonly Line[], file: string, fail: Fail): AffinityTable {
  const head = lines[0]?.cells ?? [];
  const hasHeader = scoreOf(head[2] ?? '') === undefined;
  const [one = '', two = '', three = ''] = hasHeader ? head : ['opening', 'expert', 'score'];
  const rows = hasHeader ? lines.slice(1) : lines;
  if (rows.length === 0) throw new BrokenTable(`${file}: there is a header and no line of scores.`);
  const seen = new Map<string, number>();
  const pairs = rows.map(({ number, cells }): SeatPair => {
    if (cells.length !== 3) fail(number, `it has ${cells.length} cells, not three: opening, expert, score.`);
    const [openingId = '', expertId = '', score = ''] = cells;
    if (openingId === '') fail(number, 'the opening, its first cell, is empty.');
    if (expertId === '') fail(number, 'the expert, its second cell, is empty.');
    const affinity =
      scoreOf(score) ?? fail(number, `the score, its third cell, is no number: ${said(score)}.`);
    const key = JSON.stringify([openingId, expertId]);
    const before = seen.get(key);
    if (before !== undefined) fail(number, `${openingId} and ${expertId} are in line ${before} already.`);
    seen.set(key, number);
    return { openingId, expertId, affinity };
  });
  return {
    openingIds: [...new Set(pairs.map(({ openingId }) => openingId))],
    expertIds: [...new Set(pairs.map(({ expertId }) => expertId))],
    pairs,
    header: [one, two, three],
    shape: 'PAIRS',
  };
}

function matrixOf(lines: readonly Line[], file: string, fail: Fail): AffinityTable {
  const head = lines[0] ?? { number: 1, cells: [] };
  const isNamed = head.cells.slice(1).some((cell) => scoreOf(cell) === undefined && cell !== '');
  const rows = isNamed ? lines.slice(1) : lines;
  if (rows.length === 0) throw new BrokenTable(`${file}: there is a header and no line of scores.`);
  const openingIds = isNamed ? head.cells.slice(1) : head.cells.map((_, at) => String(at));
  const empty = openingIds.indexOf('');
  if (empty >= 0) fail(head.number, `the name of opening ${empty + 1} is empty.`);
  if (new Set(openingIds).size < openingIds.length) fail(head.number, 'two openings have the same name.');
  const named = new Map<string, number>();
  const pairs = rows.flatMap(({ number, cells }, at) => {
    if (cells.length !== head.cells.length)
      fail(number, `it has ${cells.length} cells, and line ${head.number} has ${head.cells.length}.`);
    const expertId = isNamed ? (cells[0] ?? '') : String(at);
    if (expertId === '') fail(number, 'the expert, its first cell, is empty.');
    if (named.has(expertId)) fail(number, `${expertId} is in line ${named.get(expertId)} already.`);
    named.set(expertId, number);
    return (isNamed ? cells.slice(1) : cells).flatMap((cell, column): SeatPair[] => {
      if (cell === '') return [];
      const affinity =
        scoreOf(cell) ?? fail(number, `cell ${column + 1 + (isNamed ? 1 : 0)} is no number: ${said(cell)}.`);
      return [{ openingId: openingIds[column] ?? '', expertId, affinity }];
    });
  });
  return {
    openingIds,
    expertIds: [...named.keys()],
    pairs,
    header: ['opening', 'expert', 'score'],
    shape: 'MATRIX',
  };
}

/** Cells of a line: between commas, or semicolons or tabs where it has no comma; quotes doubled within quotes. */
function cellsOf(line: string, fail: (what: string) => never): string[] {
  const separator = [',', ';', '\t'].find((each) => line.includes(each)) ?? ',';
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const quote = /^\s*"((?:[^"]|"")*)"\s*/.exec(line.slice(at));
    const cell = quote
      ? (quote[1] ?? '').replaceAll('""', '"')
      : (line.slice(at).split(separator)[0] ?? '').trim();
    at += quote ? quote[0].length : (line.slice(at).split(separator)[0] ?? '').length;
    if (at < line.length && line[at] !== separator)
      fail('a quote is not closed, or something stands behind it.');
    if (!quote && cell.includes('"')) fail('a quote stands within a cell.');
    cells.push(cell);
    at += 1;
  }
  return cells;
}

function scoreOf(cell: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return undefined;
  const value = Number(cell);
  return Number.isFinite(value) && Math.abs(value) <= 1e6 ? value : undefined;
}

function quoted(cell: string): string {
  return /[",\r\n;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function said(cell: string): string {
  return cell === '' ? 'it is empty' : `"${cell.slice(0, 40)}"`;
}
