import type { GateIndex } from '../gates/gate-index';
import type { ExpertIndex } from '../index/expert-index';
import { firstFrom } from '../index/first-from';
import { BLOCK, type Postings, type PreparedQuery } from '../index/postings';
import { Leaders } from './best';
import { HALF, TITLE_SHARES, type PartWeights } from './model';
import { soft } from './part-values';
import type { Question } from './question';

/** What the words of an opening find: of some experts profile and titles, and of everybody those who fit best. */
export interface TextScores {
  readonly profile: Float32Array;
  readonly titles: Float32Array;
  readonly best: Leaders;
}

/**
 * Reads the scores of the experts at some places, ascending, block by block: the scores of a block stay in the processor's cache, and
 * only those of the experts who are asked for leave it.
 */
export class ExpertReader {
  private readonly blocks = [0, 1, 2].map(() => new Float32Array(BLOCK)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];

  constructor(private readonly index: ExpertIndex) {}

  /** Scores of one query. */
  read(postings: Postings, query: PreparedQuery, places: Uint32Array): Float32Array {
    const found = new Float32Array(places.length);
    if (query.terms.length === 0) return found;
    const [scores] = this.blocks;
    for (let block = 0, i = 0; i < places.length; block++) {
      const first = block * BLOCK;
      const end = firstFrom(places, first + BLOCK, i);
      if (end === i) continue;
      const isRead =
        end - i < FEW &&
        postings.scorePicked(query, block, {
          places: withinBlock(places.subarray(i, end), first),
          scores: found.subarray(i, end),
        });
      if (!isRead) {
        scored(postings, query, block, scores);
        gather(scores, first, places, i, found);
      }
      i = end;
    }
    return found;
  }

  /** Voting by the sum of squares: a few items that fit well count for more than many that fit a little. */
  votes(query: PreparedQuery, places: Uint32Array): Float32Array {
    const { items, itemStarts } = this.index;
    const votes = new Float32Array(places.length);
    if (query.terms.length === 0) return votes;
    const [scores] = this.blocks;
    for (let block = 0, i = 0; block < items.blockCount && i < places.length; block++) {
      const [first, end] = [block * BLOCK, (block + 1) * BLOCK];
      if ((itemStarts[places[i] as number] as number) >= end) continue;
      scored(items, query, block, scores);
      for (; i < places.length; i++) {
        const at = places[i] as number;
        const last = itemStarts[at + 1] as number;
        for (let item = Math.max(first, itemStarts[at] as number); item < last && item < end; item++) {
          const share = scores[item - first] as number;
          votes[i] = (votes[i] as number) + share * share;
        }
        // Whose items go on in the next block, and who has none in this one, come again there.
        if (last > end) break;
      }
    }
    for (let i = 0; i < votes.length; i++) votes[i] = Math.sqrt(votes[i] as number);
    return votes;
  }

  /**
   * Profile and titles, and the few of everybody whose words fit best.
   * @param weights of the parts, by which these are found
   * @param most how many of them; where none are wanted, only the blocks of the places are read
   */
  texts(question: Question, places: Uint32Array, weights: PartWeights, most: number): TextScores {
    const { profiles, titleWords, titleTrigrams, size, gates } = this.index;
    const [profile, titles, trigrams] = this.blocks;
    const found = { profile: new Float32Array(places.length), titles: new Float32Array(places.length) };
    const best = new Leaders(most);
    for (let first = 0, i = 0; first < size; first += BLOCK) {
      const block = first / BLOCK;
      const hasPlaces = i < places.length && (places[i] as number) < first + BLOCK;
      if (most === 0 && !hasPlaces) continue;
      scored(profiles, question.profile, block, profile);
      scored(titleWords, question.titleWords, block, titles);
      scored(titleTrigrams, question.titleTrigrams, block, trigrams);
      mix(titles, trigrams);
      if (most > 0) lead(profile, titles, Math.min(BLOCK, size - first), first, weights, best, gates);
      gather(titles, first, places, i, found.titles);
      i = gather(profile, first, places, i, found.profile);
    }
    return { ...found, best };
  }
}

/** Of a block so few are asked of one by one, where postings can be. */
const FEW = BLOCK / 32;

function withinBlock(places: Uint32Array, first: number): Uint16Array {
  const within = new Uint16Array(places.length);
  for (let i = 0; i < within.length; i++) within[i] = (places[i] as number) - first;
  return within;
}

function scored(postings: Postings, query: PreparedQuery, block: number, scores: Float32Array): void {
  scores.fill(0);
  postings.scoreBlock(query, block, scores);
}

/** Takes the scores of the places that are in a block. @returns the first place that is beyond it */
function gather(
  scores: Float32Array,
  first: number,
  places: Uint32Array,
  i: number,
  to: Float32Array,
): number {
  const end = first + BLOCK;
  for (; i < places.length && (places[i] as number) < end; i++)
    to[i] = scores[(places[i] as number) - first] as number;
  return i;
}

/** Makes scores by words into scores of titles. */
function mix(words: Float32Array, trigrams: Float32Array): void {
  const shares = TITLE_SHARES;
  const [ofWords, ofTrigrams] = [shares.words, shares.trigrams];
  for (let at = 0; at < words.length; at++)
    words[at] = ofWords * (words[at] as number) + ofTrigrams * (trigrams[at] as number);
}

/** Looks for leaders in a block. A profile counts at most its share over `HALF`: most are out of the race by that, without a division. */
function lead(
  profile: Float32Array,
  titles: Float32Array,
  length: number,
  first: number,
  { profile: byProfile, titles: byTitles }: PartWeights,
  best: Leaders,
  gates: GateIndex,
): void {
  const steepest = byProfile / HALF;
  let least = best.least;
  for (let at = 0; at < length; at++) {
    const share = profile[at] as number;
    const title = titles[at] as number;
    if (byTitles * title + steepest * share <= least || gates.isGone(first + at)) continue;
    best.offer(first + at, Math.fround(byTitles * title + byProfile * soft(share)));
    least = best.least;
  }
}
