import { counted } from '../index/counted';
import { Postings } from '../index/postings';
import { languageOf, termsOf, trigramsOf, type LanguageCode } from '../text/tokens';
import { Leaders } from '../scoring/best';
import { TITLE_SHARES } from '../scoring/model';
import { Fingerprint } from '../text/fingerprint';
import type { Occupation } from './taxonomy';

/** How many occupations a title is taken for at most. */
export const MOST_LINKS = 10;
/**
 * A title that is less like any occupation than this is taken for none: names in other languages than the taxonomy's share
 * only pieces of words with it (measured: 99 of 100 English titles are above 0.33, most German and Spanish ones below 0.15).
 */
const LEAST_SURE = 0.2;
/**
 * A short list lacks most occupations, and the nearest that it has is mostly another one: of fewer names than this only a title that is
 * one of them, or nearly, is taken for an occupation (measured: with 60 occupations and the measure above, precision fell by an eighth).
 */
const MANY_NAMES = 5000;
const LEAST_SURE_OF_FEW = 0.8;
/** A link that is half as sure counts a quarter. */
const SHARPNESS = 2;
/** What a group counts beside the occupation itself, nearest first: the square is what a sibling counts. */
const GROUP_WEIGHTS = [0.5, 0.25];
/** Descriptions of so many occupations tell their language. */
const MOST_READ = 200;
/** Titles repeat: of how many the occupations are kept, and of as many that were asked for before those. */
const MOST_KNOWN = 100_000;

/** Occupations that a title may mean, by their place in the taxonomy, with weights; the norm of all and their groups is 1. */
export type Links = ReadonlyMap<number, number>;

/** Finds which occupations a title may mean, by their names and descriptions. Immutable. */
export class OccupationIndex {
  /** Names what is in it. */
  readonly id: string;
  private readonly words: Postings;
  private readonly trigrams: Postings;
  private readonly descriptions: Postings;
  /** Names and titles are read in the language of the taxonomy. */
  private readonly language: LanguageCode;
  private readonly leastSure: number;
  private readonly owners: Uint32Array;
  private known = new Map<string, Links>();
  private earlier = new Map<string, Links>();
  /** For each level, the group of each occupation, and the members of each group. */
  private readonly levels: { groupOf: Int32Array; members: number[][] }[];

  constructor(private readonly occupations: readonly Occupation[]) {
    this.id = new Fingerprint().add(occupations).hex;
    const names = occupations.flatMap(({ label, aliases }, at) =>
      [...new Set([label, ...aliases])].map((name) => ({ at, name })),
    );
    this.language = languageOf(
      occupations
        .slice(0, MOST_READ)
        .map(({ description }) => description)
        .join(' '),
    );
    this.leastSure = names.length < MANY_NAMES ? LEAST_SURE_OF_FEW : LEAST_SURE;
    this.owners = Uint32Array.from(names, ({ at }) => at);
    this.words = Postings.of(names.map(({ name }) => counted(termsOf(name, this.language))));
    this.trigrams = Postings.of(names.map(({ name }) => counted(trigramsOf(name, this.language))));
    this.descriptions = Postings.of(
      occupations.map(({ label, aliases, description }) =>
        counted(termsOf([label, ...aliases, description].join(' '), this.language)),
      ),
    );
    this.levels = GROUP_WEIGHTS.map((_, level) => levelOf(occupations, level));
  }

  get size(): number {
    return this.occupations.length;
  }

  /** The occupations that titles may mean: of each title its own, and of all the strongest. */
  linksOf(titles: readonly string[]): Links {
    const all = new Map<number, number>();
    for (const title of titles)
      for (const [at, weight] of this.linksOfTitle(title)) all.set(at, Math.max(all.get(at) ?? 0, weight));
    return titles.length < 2 ? all : this.unit(strongest(all));
  }

