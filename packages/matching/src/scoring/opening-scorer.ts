import type { OpeningDocument } from '../documents';
import { wantedKeys } from '../gates/credential-keys';
import { NO_HOURS } from '../gates/gate-index';
import type { ExpertIndex } from '../index/expert-index';
import type { PreparedQuery } from '../index/postings';
import { MOST_LINKS, type Links, type OccupationIndex } from '../taxonomy/occupation-index';
import { bestOf, type Leaders } from './best';
import { ExpertReader } from './expert-reader';
import { interestOf } from './interest';
import { HAND_WEIGHTS, type PartWeights, type Weighting } from './model';
import { averageOf, pairScore, pairSteps, type Averages, type PairSteps } from './pair-score';
import {
  atMostOne,
  fieldValue,
  hoursValue,
  languageValue,
  overlapValue,
  rateValue,
  scoreAt,
  soft,
  validityValue,
  type PartValues,
} from './part-values';
import { averagesOf, meanOf, merged, positionsIn, takenOf, sumsOf, type SampleSums } from './rows';
import { questionOf, type Question } from './question';

/** Feedback: how many of the best are looked at, and what their occupations count beside those of the opening. */
export const FEEDBACK = { best: 10, share: 0.3 } as const;
const WHOLE = 255;
const NOBODY = new Uint32Array(0);
/** More than this many are first scored by the parts that tell most, and only so many of them by all. */
export const MOST_SCORED = 20_000;
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

/** What the words of the opening find of some experts. */
type Found = Readonly<Record<'profile' | 'titles' | 'evidence' | 'requiredSkills', Float32Array>>;

/** One of the few whose words fit best, with the occupations that their titles may mean: place in the taxonomy and weight, 0 to 255. */
export interface Leader {
  readonly score: number;
  readonly links: readonly (readonly [number, number])[];
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
   * Scores the experts at some places. Of more than `most` only those are scored that the words, titles, occupation and skills
   * put first; where all are wanted, `most` is their number.
   */
  score(opening: OpeningDocument, places: Uint32Array, most = MOST_SCORED): Measured {
    const looked = this.look(opening, places, FEEDBACK.best);
    const known = this.known.get(opening) ?? {
      asked: this.ask(looked.question, looked.leaders),
      averages: averagesOf(looked.sample ? [looked.sample] : []),
    };
    this.known.set(opening, known);
    return { ...this.scored(known.asked, looked, places.length > most), averages: known.averages };
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
    const all = sample.length > 0 ? merged(places, sample) : places;
    const { best, found } = this.find(question, all, wanted);
    return {
      question,
      places,
      found: takenOf(found, positionsIn(all, places)),
      leaders: this.leadersOf(best),
      ...(!known && isSampled && { sample: this.sumsOf(question, found, all, sample) }),
    };
  }

  /** Scores whom the first look was at, once it is known who of everybody fits best by words. @param isCut true where only those are scored whom the parts that tell most put first */
  scoreLooked(looked: Looked, leaders: readonly Leader[], isCut: boolean): Scored {
    return this.scored(this.ask(looked.question, leaders), looked, isCut);
  }

  /** From the sum of contributions of one that was scored to the score of the pair. */
  steps(opening: OpeningDocument, { places, values, weights, averages }: Measured, i: number): PairSteps {
    return pairSteps(
      scoreAt(values, weights, i),
      averageOf(averages, weights),
      this.interest(opening, places[i] as number),
      this.model.calibration,
    );
  }

  /** The score of each pair that was scored. */
  scores(opening: OpeningDocument, { places, values, weights, averages }: Measured): Float64Array {
    const average = averageOf(averages, weights);
    const { calibration } = this.model;
    const scores = new Float64Array(places.length);
    for (let i = 0; i < scores.length; i++) {
      const interest = this.interest(opening, places[i] as number);
      scores[i] = pairScore(scoreAt(values, weights, i), average, interest, calibration);
    }
    return scores;
  }

