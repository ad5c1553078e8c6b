import { languageOfOpening, type OpeningDocument } from '../documents';
import { counted } from '../index/counted';
import { credentialKey, skillKey, type ExpertIndex } from '../index/expert-index';
import { addTerms, type PreparedQuery, type TermWeights } from '../index/postings';
import { LEAST_WORDS } from '../index/topics';
import { MOST_LINKS, type Links, type OccupationIndex } from '../taxonomy/occupation-index';
import { termsOf, trigramsOf, type LanguageCode } from '../text/tokens';
import { HALF, MODEL, PART_NAMES, TITLE_SHARES, type PartName } from './model';

/** Weights of what an opening says, as a query. */
const ASKED = { titles: 2, skills: 1.5, description: 1 } as const;
/** Feedback: how many of the best are looked at, and what their occupations count beside those of the opening. */
const FEEDBACK = { best: 10, share: 0.3 } as const;
const WHOLE = 255;
/** Up to this share of the ceiling a rate fits whole; at the ceiling it fits half. */
const EASY_RATE = 0.8;

type PartValues = Readonly<Record<PartName, Float32Array>>;
export type PartWeights = Readonly<Record<PartName, number>>;

/** How everybody fits one opening. */
export interface Scored {
  /** Of each part, the value of every expert, 0 to 1. */
  readonly values: PartValues;
  /** What each part counts for this opening: the model's weights, shared among what the opening asks for, so that they sum to 1. */
  readonly weights: PartWeights;
  /** The sum of weight times value of every expert. */
  readonly totals: Float32Array;
}

/** Scores every expert for one opening, part by part. */
export class OpeningScorer {
  constructor(
    private readonly index: ExpertIndex,
    private readonly occupations: OccupationIndex,
  ) {}

  /** Scores everybody. The same index and opening give the same bytes. */
  score(opening: OpeningDocument): Scored {
    const titles = [opening.title, ...opening.titles];
    const language = languageOfOpening(opening);
    const words = queryOf(opening, language);
    const links = this.occupations.linksOf(titles);
    const weights = weightsOf(opening, { isLong: words.size >= LEAST_WORDS, isLinked: links.size > 0 });
    const values = {
      profile: soft(scored(this.index.profiles, words)),
      titles: this.titles(titles, language),
      evidence: soft(this.votes(words)),
      topics: this.topics(words),
      requiredSkills: this.skills(opening, true),
      goodSkills: this.skills(opening, false),
      credentials: this.credentials(opening),
      rate: this.rates(opening),
      hours: this.hours(opening),
    };
    const all = { ...values, occupation: this.occupation(links, values, weights) };
    return { values: all, weights, totals: total(all, weights, this.index.size) };
  }

  private titles(titles: readonly string[], language: LanguageCode): Float32Array {
    const { titleWords, titleTrigrams } = this.index;
    const words = scored(titleWords, counted(titles.flatMap((title) => termsOf(title, language))));
    const trigrams = scored(titleTrigrams, counted(titles.flatMap(trigramsOf)));
    return words.map(
      (share, at) => TITLE_SHARES.words * share + TITLE_SHARES.trigrams * (trigrams[at] as number),
    );
  }

  /** Voting by the sum of squares: a few items that fit well count for more than many that fit a little. */
  private votes(words: TermWeights): Float32Array {
    const { items, itemOwners, size } = this.index;
    const shares = scored(items, words);
    return voted(itemOwners, size, (item) => shares[item] as number);
  }

  private topics(words: TermWeights): Float32Array {
    const { topics, topicOwners, size } = this.index;
    if (topics.isEmpty || words.size < LEAST_WORDS) return new Float32Array(size);
    const vector = topics.vectorOf(words);
    return voted(topicOwners, size, (text) => topics.nearness(vector, text)).map((sum) => sum / (sum + 1));
  }

  /** Of the skills that are wanted, the share that is listed; a rare skill counts more than a common one. */
  private skills(opening: OpeningDocument, isRequired: boolean): Float32Array {
    const wanted = opening.skills.filter((skill) => skill.isRequired === isRequired);
    return scored(this.index.skills, new Map(wanted.map(({ label }) => [skillKey(label), 1])));
  }

  /** The share of the required credentials that is held, verified, where it must hold. Others say nothing about the work. */
  private credentials(opening: OpeningDocument): Float32Array {
    const wanted = opening.credentials ?? [];
    const each = 1 / Math.max(1, wanted.length);
    const query = new Map<string, number>();
    for (const { type, jurisdiction } of wanted) addTerms(query, [credentialKey(type, jurisdiction)], each);
    const { credentials } = this.index;
    return credentials.score(credentials.prepareRaw(query));
  }