  /**
   * What each occupation is worth to somebody who looks for `links`: itself, and others by the groups that they share.
   * A regulated occupation is worth something only where it is itself looked for.
   */
  expanded(links: Links): Map<number, number> {
    const worth = new Float64Array(this.size);
    const reached: number[] = [];
    for (const [at, weight] of links) {
      worth[at] = weight;
      reached.push(at);
    }
    this.levels.forEach(({ groupOf, members }, level) => {
      const square = (GROUP_WEIGHTS[level] ?? 0) ** 2;
      for (const [group, sum] of grouped(links, groupOf))
        for (const at of members[group] ?? []) {
          if (this.occupations[at]?.isRegulated && !links.has(at)) continue;
          if (worth[at] === 0) reached.push(at);
          worth[at] = (worth[at] as number) + square * sum;
        }
    });
    return new Map(reached.map((at) => [at, worth[at] as number]));
  }

  /** Scales links so that the norm of occupations and groups is 1. */
  unit(links: ReadonlyMap<number, number>): Links {
    let square = 0;
    for (const weight of links.values()) square += weight ** 2;
    this.levels.forEach(({ groupOf }, level) => {
      for (const sum of grouped(links, groupOf).values()) square += ((GROUP_WEIGHTS[level] ?? 0) * sum) ** 2;
    });
    const norm = Math.sqrt(square) || 1;
    return new Map([...links].map(([at, weight]) => [at, weight / norm]));
  }

  private linksOfTitle(title: string): Links {
    const key = termsOf(title, this.language).join(' ');
    const known = this.known.get(key);
    if (known) return known;
    const links = this.earlier.get(key) ?? this.unit(this.foundFor(title));
    if (this.known.size >= MOST_KNOWN) [this.earlier, this.known] = [this.known, new Map()];
    this.known.set(key, links);
    return links;
  }

  private foundFor(title: string): Map<number, number> {
    const words = counted(termsOf(title, this.language));
    const byWord = this.words.score(this.words.prepare(words));
    const byTrigram = this.trigrams.score(this.trigrams.prepare(counted(trigramsOf(title, this.language))));
    const sure = this.descriptions.score(this.descriptions.prepare(words));
    const byName = this.bestNames(byWord, byTrigram);
    for (let at = 0; at < sure.length; at++) sure[at] = (sure[at] as number) + (byName[at] as number);
    const { places, scores } = leadersOf(sure);
    const top = scores[0] ?? 0;
    if (top < this.leastSure) return new Map();
    return new Map(places.map((at, i) => [at, ((scores[i] as number) / top) ** SHARPNESS]));
  }

  /** How like the title the name is that is most like it, for each occupation. */
  private bestNames(byWord: Float32Array, byTrigram: Float32Array): Float32Array {
    const { owners } = this;
    const { words, trigrams } = TITLE_SHARES;
    const best = new Float32Array(this.size);
    for (let name = 0; name < owners.length; name++) {
      const share = words * (byWord[name] as number) + trigrams * (byTrigram[name] as number);
      const at = owners[name] as number;
      if (share > (best[at] as number)) best[at] = share;
    }
    return best;
  }
}

function leadersOf(scores: Float32Array): Leaders {
  const leaders = new Leaders(MOST_LINKS);
  let least = 0;
  for (let at = 0; at < scores.length; at++) {
    if ((scores[at] as number) <= least) continue;
    leaders.offer(at, scores[at] as number);
    least = leaders.least;
  }
  return leaders;
}

function levelOf(occupations: readonly Occupation[], level: number) {
  const numbers = new Map<string, number>();
  const members: number[][] = [];
  const groupOf = Int32Array.from(occupations, ({ groups }, at) => {
    const group = groups[level];
    if (group === undefined) return -1;
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    (members[number] ??= []).push(at);
    return number;
  });
  return { groupOf, members };
}

function grouped(links: ReadonlyMap<number, number>, groupOf: Int32Array): Map<number, number> {
  const sums = new Map<number, number>();
  for (const [at, weight] of links) {
    const group = groupOf[at] ?? -1;
    if (group >= 0) sums.set(group, (sums.get(group) ?? 0) + weight);
  }
  return sums;
}

function strongest(links: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...links].sort(([a, first], [b, second]) => second - first || a - b).slice(0, MOST_LINKS));
}
