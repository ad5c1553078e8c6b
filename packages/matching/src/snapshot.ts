import type { ExpertDocument, OpeningDocument } from './documents';
import type { Removed } from './gates/removed';
import { bytesOf, ExpertIndexBuilder, type ExpertIndex } from './index/expert-index';
import { HAND_WEIGHTS, type Weighting } from './scoring/model';
import { explainerOf, partsAt, type Explain, type Fit, type Step } from './scoring/explained';
import { MOST_SCORED, OpeningScorer, type Measured } from './scoring/opening-scorer';
import type { Averages } from './scoring/pair-score';
import { CANDIDATES, shortlistOrder } from './scoring/shortlist-order';
import { Recommendations } from './scoring/recommendations';
import { OccupationIndex } from './taxonomy/occupation-index';
import { printOf, SetPrint, snapshotId } from './text/set-print';

/** Of how many pairs of opening and expert the text scores are kept at once: about 80 MB. */
const MOST_KEPT = 2_000_000;

/** Experts by place: an array, or what makes a document when it is asked for, in the order of the ids. */
export interface ExpertList {
  readonly length: number;
  at(place: number): ExpertDocument | undefined;
}

/** Everything that matching reads, frozen. The same experts give the same snapshot. */
export class Snapshot {
  readonly id: string;
  /** In the order of their ids. */
  readonly experts: ExpertList;
  private readonly index: ExpertIndex;
  private readonly scorer: OpeningScorer;
  private readonly places = new Map<string, number>();
  private readonly everybody: Uint32Array;
  private readonly scored = new Map<OpeningDocument, Measured>();
  private readonly explainers = new WeakMap<OpeningDocument, Explain>();

  /**
   * @param experts each is asked for once here, and again when it is explained
   * @param occupations what titles mean; an index of none leaves them to their words
   * @param model what each part counts
   */
  constructor(
    experts: ExpertList,
    occupations = new OccupationIndex([]),
    readonly model: Weighting = HAND_WEIGHTS,
  ) {
    this.experts = Array.isArray(experts) ? [...experts].sort(byId) : experts;
    const builder = new ExpertIndexBuilder(occupations);
    const print = new SetPrint();
    for (let at = 0; at < experts.length; at++) {
      const expert = this.expertAt(at);
      builder.add(expert);
      print.add(printOf(expert));
      this.places.set(expert.id, at);
    }
    this.index = builder.build();
    this.scorer = new OpeningScorer(this.index, occupations, model);
    this.everybody = Uint32Array.from({ length: experts.length }, (_, at) => at);
    this.id = snapshotId(print.hex, occupations.id, print);
  }

  /** Ids of everybody, in order. */
  get expertIds(): Iterable<string> {
    return this.places.keys();
  }

  /** Bytes of the index in typed arrays; ids, words and the documents themselves are beyond that. */
  get bytes(): number {
    return bytesOf(this.index);
  }

  /** Every expert for an opening, best first, ties by id; with the sum that the score came from. */
  rank(opening: OpeningDocument): { expertId: string; score: number; linear: number }[] {
    const scored = this.scoreAll(opening);
    return Array.from(scored.places, (at, i) => ({ at, ...this.scorer.steps(opening, scored, i) }))
      .sort((a, b) => b.score - a.score || a.at - b.at)
      .map(({ at, score, linear }) => ({ expertId: this.expertAt(at).id, score, linear }));
  }

  /** The best experts that pass every gate, and how many each gate removed. */
  shortlist(
    opening: OpeningDocument,
    limit = 200,
  ): { fits: Fit[]; removed: Removed[]; eligible: number; averages: Averages } {
    const { places, removed } = this.index.gates.eligible(opening);
    const scored = this.scorer.score(opening, places);
    const { averages } = scored;
    const explain = explainerOf(opening);
    const fits = this.placed(opening, scored, limit).map(({ at, evenness, isKeptPlace, propensity }) =>
      this.fit(at, opening, scored, explain, { evenness, isKeptPlace, propensity }),
    );
    return { fits, eligible: places.length, removed, averages };
  }

  /** Who comes to which place of a shortlist. */
  private placed(opening: OpeningDocument, scored: Measured, limit: number) {
    const { work } = this.index;
    const candidates = this.scorer.best(opening, scored, limit * CANDIDATES).map(({ at, score }) => {
      const place = scored.places[at] as number;
      return {
        at,
        expertId: this.expertAt(place).id,
        score,
        exposure: work.exposure(place),
        isNewcomer: work.isNewcomer(place),
      };
    });
    return shortlistOrder(candidates, limit, { openingId: opening.id, modelId: this.model.id });
  }

  /** How one expert fits one opening; undefined where the expert is not in the snapshot. */
  fitOf(expertId: string, opening: OpeningDocument): Fit | undefined {
    const at = this.places.get(expertId);
    if (at === undefined) return undefined;
    const explain = this.explainers.get(opening) ?? explainerOf(opening);
    this.explainers.set(opening, explain);
    return this.experts.length > MOST_SCORED
      ? this.fit(0, opening, this.scorer.score(opening, Uint32Array.of(at)), explain)
      : this.fit(at, opening, this.scoreAll(opening), explain);
  }

  /** How one expert fits openings: those that can be taken first, then those with something missing. */
  openingsFor(expertId: string, openings: readonly OpeningDocument[], limit = 200): Fit[] {
    const fits = openings.flatMap((opening) => this.fitOf(expertId, opening) ?? []);
    return fits
      .sort(
        (a, b) =>
          Number(b.isEligible) - Number(a.isEligible) ||
          b.score - a.score ||
          (a.openingId < b.openingId ? -1 : 1),
      )
      .slice(0, limit);
  }

  /**
   * Of each expert the openings that fit best and that they can take, by place; the same scores as on shortlists.
   * Made for everybody at once, as at night: each opening is asked once.
   * @param openings in the order in which ties are told
   */
  recommendations(openings: readonly OpeningDocument[], most = 20): Recommendations {
    const found = new Recommendations(this.experts.length, most);
    openings.forEach((opening, number) => {
      const scored = this.scorer.score(opening, this.index.gates.eligible(opening).places, Infinity);
      const scores = this.scorer.scores(opening, scored);
      for (let i = 0; i < scores.length; i++)
        found.offer(scored.places[i] as number, number, scores[i] as number);
    });
    return found;
  }

  /**
   * @param i the expert's place among those that were scored
   * @param placed how they came to a place of a shortlist
   */
  private fit(
    i: number,
    opening: OpeningDocument,
    scored: Measured,
    explain: Explain,
    placed?: Pick<Step, 'evenness' | 'isKeptPlace' | 'propensity'>,
  ): Fit {
    const expert = this.expertAt(scored.places[i] ?? 0);
    const steps: Step = Object.assign(this.scorer.steps(opening, scored, i), placed);
    return explain(expert, partsAt(i, scored), steps);
  }

  private expertAt(at: number): ExpertDocument {
    return this.experts.at(at) as ExpertDocument;
  }

  /** How everybody fits an opening; kept, because the openings of many experts ask for the same ones. */
  private scoreAll(opening: OpeningDocument): Measured {
    const known = this.scored.get(opening);
    if (known) return known;
    const made = this.scorer.score(opening, this.everybody, this.everybody.length);
    if ((this.scored.size + 1) * this.experts.length > MOST_KEPT) this.scored.clear();
    this.scored.set(opening, made);
    return made;
  }
}

function byId(a: ExpertDocument, b: ExpertDocument): number {
  return a.id < b.id ? -1 : 1;
}
