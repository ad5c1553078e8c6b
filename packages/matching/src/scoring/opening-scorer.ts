import type { OpeningDocument } from '../documents';
import type { ExpertIndex } from '../index/expert-index';
import type { PreparedQuery } from '../index/postings';
import { MOST_LINKS, type Links, type OccupationIndex } from '../taxonomy/occupation-index';
import { bestOf, type Leaders } from './best';
import { ExpertReader, type TextScores } from './expert-reader';
import { HAND_WEIGHTS, type PartWeights } from './model';
import {
  addWeighted,
  atMostOne,
  fieldValue,
  hoursValue,
  rateValue,
  soft,
  type PartValues,
} from './part-values';
import { questionOf, type Question } from './question';

/** Feedback: how many of the best are looked at, and what their occupations count beside those of the opening. */
export const FEEDBACK = { best: 10, share: 0.3 } as const;
const WHOLE = 255;
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
  /** The sum of weight times value of each of them. */
  readonly totals: Float32Array;
  /** Where only some were scored: of each what put them before the others. */
  readonly first?: Float32Array;
}

/** A question with what everybody's words add to it. */
interface Asked extends Question {
  /** What each occupation is worth, by its place and one more. */
  readonly occupations: PreparedQuery;
}

/** What the words of the opening find of some experts. */
interface Found extends Omit<TextScores, 'best'> {
  readonly evidence: Float32Array;
  readonly requiredSkills: Float32Array;
}

/** One of the few whose words fit best, with the occupations that their titles may mean: place in the taxonomy and weight, 0 to 255. */
export interface Leader {
  readonly score: number;
  readonly links: readonly (readonly [number, number])[];
}

/** What the first look at an opening finds: the words of the experts at some places, and who of everybody fits best by words. */
export interface Looked {
  readonly question: Question;
  readonly places: Uint32Array;
  readonly texts: Omit<TextScores, 'best'>;
  readonly leaders: readonly (Leader & { readonly at: number })[];
}

/** Scores experts for an opening, part by part. The same index and opening give the same bytes, whoever else is scored. */
export class OpeningScorer {
  private readonly reader: ExpertReader;
  /** What openings ask, made ready; kept as long as they are. */
  private readonly asked = new WeakMap<OpeningDocument, Asked>();
  /** What each occupation is worth for the opening that is being scored. */
  private readonly worth: Float32Array;

  constructor(
    private readonly index: ExpertIndex,
    private readonly occupations: OccupationIndex,
    private readonly weights: PartWeights = HAND_WEIGHTS.weights,
  ) {
    this.reader = new ExpertReader(index);
    this.worth = new Float32Array(occupations.size + 1);
  }

  /**
   * Scores the experts at some places. Of more than `most` only those are scored that the words, titles, occupation and skills
   * put first; where all are wanted, `most` is their number.
   */
  score(opening: OpeningDocument, places: Uint32Array, most = MOST_SCORED): Scored {
    const known = this.asked.get(opening);
    const looked = this.look(opening, places, known ? 0 : FEEDBACK.best);
    const asked = known ?? this.ask(looked.question, looked.leaders);
    this.asked.set(opening, asked);
    return this.scored(asked, looked, places.length > most);
  }

  /**
   * The first look at an opening.
   * @param most how many of those who fit best by words are wanted too
   */
  look(opening: OpeningDocument, places: Uint32Array, most: number): Looked {
    const question =
      this.asked.get(opening) ?? questionOf(opening, this.index, this.occupations, this.weights);
    const wanted = question.links.size > 0 ? most : 0;
    const { best, ...texts } = this.reader.texts(question, places, this.weights, wanted);
    return { question, places, texts, leaders: this.leadersOf(best) };
  }

  /** Scores whom the first look was at, once it is known who of everybody fits best by words. @param isCut true where only those are scored whom the parts that tell most put first */
  find(looked: Looked, leaders: readonly Leader[], isCut: boolean): Scored {
    return this.scored(this.ask(looked.question, leaders), looked, isCut);
  }

  private scored(asked: Asked, { places, texts }: Looked, isCut: boolean): Scored {
    const { index, reader } = this;
    this.setWorth(asked.occupations);
    const found: Found = {
      ...texts,
      evidence: reader.votes(asked.items, places),
      requiredSkills: reader.read(index.skills, asked.requiredSkills, places),
    };
    const first = isCut ? this.first(asked, found, places) : undefined;
    const chosen = first && bestOf(first, RETRIEVED).sort();
    const take = (all: Float32Array) => (chosen ? Float32Array.from(chosen, (i) => all[i] as number) : all);
    const scored = chosen ? chosen.map((i) => places[i] as number) : places;
    const values = this.values(
      asked,
      {
        profile: take(found.profile),
        titles: take(found.titles),
        evidence: take(found.evidence),
        requiredSkills: take(found.requiredSkills),
      },
      scored,
    );
    const { weights } = asked;
    const totals = new Float32Array(scored.length);
    addWeighted(totals, values, (name) => weights[name]);
    return { places: scored, values, weights, totals, ...(first && { first: take(first) }) };
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
    };
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
