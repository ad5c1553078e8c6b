import { languageOfOpening, type OpeningDocument } from '../documents';
import { requiredKeys } from '../gates/credential-keys';
import { NO_HOURS } from '../gates/gate-index';
import { counted } from '../index/counted';
import { skillKey, type ExpertIndex } from '../index/expert-index';
import { addTerms, type Postings, type TermWeights } from '../index/postings';
import { LEAST_WORDS } from '../index/topics';
import { MOST_LINKS, type Links, type OccupationIndex } from '../taxonomy/occupation-index';
import { termsOf, trigramsOf, type LanguageCode } from '../text/tokens';
import { bestOf } from './best';
import { HALF, HAND_WEIGHTS, PART_NAMES, TITLE_SHARES, type PartName, type PartWeights } from './model';
import { ScoreRoom } from './score-room';
import { weightsOf } from './weights';

/** Weights of what an opening says, as a query. */
const ASKED = { titles: 2, skills: 1.5, description: 1 } as const;
/** Feedback: how many of the best are looked at, and what their occupations count beside those of the opening. */
const FEEDBACK = { best: 10, share: 0.3 } as const;
const WHOLE = 255;
/** Up to this share of the ceiling a rate fits whole; at the ceiling it fits half. */
const EASY_RATE = 0.8;
/** More than this many are first scored by the parts that tell most, and only so many of them by all. */
export const MOST_SCORED = 20_000;
const RETRIEVED = 2000;

type PartValues = Readonly<Record<PartName, Float32Array>>;

/** How some experts fit one opening. */
export interface Scored {
  /** Places of the experts, ascending. */
  readonly places: Uint32Array;
  /** Of each part, the value of each of them, 0 to 1. */
  readonly values: PartValues;
  /** What each part counts for this opening: the model's weights, shared among what the opening asks for, so that they sum to 1. */
  readonly weights: PartWeights;
  /** The sum of weight times value of each of them. */
  readonly totals: Float32Array;
}

/** What an opening asks of everybody, worked out once. */
interface Question {
  readonly opening: OpeningDocument;
  readonly weights: PartWeights;
  readonly words: TermWeights;
  readonly profile: Float32Array;
  readonly titles: Float32Array;
  readonly evidence: Float32Array;
  /** What each occupation is worth, by its place and one more. */
  readonly worth: Float32Array;
  readonly requiredSkills: Float32Array;
}

/** Scores experts for an opening, part by part. The same index and opening give the same bytes, whoever else is scored. */
export class OpeningScorer {
  private readonly room: ScoreRoom;

  constructor(
    private readonly index: ExpertIndex,
    private readonly occupations: OccupationIndex,
    private readonly weights: PartWeights = HAND_WEIGHTS.weights,
  ) {
    this.room = new ScoreRoom(index.size);
  }

  /**
   * Scores the experts at some places. Of more than `most` only those are scored that the words, titles, occupation and skills
   * put first; where all are wanted, `most` is their number.
   */
  score(opening: OpeningDocument, places: Uint32Array, most = MOST_SCORED): Scored {
    const question = this.question(opening);
    const scored = places.length > most ? this.retrieved(question, places) : places;
    const { weights } = question;
    const values = this.values(question, scored);
    this.room.clear();
    const totals = new Float32Array(scored.length);
    for (const name of PART_NAMES)
      for (let i = 0; i < totals.length; i++)
        totals[i] = (totals[i] as number) + weights[name] * (values[name][i] as number);
    return { places: scored, values, weights, totals };
  }

  private question(opening: OpeningDocument): Question {
    const titles = [opening.title, ...opening.titles];
    const language = languageOfOpening(opening);
    const words = queryOf(opening, language);
    const links = this.occupations.linksOf(titles);
    const found = {
      profile: this.scoredAll(this.index.profiles, words),
      titles: this.titles(titles, language),
      evidence: this.votes(words),
    };
    const required = opening.skills.filter(({ isRequired }) => isRequired);
    return {
      ...found,
      opening,
      words,
      weights: weightsOf(this.weights, opening, {
        isLong: words.size >= LEAST_WORDS,
        isLinked: links.size > 0,
      }),
      worth: this.worth(links, found),
      requiredSkills: this.skills(required),
    };
  }

