import { seeded } from '../text/seeded';

/** Of somebody who may be shown. */
export interface Showable {
  readonly expertId: string;
  /** The score of the pair, 0 to 1. */
  readonly score: number;
  /** How often they were shown to labs lately, as a multiple of an even share. */
  readonly exposure: number;
  /** Fewer than five weeks of work here. */
  readonly isNewcomer: boolean;
}

/** How somebody came to a place. */
export interface Placed {
  /** What the score is multiplied with, because they were shown much: 1 where they were not. */
  readonly evenness: number;
  /** True where the place is one of those that are kept for newcomers, and they would be further down without. */
  readonly isKeptPlace: boolean;
  /** How probable it was to be shown there: 1 where it follows from the scores alone. */
  readonly propensity: number;
}

/** So many times as many as are shown are looked at: whoever moves down or up comes from among them. */
export const CANDIDATES = 2;

/** Somebody who was shown so many times an even share is moved down, and at most by a tenth at so many times. */
const EXPOSURE = { from: 3, to: 12, most: 0.1 } as const;
/** One place in seven is a newcomer's, if there is one: the fifth, the twelfth and so on. */
const KEPT = { first: 4, every: 7 } as const;
/** Among so many newcomers it is drawn whose it is, and a step of score is worth that much in it. */
const DRAW = { among: 10, sharpness: 20 } as const;

/**
 * The order of a shortlist: by score, moved down who was shown much more than others, and every seventh place a newcomer's, who is
 * drawn. The draw follows from the seed and from who could be drawn, so that it can be made again.
 * @param candidates by score, best first
 * @param on the opening and the model, from which the draws follow
 */
export function shortlistOrder<T extends Showable>(
  candidates: readonly T[],
  limit: number,
  on: { readonly openingId: string; readonly modelId: string },
): (T & Placed)[] {
  const left = candidates
    .map((each, at) => {
      const evenness = evennessOf(each.exposure);
      return { each, at, evenness, score: each.score * evenness };
    })
    .sort((a, b) => b.score - a.score || a.at - b.at);
  const placed: (T & Placed)[] = [];
  while (placed.length < limit && left.length > 0) {
    const drawn = isKept(placed.length)
      ? draw(left, `${on.openingId} ${on.modelId} ${placed.length}`)
      : undefined;
    const { at, propensity } = drawn ?? { at: 0, propensity: 1 };
    const [next] = left.splice(at, 1) as [(typeof left)[number]];
    const { each, evenness } = next;
    placed.push(Object.assign({}, each, { evenness, isKeptPlace: at > 0, propensity }));
  }
  return placed;
}

/** What a score is multiplied with for who was shown so many times an even share. */
export function evennessOf(exposure: number): number {
  const over = (exposure - EXPOSURE.from) / (EXPOSURE.to - EXPOSURE.from);
  return 1 - EXPOSURE.most * Math.min(1, Math.max(0, over));
}

function isKept(place: number): boolean {
  return place >= KEPT.first && (place - KEPT.first) % KEPT.every === 0;
}

/** The first newcomers, with where they stand. */
function newcomers(left: readonly { readonly each: Showable }[]): { each: Showable; at: number }[] {
  const found: { each: Showable; at: number }[] = [];
  for (let at = 0; at < left.length && found.length < DRAW.among; at++) {
    const { each } = left[at] as { each: Showable };
    if (each.isNewcomer) found.push({ each, at });
  }
  return found;
}

/** Draws one of the first newcomers, the better ones more often. Undefined where there is none, or one stands first anyway. */
function draw(
  left: readonly { readonly each: Showable }[],
  seed: string,
): { at: number; propensity: number } | undefined {
  const among = newcomers(left);
  const [best] = among;
  if (!best || best.at === 0) return undefined;
  const odds = among.map(({ each }) => Math.exp(DRAW.sharpness * (each.score - best.each.score)));
  const whole = odds.reduce((sum, each) => sum + each, 0);
  let ticket = seeded(`${seed} ${among.map(({ each }) => each.expertId).join(' ')}`) * whole;
  let chosen = 0;
  while (chosen < odds.length - 1 && ticket >= (odds[chosen] as number)) ticket -= odds[chosen++] as number;
  return { at: (among[chosen] as { at: number }).at, propensity: (odds[chosen] as number) / whole };
}