  /** 1 up to 80 % of the ceiling, then down to a half at the ceiling, and on to nothing. */
  private rates({ rateMaxMinor, currency }: OpeningDocument): Float32Array {
    const { rates, rateCurrencies, currencies } = this.index;
    const code = currencies.indexOf(currency ?? '');
    const ceiling = Number(rateMaxMinor ?? 0);
    return rates.map((rate, at) => {
      if (!(rate > 0) || ceiling === 0 || rateCurrencies[at] !== code) return 0;
      const share = rate / ceiling;
      return share <= EASY_RATE ? 1 : Math.max(0, 1 - (share - EASY_RATE) * 2.5);
    });
  }

  private hours({ hoursPerWeek }: OpeningDocument): Float32Array {
    const { hours } = this.index;
    return Float32Array.from(hours, (own) => (hoursPerWeek ? Math.min(1, own / hoursPerWeek) : 0));
  }

  /** How near the occupations are; those of the best so far are looked for too, since names of an occupation vary. */
  private occupation(
    asked: Links,
    values: Omit<PartValues, 'occupation'>,
    weights: PartWeights,
  ): Float32Array {
    if (asked.size === 0) return new Float32Array(this.index.size);
    const first = this.near(asked);
    const scores = total({ ...values, occupation: first }, weights, this.index.size);
    const best = bestPlaces(scores, FEEDBACK.best);
    if (best.length < FEEDBACK.best) return first;
    const mean = new Map<number, number>();
    for (const at of best) this.addLinks(mean, at, scores[at] as number);
    return this.near(this.blended(asked, this.occupations.unit(mean)));
  }

  private blended(asked: Links, found: Links): Links {
    const both = new Map<number, number>();
    for (const [at, weight] of asked) both.set(at, (1 - FEEDBACK.share) * weight);
    for (const [at, weight] of found) both.set(at, (both.get(at) ?? 0) + FEEDBACK.share * weight);
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

  private near(links: Links): Float32Array {
    const { linkPlaces, linkWeights, size } = this.index;
    const worth = new Float32Array(this.occupations.size + 1);
    for (const [place, each] of this.occupations.expanded(links)) worth[place + 1] = each / WHOLE;
    const near = new Float32Array(size);
    for (let at = 0, i = 0; at < size; at++) {
      let sum = 0;
      for (const end = i + MOST_LINKS; i < end; i++)
        sum += (worth[linkPlaces[i] as number] as number) * (linkWeights[i] as number);
      near[at] = Math.min(1, sum);
    }
    return near;
  }
}

function total(values: PartValues, weights: PartWeights, size: number): Float32Array {
  const scores = new Float32Array(size);
  for (const name of PART_NAMES) {
    const weight = weights[name];
    const part = values[name];
    if (weight > 0)
      for (let at = 0; at < size; at++) scores[at] = (scores[at] as number) + weight * (part[at] as number);
  }
  return scores;
}

/** Shares the model's weights among the parts that an opening asks for. */
function weightsOf(
  { skills, credentials, rateMaxMinor, hoursPerWeek }: OpeningDocument,
  { isLong, isLinked }: { isLong: boolean; isLinked: boolean },
): PartWeights {
  const isAsked: Record<PartName, boolean> = {
    profile: true,
    titles: true,
    occupation: isLinked,
    evidence: isLong,
    topics: isLong,
    requiredSkills: skills.some(({ isRequired }) => isRequired),
    goodSkills: skills.some(({ isRequired }) => !isRequired),
    credentials: (credentials ?? []).length > 0,
    rate: rateMaxMinor !== undefined && rateMaxMinor > 0n,
    hours: (hoursPerWeek ?? 0) > 0,
  };
  const whole = PART_NAMES.reduce((sum, name) => sum + (isAsked[name] ? MODEL.weights[name] : 0), 0);
  return Object.fromEntries(
    PART_NAMES.map((name) => [name, isAsked[name] ? MODEL.weights[name] / whole : 0]),
  ) as Record<PartName, number>;
}

/** Places of the best, best first, ties by place; only those above nothing. */
function bestPlaces(scores: Float32Array, limit: number): number[] {
  return [...scores.keys()]
    .filter((at) => (scores[at] as number) > 0)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
    .slice(0, limit);
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

interface Scoring {
  prepare(query: TermWeights): PreparedQuery;
  score(query: PreparedQuery): Float32Array;
}

function scored(postings: Scoring, query: TermWeights): Float32Array {
  return postings.score(postings.prepare(query));
}

function voted(owners: Uint32Array, size: number, share: (item: number) => number): Float32Array {
  const votes = new Float32Array(size);
  for (let item = 0; item < owners.length; item++) {
    const owner = owners[item] as number;
    votes[owner] = (votes[owner] as number) + share(item) ** 2;
  }
  return votes.map(Math.sqrt);
}

function soft(shares: Float32Array): Float32Array {
  return shares.map((share) => share / (share + HALF));
}