  /** Whom the parts that tell most put first. */
  private retrieved({ weights, ...question }: Question, places: Uint32Array): Uint32Array {
    const { profile, titles, evidence, requiredSkills, worth } = question;
    const first = new Float32Array(places.length);
    for (let i = 0; i < places.length; i++) {
      const at = places[i] as number;
      first[i] =
        weights.profile * soft(profile[at] as number) +
        weights.titles * (titles[at] as number) +
        weights.evidence * soft(evidence[at] as number) +
        weights.requiredSkills * (requiredSkills[at] as number) +
        (weights.occupation > 0 ? weights.occupation * this.near(worth, at) : 0);
    }
    return bestOf(first, RETRIEVED)
      .map((i) => places[i] as number)
      .sort();
  }

  private values(question: Question, places: Uint32Array): PartValues {
    const { opening, words, profile, titles, evidence, requiredSkills, worth } = question;
    const each = (value: (at: number) => number) => {
      const values = new Float32Array(places.length);
      for (let i = 0; i < values.length; i++) values[i] = value(places[i] as number);
      return values;
    };
    const good = this.skills(opening.skills.filter(({ isRequired }) => !isRequired));
    const credentials = this.credentials(opening);
    return {
      profile: each((at) => soft(profile[at] as number)),
      titles: each((at) => titles[at] as number),
      occupation: each((at) => this.near(worth, at)),
      evidence: each((at) => soft(evidence[at] as number)),
      topics: each(this.topics(words)),
      requiredSkills: each((at) => requiredSkills[at] as number),
      goodSkills: each((at) => good[at] as number),
      // Two accepted issuers of the same thing count once.
      credentials: each((at) => Math.min(1, credentials[at] as number)),
      rate: each(this.rate(opening)),
      hours: each(this.hours(opening)),
    };
  }

  private titles(titles: readonly string[], language: LanguageCode): Float32Array {
    const { titleWords, titleTrigrams } = this.index;
    const shares = this.scoredAll(titleWords, counted(titles.flatMap((title) => termsOf(title, language))));
    const trigrams = this.scoredAll(titleTrigrams, counted(titles.flatMap(trigramsOf)));
    for (let at = 0; at < shares.length; at++)
      shares[at] =
        TITLE_SHARES.words * (shares[at] as number) + TITLE_SHARES.trigrams * (trigrams[at] as number);
    return shares;
  }

  private scoredAll(postings: Postings, query: TermWeights): Float32Array {
    return postings.score(postings.prepare(query), this.room.take());
  }

  /** Voting by the sum of squares: a few items that fit well count for more than many that fit a little. */
  private votes(words: TermWeights): Float32Array {
    const { items, itemOwners } = this.index;
    const votes = this.room.take();
    if (itemOwners.length === 0) return votes;
    const shares = items.score(items.prepare(words));
    for (let item = 0; item < itemOwners.length; item++) {
      const share = shares[item] as number;
      if (share === 0) continue;
      const owner = itemOwners[item] as number;
      votes[owner] = (votes[owner] as number) + share * share;
    }
    for (let at = 0; at < votes.length; at++) votes[at] = Math.sqrt(votes[at] as number);
    return votes;
  }

  /** The same voting by the field that texts are of. */
  private topics(words: TermWeights): (at: number) => number {
    const { topics, topicStarts } = this.index;
    if (topics.isEmpty || words.size < LEAST_WORDS) return () => 0;
    const vector = topics.vectorOf(words);
    return (at) => {
      let sum = 0;
      for (let text = topicStarts[at] as number; text < (topicStarts[at + 1] as number); text++)
        sum += topics.nearness(vector, text) ** 2;
      const votes = Math.sqrt(sum);
      return votes / (votes + 1);
    };
  }

  /** Of the skills that are wanted, the share that is listed; a rare skill counts more than a common one. */
  private skills(wanted: readonly { label: string }[]): Float32Array {
    const { skills } = this.index;
    const query = skills.prepare(new Map(wanted.map(({ label }) => [skillKey(label), 1])), true);
    return skills.score(query, this.room.take());
  }

