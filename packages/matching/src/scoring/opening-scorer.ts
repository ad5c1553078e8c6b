import type { OpeningDocument } from '../documents';
import { NO_HOURS } from '../gates/circumstances';
import type { ExpertIndex } from '../index/expert-index';
import { linksAt } from '../index/link-rows';
import type { PreparedQuery } from '../index/postings';
import type { OccupationIndex } from '../taxonomy/occupation-index';
import { aboutBest, highest, type Leaders } from './best';
import { ExpertReader } from './expert-reader';
import { firstOrder, type Found } from './first-order';
import { interestOf } from './interest';
import { HAND_WEIGHTS, type PartWeights, type Weighting } from './model';
import { averageOf, pairOrder, pairScore, pairSteps, type Averages, type PairSteps } from './pair-score';
import {
  fieldColumn,
  hoursColumn,
  interestColumn,
  languageColumn,
  occupationColumn,
  overlapColumn,
  rateColumn,
  softened,
  validityColumn,
  workColumn,
} from './part-columns';
import { atMostOne, scoreAt, sumsOfParts, type PartValues } from './part-values';
import { FEEDBACK, worthOf, type Leader } from './occupation-worth';
import { averagesOf, merged, positionsIn, sumsOf, takenOf, without, type SampleSums } from './rows';
import { questionOf, type Question } from './question';

const NOBODY = new Uint32Array(0);
/** More than this many are first scored by the parts that are quick to tell, and only so many of them by all. */
export const MOST_SCORED = 5000;
export const RETRIEVED = 2000;

/** How some experts fit one opening. */
export interface Scored {
  /** Places of the experts, ascending. */
  readonly places: Uint32Array;
  /** Of each part, the value of each of them, 0 to 1. */
  readonly values: PartValues;
  readonly weights: PartWeights;
  /** Where only some were scored: of each what put them before the others. */
  readonly first?: Float32Array;
}

/** How some experts fit one opening, and what experts fit it on average. */
export interface Measured extends Scored {
  readonly averages: Averages;
  /** What the sum of contributions is on average. */
  readonly average: number;
}

/** A question with what everybody's words add to it. */
interface Asked extends Question {
  /** What each occupation is worth, by its place and one more. */
  readonly occupations: PreparedQuery;
}

/** What is known of an opening once experts were scored for it. */
interface Known {
  readonly asked: Asked;
  readonly averages: Averages;
}

/** What the first look at an opening finds. */
export interface Looked {
  readonly question: Question;
  /** Whom it is asked of, ascending. */
  readonly places: Uint32Array;
  /** What the words of the opening find of them. */
  readonly found: Found;
  /** Who of everybody fits best by words. */
  readonly leaders: readonly (Leader & { readonly at: number })[];
  /** Of the experts over whom averages are taken; undefined where the averages are known. */
  readonly sample?: SampleSums;
}

/** Scores experts for an opening, part by part. The same index and opening give the same bytes, whoever else is scored. */
export class OpeningScorer {
  private readonly reader: ExpertReader;
  /** What openings ask, made ready; kept as long as they are. */
  private readonly known = new WeakMap<OpeningDocument, Known>();
  /** What each occupation is worth for the opening that is being scored. */
  private readonly worth: Float32Array;

  constructor(
    private readonly index: ExpertIndex,
    private readonly occupations: OccupationIndex,
    private readonly model: Weighting = HAND_WEIGHTS,
  ) {
    this.reader = new ExpertReader(index);
    this.worth = new Float32Array(occupations.size + 1);
  }

  /**
   * Scores the experts at some places. Of more than `most` only those are scored that the parts that are quick to tell put first;
   * where all are wanted, `most` is their number.
   */
  score(opening: OpeningDocument, places: Uint32Array, most = MOST_SCORED): Measured {
    const looked = this.look(opening, places, FEEDBACK.best);
    const known = this.known.get(opening) ?? {
      asked: this.ask(looked.question, looked.leaders),
      averages: averagesOf(looked.sample ? [looked.sample] : []),
    };
    this.known.set(opening, known);
    return this.scored(known, looked, places.length > most);
  }

  /**
   * The first look at an opening.
   * @param most how many of those who fit best by words are wanted too
   */
  look(opening: OpeningDocument, places: Uint32Array, most: number, isSampled = true): Looked {
    const known = this.known.get(opening)?.asked;
    const question = known ?? questionOf(opening, this.index, this.occupations, this.model.weights);
    const wanted = known || question.links.size === 0 ? 0 : most;
    const sample = known || !isSampled ? NOBODY : this.sample();
    const { all, added } = sample.length > 0 ? merged(places, sample) : { all: places, added: [] };
    const { best, found } = this.find(question, all, wanted);
    const sums = known || !isSampled ? undefined : this.sumsOf(question, found, all, sample);
    return {
      question,
      places,
      found: without(found, added),
      leaders: this.leadersOf(best),
      ...(sums && { sample: sums }),
    };
  }

  /**
   * Scores whom the first look was at, once it is known of everybody who fits best by words and what fits on average.
   * @param isCut true where only those are scored whom the parts that are quick to tell put first
   */
  scoreLooked(
    looked: Looked,
    { leaders, averages }: { readonly leaders: readonly Leader[]; readonly averages: Averages },
    isCut: boolean,
  ): Measured {
    return this.scored({ asked: this.ask(looked.question, leaders), averages }, looked, isCut);
  }

  /** From the sum of contributions of one that was scored to the score of the pair. */
  steps(opening: OpeningDocument, { places, values, weights, average }: Measured, i: number): PairSteps {
    return pairSteps(
      scoreAt(values, weights, i),
      average,
      this.interest(opening, places[i] as number),
      this.model.calibration,
    );
  }