  /** What is in an opening for the expert at a place. */
  interest({ currency, rateMaxMinor, hoursPerWeek }: OpeningDocument, at: number): number {
    const { rates, currencies, currencyNumbers, hours } = this.index.gates;
    const isSame = currencies.at(at) === currencyNumbers.get(currency ?? '');
    const own = hours.at(at);
    // In 32 bits, as all that is kept of a pair.
    return Math.fround(
      interestOf(
        { rate: isSame ? rates.at(at) : 0, hours: own === NO_HOURS ? undefined : own },
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

  private scored(asked: Asked, { places, found }: Looked, isCut: boolean): Scored {
    this.setWorth(asked.occupations);
    const cut = isCut ? this.cut(asked, found, places) : undefined;
    const chosen = cut?.places ?? places;
    const values = this.values(asked, takenOf(found, cut?.positions), chosen);
    return { places: chosen, values, weights: asked.weights, ...(cut && { first: cut.first }) };
  }

  /** Whom the parts that tell most put first, ascending, with what these give each. */
  private cut(asked: Asked, found: Found, places: Uint32Array) {
    const first = this.first(asked, found, places);
    const positions = bestOf(first, RETRIEVED).sort();
    return {
      positions,
      places: positions.map((i) => places[i] as number),
      first: Float32Array.from(positions, (i) => first[i] as number),
    };
  }

  private ask(question: Question, leaders: readonly Leader[]): Asked {
    return { ...question, occupations: this.worthOf(question, leaders) };
  }

  private leadersOf({ places, scores }: Leaders): Looked['leaders'] {
    const { linkPlaces, linkWeights } = this.index;
    return places.map((at, i) => {
      const links: [number, number][] = [];
      for (let link = at * MOST_LINKS; link < (at + 1) * MOST_LINKS; link++) {
        const place = linkPlaces[link] as number;
        if (place > 0) links.push([place - 1, linkWeights[link] as number]);
      }
      return { at, score: scores[i] as number, links };
    });
  }

  /** What the parts that tell most give each of the experts. */
  private first({ weights }: Asked, found: Found, places: Uint32Array): Float32Array {
    const { profile, titles, evidence, requiredSkills } = found;
    const first = new Float32Array(places.length);
    for (let i = 0; i < places.length; i++)
      first[i] =
        weights.profile * soft(profile[i] as number) +
        weights.titles * (titles[i] as number) +
        weights.evidence * soft(evidence[i] as number) +
        weights.requiredSkills * (requiredSkills[i] as number) +
        (weights.occupation > 0 ? weights.occupation * this.near(places[i] as number) : 0);
    return first;
  }

  private values(
    asked: Asked,
    { profile, titles, evidence, requiredSkills }: Found,
    places: Uint32Array,
  ): PartValues {
    const { index, reader } = this;
    const { work } = index;
    const { opening, field, goodSkills, credentials } = asked;
    const { rates, currencies, currencyNumbers, hours } = index.gates;
    const currency = currencyNumbers.get(opening.currency ?? '');
    const ceiling = Number(opening.rateMaxMinor ?? 0);
    const [ownRates, ownCurrencies, ownHours] = [rates.view, currencies.view, hours.view];
    const each = (value: (at: number) => number) => {
      const values = new Float32Array(places.length);
      for (let i = 0; i < values.length; i++) values[i] = value(places[i] as number);
      return values;
    };
    return {
      profile: profile.map(soft),
      titles,
      occupation: each((at) => this.near(at)),
      evidence: evidence.map(soft),
      topics: field ? each((at) => fieldValue(index, field, at)) : new Float32Array(places.length),
      requiredSkills,
      goodSkills: reader.read(index.skills, goodSkills, places),
      // Two accepted issuers of the same thing count once.
      credentials: reader.read(index.credentials, credentials, places).map(atMostOne),
      rate: each((at) => (ownCurrencies[at] === currency ? rateValue(ownRates[at] as number, ceiling) : 0)),
      hours: each((at) => hoursValue(ownHours[at] as number, opening.hoursPerWeek)),
      freeHours: each((at) =>
        hoursValue(ownHours[at] as number, opening.hoursPerWeek, work.engagedHours(at)),
      ),
      overlap: this.overlaps(opening, places),
      languages: this.languageMargins(opening, places),
      validity: this.validities(opening, places),
      quality: each((at) => work.quality(at)),
      timeliness: each((at) => work.timeliness(at)),
    };
  }

  private overlaps(opening: OpeningDocument, places: Uint32Array): Float32Array {
    const least = opening.overlap?.leastHours ?? 0;
    if (least === 0) return new Float32Array(places.length);
    return Float32Array.from(this.index.gates.minutesShared(opening, places), (minutes) =>
      overlapValue(minutes, least),
    );
  }

  /** The mean over the languages that are asked for. */
  private languageMargins({ languages = [] }: OpeningDocument, places: Uint32Array): Float32Array {
    return meanOf(places.length, languages, ({ language, level }) =>
      Float32Array.from(this.index.gates.levelsAbove(language, level, places), languageValue),
    );
  }

  /** The mean over the credentials that are asked for. */
  private validities(opening: OpeningDocument, places: Uint32Array): Float32Array {
    const { lastDay } = opening;
    const wanted = lastDay ? wantedKeys(opening) : [];
    return meanOf(places.length, wanted, (keys) =>
      Float32Array.from(this.index.gates.daysHeldBeyond(keys, lastDay as Date, places), validityValue),
    );
  }

  /** What each occupation is worth; those of the experts whose words fit best are looked for too, since names of an occupation vary. */
  private worthOf({ links }: Question, leaders: readonly Leader[]): PreparedQuery {
    const isFed = links.size > 0 && leaders.length === FEEDBACK.best;
    const wanted = isFed ? this.withFeedback(links, leaders) : links;
    const worth = [...this.occupations.expanded(wanted)];
    return {
      terms: Uint32Array.from(worth, ([place]) => place + 1),
      worth: Float32Array.from(worth, ([, each]) => each / WHOLE),
    };
  }

  private withFeedback(asked: Links, leaders: readonly Leader[]): Links {
    const found = new Map<number, number>();
    for (const { score, links } of leaders)
      for (const [place, weight] of links)
        found.set(place, (found.get(place) ?? 0) + score * (weight / WHOLE));
    const both = new Map<number, number>();
    for (const [at, weight] of asked) both.set(at, (1 - FEEDBACK.share) * weight);
    for (const [at, weight] of this.occupations.unit(found))
      both.set(at, (both.get(at) ?? 0) + FEEDBACK.share * weight);
    return this.occupations.unit(both);
  }

  private setWorth({ terms, worth }: PreparedQuery): void {
    this.worth.fill(0);
    terms.forEach((term, i) => (this.worth[term] = worth[i] as number));
  }

  private near(at: number): number {
    const { worth } = this;
    const { linkPlaces, linkWeights } = this.index;
    let sum = 0;
    for (let i = at * MOST_LINKS, end = i + MOST_LINKS; i < end; i++)
      sum += (worth[linkPlaces[i] as number] as number) * (linkWeights[i] as number);
    return sum < 1 ? sum : 1;
  }
}
