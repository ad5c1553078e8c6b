import type { OpeningDocument } from '../documents';
import { partsAt, type Part } from '../scoring/explained';
import { PART_NAMES, type PartName } from '../scoring/model';
import { MOST_SCORED, RETRIEVED } from '../scoring/opening-scorer';
import { totalOf } from '../scoring/part-values';
import { SetPrint, snapshotId } from '../text/set-print';
import type { Candidates, CandidateRetriever, PairScores, ScoredExpert } from './candidate-retriever';
import type { Rows, ShardDoor, ShardState } from './door';
import { byScore, leadersAmong, removedTogether } from './together';

const WIDTH = 1 + PART_NAMES.length;
/** A question that a change came between is asked anew, so often. */
const TRIES = 4;

/** Shards have other statistics than each other, or change faster than they can be asked. It passes by itself. */
export class ShardsApart extends Error {
  override readonly name = 'ShardsApart';
}

/** Several shards that answer as one index of everybody would. */
export class Gathered implements CandidateRetriever {
  constructor(private readonly doors: readonly ShardDoor[]) {}

  async retrieve(opening: OpeningDocument, limit: number): Promise<Candidates> {
    for (let tries = 0; tries < TRIES; tries++) {
      const looks = await Promise.all(this.doors.map((door) => door.look(opening)));
      const eligible = looks.reduce((sum, look) => sum + look.eligible, 0);
      const leaders = leadersAmong(looks.map((look) => look.leaders));
      const isCut = eligible > MOST_SCORED;
      const found = await Promise.all(this.doors.map((door) => door.find(opening, leaders, isCut, limit)));
      const before = identified(looks.map(({ state }) => state));
      const { id, size } = identified(found.map(({ state }) => state));
      if (id !== before.id) continue;
      return {
        ...{ snapshot: id, isExact: true, size, eligible },
        experts: best(
          found.map(({ rows }) => rows),
          isCut,
          limit,
        ),
        removed: removedTogether(looks.map(({ removed }) => removed)),
      };
    }
    throw new ShardsApart('Experts change faster than the shards can be asked.');
  }

  async pairs(expertIds: readonly string[], openings: readonly OpeningDocument[]): Promise<PairScores> {
    const all = await Promise.all(this.doors.map((door) => door.leaders(openings)));
    const leaders = openings.map((_, i) => leadersAmong(all.map((each) => each[i] ?? [])));
    const found = await Promise.all(this.doors.map((door) => door.pairs(expertIds, openings, leaders)));
    return {
      snapshot: identified(found.map(({ state }) => state)).id,
      scored: openings.map((_, i) => new Map(found.flatMap(({ rows }) => partsOfAll(rows[i])))),
    };
  }
}

/** Names what several shards answer from together. */
function identified(states: readonly ShardState[]): { id: string; size: number } {
  const [first] = states;
  if (!first) throw new ShardsApart('There is no shard.');
  const { statisticsId, occupationsId } = first;
  if (states.some((each) => each.statisticsId !== statisticsId || each.occupationsId !== occupationsId))
    throw new ShardsApart('Some shards are still being made anew.');
  const print = new SetPrint();
  for (const state of states) print.add(state.print);
  return {
    id: snapshotId(statisticsId, occupationsId, print),
    size: states.reduce((sum, { size }) => sum + size, 0),
  };
}

function best(all: readonly Rows[], isCut: boolean, limit: number): ScoredExpert[] {
  const rows = all.flatMap((each) =>
    [...each.ids.keys()].map((i) => ({ of: each, i, id: each.ids[i] as string })),
  );
  const wanted = isCut
    ? rows
        .map((row) => ({ ...row, score: row.of.numbers[row.i * WIDTH] as number }))
        .sort(byScore)
        .slice(0, RETRIEVED)
    : rows;
  return wanted
    .map(({ of, i, id }) => ({ id, of, i, score: totalAt(of, i) }))
    .sort(byScore)
    .slice(0, limit)
    .map(({ id, of, i }) => ({ expertId: id, parts: partsOf(of, i) }));
}

function totalAt({ numbers, weights }: Rows, i: number): number {
  return weights ? totalOf(numbers.subarray(i * WIDTH + 1, (i + 1) * WIDTH), weights) : 0;
}

function partsOfAll(rows: Rows | undefined): [string, Part[]][] {
  return rows ? rows.ids.map((id, i) => [id, partsOf(rows, i)]) : [];
}

function partsOf({ numbers, weights }: Rows, i: number): Part[] {
  if (!weights) return [];
  const values = PART_NAMES.map(
    (name, part) => [name, numbers.subarray(i * WIDTH + 1 + part, i * WIDTH + 2 + part)] as const,
  );
  return partsAt(0, { weights, values: Object.fromEntries(values) as Record<PartName, Float32Array> });
}