  /** The score of each pair that was scored. */
  scores(opening: OpeningDocument, { places, values, weights, average }: Measured): Float64Array {
    const { calibration } = this.model;
    const interest = interestColumn(this.index.gates, opening, places);
    const scores = sumsOfParts(values, weights, places.length);
    for (let i = 0; i < scores.length; i++)
      scores[i] = pairScore(scores[i] as number, average, interest[i] as number, calibration);
    return scores;
  }

  /** Who of those that were scored have the highest scores, in 32 bits, highest first, ties by place: where they stand, with the score. */
  best(
    opening: OpeningDocument,
    { places, values, weights, average }: Measured,
    limit: number,
  ): { at: number; score: number }[] {
    const { calibration } = this.model;
    const interest = interestColumn(this.index.gates, opening, places);
    const linear = sumsOfParts(values, weights, places.length);
    const order = new Float32Array(places.length);
    for (let i = 0; i < order.length; i++)
      order[i] = pairOrder(linear[i] as number, average, interest[i] as number, calibration);
    return aboutBest(order, limit)
      .map((at) => {
        const score = pairScore(linear[at] as number, average, interest[at] as number, calibration);
        return { at, score, kept: Math.fround(score) };
      })
      .sort((a, b) => b.kept - a.kept || a.at - b.at)
      .slice(0, limit)
      .map(({ at, score }) => ({ at, score }));
  }

  /** What is in an opening for the expert at a place. */
  interest({ currency, rateMaxMinor, hoursPerWeek }: OpeningDocument, at: number): number {
    const { rates, circumstances } = this.index.gates;
    const { currency: own, hours } = circumstances.at(at);
    // In 32 bits, as all that is kept of a pair.
    return Math.fround(
      interestOf(
        { rate: own === (currency ?? '') ? rates.at(at) : 0, hours: hours === NO_HOURS ? undefined : hours },
        { rate: Number(rateMaxMinor ?? 0), hours: hoursPerWeek ?? 0 },
      ),
    );
  }

  /** What an opening's words find of some experts, and who of everybody fits best by them. */
  private find(question: Question, places: Uint32Array, most: number): { best: Leaders; found: Found } {
    const { index, reader } = this;
    const { best, profile, titles } = reader.texts(question, places, this.model.weights, most);
    const evidence = reader.votes(question.items, places);
    const requiredSkills = reader.read(index.skills, question.requiredSkills, places);
    return { best, found: { profile, titles, evidence, requiredSkills } };
  }

  /** Those over whom averages are taken, without who is gone. */
  private sample(): Uint32Array {
    const { sample, gates } = this.index;
    return sample.filter((at) => !gates.isGone(at));
  }

  /** Averages are of what the opening itself says: nobody's occupation is lent to it. */
  private sumsOf(question: Question, found: Found, all: Uint32Array, sample: Uint32Array): SampleSums {
    const asked = this.ask(question, []);
    this.setWorth(asked.occupations);
    return sumsOf(this.values(asked, takenOf(found, positionsIn(all, sample)), sample));
  }

  private scored({ asked, averages }: Known, { places, found }: Looked, isCut: boolean): Measured {
    this.setWorth(asked.occupations);
    const cut = isCut ? this.cut(asked, found, places, averages) : undefined;
    const chosen = cut?.places ?? places;
    const values = this.values(asked, takenOf(found, cut?.positions), chosen);
    const { weights } = asked;
    const average = averageOf(averages, weights);
    return { places: chosen, values, weights, averages, average, ...(cut && { first: cut.first }) };
  }

  /** Whom the parts that are quick to tell put first, ascending, with what these give each. */
  private cut(asked: Asked, found: Found, places: Uint32Array, averages: Averages) {
    const { index, worth, model } = this;
    const first = firstOrder(index, { ...asked, worth, averages }, found, places, model);
    const positions = highest(first, RETRIEVED).sort();
    return {
      positions,
      places: positions.map((i) => places[i] as number),
      first: Float32Array.from(positions, (i) => first[i] as number),
    };
  }

  private ask(question: Question, leaders: readonly Leader[]): Asked {
    return { ...question, occupations: worthOf(this.occupations, question.links, leaders) };
  }

  private leadersOf({ places, scores }: Leaders): Looked['leaders'] {
    const { links } = this.index;
    return places.map((at, i) => ({ at, score: scores[i] as number, links: linksAt(links, at) }));
  }

  private values(
    asked: Asked,
    { profile, titles, evidence, requiredSkills }: Found,
    places: Uint32Array,
  ): PartValues {
    const { index, reader } = this;
    const { gates, work } = index;
    const { opening, field, goodSkills, credentials } = asked;
    return {
      profile: softened(profile),
      titles,
      occupation: occupationColumn(index, this.worth, places),
      evidence: softened(evidence),
      topics: field ? fieldColumn(index, field, places) : new Float32Array(places.length),
      requiredSkills,
      goodSkills: reader.read(index.skills, goodSkills, places),
      // Two accepted issuers of the same thing count once.
      credentials: reader.read(index.credentials, credentials, places).map(atMostOne),
      rate: rateColumn(gates, opening, places),
      hours: hoursColumn(gates, opening, places),
      freeHours: hoursColumn(gates, opening, places, work),
      overlap: overlapColumn(gates, opening, places),
      languages: languageColumn(gates, opening, places),
      validity: validityColumn(gates, opening, places),
      quality: workColumn(work, 'quality', places),
      timeliness: workColumn(work, 'timeliness', places),
    };
  }

  private setWorth({ terms, worth }: PreparedQuery): void {
    this.worth.fill(0);
    terms.forEach((term, i) => (this.worth[term] = worth[i] as number));
  }
}