  /** The share of the required credentials that is held, verified, where it must hold. Others say nothing about the work. */
  private credentials(opening: OpeningDocument): Float32Array {
    const wanted = opening.credentials ?? [];
    const each = 1 / Math.max(1, wanted.length);
    const query = new Map<string, number>();
    for (const required of wanted) addTerms(query, requiredKeys(required), each);
    const { credentials } = this.index;
    return credentials.score(credentials.prepareRaw(query), this.room.take());
  }

  /** 1 up to 80 % of the ceiling, then down to a half at the ceiling, and on to nothing. */
  private rate({ rateMaxMinor, currency }: OpeningDocument): (at: number) => number {
    const { gates } = this.index;
    const [rates, currencies, number] = [
      gates.rates.view,
      gates.currencies.view,
      gates.currencyNumbers.get(currency ?? ''),
    ];
    const ceiling = Number(rateMaxMinor ?? 0);
    return (at) => {
      const rate = rates[at] as number;
      if (rate === 0 || ceiling === 0 || currencies[at] !== number) return 0;
      const share = rate / ceiling;
      return share <= EASY_RATE ? 1 : Math.max(0, 1 - (share - EASY_RATE) * 2.5);
    };
  }

  private hours({ hoursPerWeek }: OpeningDocument): (at: number) => number {
    const hours = this.index.gates.hours.view;
    return (at) => {
      const own = hours[at] as number;
      return hoursPerWeek && own !== NO_HOURS ? Math.min(1, own / hoursPerWeek) : 0;
    };
  }

  /** What each occupation is worth; those of the experts whose words fit best are looked for too, since names of an occupation vary. */
  private worth(asked: Links, words: { profile: Float32Array; titles: Float32Array }): Float32Array {
    const worth = new Float32Array(this.occupations.size + 1);
    const links = asked.size === 0 ? asked : this.withFeedback(asked, words);
    for (const [place, each] of this.occupations.expanded(links)) worth[place + 1] = each / WHOLE;
    return worth;
  }

  private withFeedback(
    asked: Links,
    { profile, titles }: { profile: Float32Array; titles: Float32Array },
  ): Links {
    const first = this.room.take();
    const { weights } = this;
    for (let at = 0; at < first.length; at++)
      first[at] = weights.titles * (titles[at] as number) + weights.profile * soft(profile[at] as number);
    const best = bestOf(first, FEEDBACK.best);
    if (best.length < FEEDBACK.best) return asked;
    const found = new Map<number, number>();
    for (const at of best) this.addLinks(found, at, first[at] as number);
    const both = new Map<number, number>();
    for (const [at, weight] of asked) both.set(at, (1 - FEEDBACK.share) * weight);
    for (const [at, weight] of this.occupations.unit(found))
      both.set(at, (both.get(at) ?? 0) + FEEDBACK.share * weight);
    return this.occupations.unit(both);
  }

  private addLinks(to: Map<number, number>, at: number, score: number): void {
    const { linkPlaces, linkWeights } = this.index;
    for (let i = at * MOST_LINKS; i < (at + 1) * MOST_LINKS; i++) {
      const place = linkPlaces[i] as number;
      if (place > 0)
        to.set(place - 1, (to.get(place - 1) ?? 0) + score * ((linkWeights[i] as number) / WHOLE));
    }
  }

  private near(worth: Float32Array, at: number): number {
    const { linkPlaces, linkWeights } = this.index;
    let sum = 0;
    for (let i = at * MOST_LINKS, end = i + MOST_LINKS; i < end; i++)
      sum += (worth[linkPlaces[i] as number] as number) * (linkWeights[i] as number);
    return sum < 1 ? sum : 1;
  }
}

function queryOf(opening: OpeningDocument, language: LanguageCode): TermWeights {
  const words = new Map<string, number>();
  addTerms(words, termsOf([opening.title, ...opening.titles].join(' '), language), ASKED.titles);
  addTerms(
    words,
    opening.skills.flatMap(({ label }) => termsOf(label, language)),
    ASKED.skills,
  );
  addTerms(words, termsOf(opening.description, language), ASKED.description);
  return words;
}

function soft(share: number): number {
  return share / (share + HALF);
}
