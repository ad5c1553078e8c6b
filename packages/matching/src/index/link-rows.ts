import { MOST_LINKS, type Links } from '../taxonomy/occupation-index';
import { growingShorts } from './growing';

const WHOLE = 255;
/** Where the weights of a row begin: after its places. */
export const LINK_WEIGHTS = MOST_LINKS;
/** A row has so many numbers of 16 bits: the places, each one more than it is and 0 where there is none, then the weights, two in a number. */
export const LINK_ROW = LINK_WEIGHTS + MOST_LINKS / 2;

/** Collects the occupations that each expert may have, a row for each: places and weights stand together, since experts lie far apart in memory. */
export class LinkRows {
  private readonly rows = growingShorts();

  add(links: Links): void {
    const own = [...links].slice(0, MOST_LINKS);
    for (let i = 0; i < MOST_LINKS; i++) this.rows.push((own[i]?.[0] ?? -1) + 1);
    const weightOf = (i: number) => Math.round((own[i]?.[1] ?? 0) * WHOLE);
    for (let i = 0; i < MOST_LINKS; i += 2) this.rows.push(weightOf(i) | (weightOf(i + 1) << 8));
  }

  get view(): Uint16Array {
    return this.rows.view;
  }
}

/** The occupations of the expert at a place: place in the taxonomy and weight, 0 to 255. */
export function linksAt(rows: Uint16Array, at: number): [number, number][] {
  const row = at * LINK_ROW;
  const links: [number, number][] = [];
  for (let i = 0; i < MOST_LINKS; i++) {
    const place = rows[row + i] as number;
    const weights = rows[row + LINK_WEIGHTS + (i >> 1)] as number;
    if (place > 0) links.push([place - 1, i % 2 === 0 ? weights & 0xff : weights >> 8]);
  }
  return links;
}
