import type { GateIndex } from '../gates/gate-index';
import type { ExpertIndex } from '../index/expert-index';
import { firstFrom } from '../index/first-from';
import { kernelAreas, loops } from '../kernel/kernel';
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
  constructor(private readonly index: ExpertIndex) {}

  /** Scores of one query. */
  read(postings: Postings, query: PreparedQuery, places: Uint32Array): Float32Array {
    const found = new Float32Array(places.length);
    if (query.terms.length === 0) return found;
    for (let block = 0, i = 0; i < places.length; block++) {
      const first = block * BLOCK;
      const end = firstFrom(places, first + BLOCK, i);
      if (end === i) continue;
      if (postings.isPicked(query, block, end - i))
        postings.scorePicked(query, block, {
          places: withinBlock(places.subarray(i, end), first),
          scores: found.subarray(i, end),
        });
      else gather(postings.scoreBlock(query, block, 'FIRST'), first, places, i, found);
      i = end;
    }
    return found;
  }

  /** Voting by the sum of squares: a few items that fit well count for more than many that fit a little. */
  votes(query: PreparedQuery, places: Uint32Array): Float32Array {
    const { items, itemStarts } = this.index;
    const votes = new Float32Array(places.length);
    if (query.terms.length === 0) return votes;
    for (let block = 0, i = 0; block < items.blockCount && i < places.length; block++) {
      const [first, end] = [block * BLOCK, (block + 1) * BLOCK];
      if ((itemStarts[places[i] as number] as number) >= end) continue;
      const scores = items.scoreBlock(query, block, 'FIRST');
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
    const found = { profile: new Float32Array(places.length), titles: new Float32Array(places.length) };
    const best = new Leaders(most);
    for (let first = 0, i = 0; first < size; first += BLOCK) {
      const block = first / BLOCK;
      const hasPlaces = i < places.length && (places[i] as number) < first + BLOCK;
      if (most === 0 && !hasPlaces) continue;
      const profile = profiles.scoreBlock(question.profile, block, 'FIRST');
      const titles = titleWords.scoreBlock(question.titleWords, block, 'SECOND');
      titleTrigrams.scoreBlock(question.titleTrigrams, block, 'THIRD');
      loops.mix(profile.length, TITLE_SHARES.words, TITLE_SHARES.trigrams);
      if (most > 0) lead(profile, titles, first, weights, best, gates);
      gather(titles, first, places, i, found.titles);
      i = gather(profile, first, places, i, found.profile);
    }
    return { ...found, best };
  }
}

function withinBlock(places: Uint32Array, first: number): Uint16Array {
  const within = new Uint16Array(places.length);
  for (let i = 0; i < within.length; i++) within[i] = (places[i] as number) - first;
  return within;
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

/** So many documents are looked through at once: whoever is found among them raises the bound for the next. */
const STRIDE = 2048;
/** The kernel looks in 32 bits, where a sum is off by less than this. */
const SURE = 1 - 1e-6;

/** Looks for leaders in a block. A profile counts at most its share over `HALF`: most are out of the race by that, without a division. */
function lead(
  profile: Float32Array,
  titles: Float32Array,
  first: number,
  { profile: byProfile, titles: byTitles }: PartWeights,
  best: Leaders,
  gates: GateIndex,
): void {
  const { found } = kernelAreas();
  for (let from = 0; from < profile.length; from += STRIDE) {
    const to = Math.min(profile.length, from + STRIDE);
    const count = loops.above(from, to, byProfile / HALF, byTitles, best.least * SURE);
    for (let i = 0; i < count; i++) {
      const at = found[i] as number;
      const score = Math.fround(byTitles * (titles[at] as number) + byProfile * soft(profile[at] as number));
      if (!gates.isGone(first + at)) best.offer(first + at, score);
    }
  }
}
