import type { OpeningDocument } from '../documents';
import { linearOf, type Part } from '../scoring/explained';
import { HAND_WEIGHTS, type PartWeights, type Weighting } from '../scoring/model';
import { MOST_SCORED, RETRIEVED } from '../scoring/opening-scorer';
import { averageOf, pairSteps } from '../scoring/pair-score';
import { averagesOf } from '../scoring/rows';
import { SetPrint, snapshotId } from '../text/set-print';
import type { Candidates, CandidateRetriever, PairScores, ScoredExpert } from './candidate-retriever';
import type { Overview, Shared, ShardDoor, ShardState } from './door';
import { rowsRead, type Row, type Rows, type ScoredPair } from './row';
import { byScore, leadersAmong, removedTogether } from './together';

/** A question that a change came between is asked anew, so often. */
const TRIES = 4;

/** Shards have other statistics than each other, or change faster than they can be asked. It passes by itself. */
export class ShardsApart extends Error {
  override readonly name = 'ShardsApart';
}

/** Several shards that answer as one index of everybody would. */
export class Gathered implements CandidateRetriever {
  /** @param model the one that the shards score by */
  constructor(
    private readonly doors: readonly ShardDoor[],
    private readonly model: Weighting = HAND_WEIGHTS,
  ) {}

  async retrieve(opening: OpeningDocument, limit: number): Promise<Candidates> {
    for (let tries = 0; tries < TRIES; tries++) {
      const looks = await Promise.all(this.doors.map((door) => door.look(opening)));
      const eligible = looks.reduce((sum, look) => sum + look.eligible, 0);
      const shared = sharedBy(looks);
      const isCut = eligible > MOST_SCORED;
      const found = await Promise.all(this.doors.map((door) => door.find(opening, shared, isCut, limit)));
      const before = identified(looks.map(({ state }) => state));
      const { id, size } = identified(found.map(({ state }) => state));
      if (id !== before.id) continue;
      return {
        ...{ snapshot: id, isExact: true, size, eligible, averages: shared.averages },
        experts: this.best(
          found.map(({ rows }) => rows),
          shared,
          isCut,
          limit,
        ),
        removed: removedTogether(looks.map(({ removed }) => removed)),
      };
    }
    throw new ShardsApart('Experts change faster than the shards can be asked.');
  }

  async pairs(expertIds: readonly string[], openings: readonly OpeningDocument[]): Promise<PairScores> {
    const all = await Promise.all(this.doors.map((door) => door.overviews(openings)));
    const shared = openings.map((_, i) => sharedBy(all.map((each) => each[i] as Overview)));
    const found = await Promise.all(this.doors.map((door) => door.pairs(expertIds, openings, shared)));
    return {
      snapshot: identified(found.map(({ state }) => state)).id,
      scored: openings.map(
        (_, i) =>
          new Map(
            found.flatMap(({ rows }) =>
              rows[i] ? rowsRead(rows[i]).map((row) => [row.id, this.pair(row, shared[i] as Shared)]) : [],
            ),
          ),
      ),
    };
  }

  /** A row with the steps to its score. */
  private pair({ parts, interest }: Row, { averages }: Shared): ScoredPair {
    const average = averageOf(averages, weightsOf(parts));
    return { parts, steps: pairSteps(linearOf(parts), average, interest, this.model.calibration) };
  }

  private best(all: readonly Rows[], shared: Shared, isCut: boolean, limit: number): ScoredExpert[] {
    const rows = all.flatMap(rowsRead);
    const wanted = isCut
      ? rows
          .map((row) => ({ ...row, score: row.first }))
          .sort(byScore)
          .slice(0, RETRIEVED)
      : rows;
    return wanted
      .map((row) => ({ row, id: row.id, ...this.pair(row, shared) }))
      .map((each) => ({ ...each, score: each.steps.score }))
      .sort(byScore)
      .slice(0, limit)
      .map(({ id, row: { exposure, isNewcomer }, parts, steps, score }) => ({
        ...{ expertId: id, score, parts, steps, exposure, isNewcomer },
      }));
  }
}

function sharedBy(overviews: readonly Overview[]): Shared {
  return {
    leaders: leadersAmong(overviews.map(({ leaders }) => leaders)),
    averages: averagesOf(overviews.map(({ sample }) => sample)),
  };
}

function weightsOf(parts: readonly Part[]): PartWeights {
  return Object.fromEntries(parts.map(({ name, weight }) => [name, weight])) as PartWeights;
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
