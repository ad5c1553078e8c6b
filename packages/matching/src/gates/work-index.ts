import { growingDoubles, growingWords } from '../index/growing';

/** Keys are sorted into so many drawers by their first bits. */
const DRAWERS = 1 << 16;
const DRAWER_WIDTH = 2 ** 36;

/** Works in their drawers: where each drawer begins, and of each work its key and who wrote it. */
interface Sorted {
  readonly starts: Uint32Array;
  readonly keys: Float64Array;
  readonly owners: Uint32Array;
}

/** Who wrote what, by keys of works. Everybody is added before somebody asks. */
export class WorkIndex {
  private readonly added = { keys: growingDoubles(), owners: growingWords() };
  private sorted: Sorted | undefined;

  add(key: string, at: number): void {
    this.added.keys.push(hashOf(key));
    this.added.owners.push(at);
  }

  /** The places of who wrote a work, ascending. */
  authorsOf(key: string): Uint32Array {
    const { starts, keys, owners } = this.drawers();
    const wanted = hashOf(key);
    const drawer = drawerOf(wanted);
    const found: number[] = [];
    for (let i = starts[drawer] as number; i < (starts[drawer + 1] as number); i++)
      if (keys[i] === wanted) found.push(owners[i] as number);
    return Uint32Array.from(found).sort();
  }

  get bytes(): number {
    const { starts, keys, owners } = this.drawers();
    return starts.byteLength + keys.byteLength + owners.byteLength;
  }

  /** Sorts what was added when it is first asked for. */
  private drawers(): Sorted {
    if (this.sorted) return this.sorted;
    const { keys, owners } = this.added;
    this.sorted = sortedBy(keys.view, owners.view);
    keys.clear();
    owners.clear();
    return this.sorted;
  }
}

function drawerOf(key: number): number {
  return Math.floor(key / DRAWER_WIDTH);
}

/** Counting sort by drawer. */
function sortedBy(keys: Float64Array, owners: Uint32Array): Sorted {
  const starts = new Uint32Array(DRAWERS + 1);
  for (const key of keys) starts[drawerOf(key) + 1] = (starts[drawerOf(key) + 1] as number) + 1;
  for (let drawer = 0; drawer < DRAWERS; drawer++)
    starts[drawer + 1] = (starts[drawer + 1] as number) + (starts[drawer] as number);
  const next = starts.slice(0, DRAWERS);
  const sorted = { starts, keys: new Float64Array(keys.length), owners: new Uint32Array(keys.length) };
  for (let i = 0; i < keys.length; i++) {
    const drawer = drawerOf(keys[i] as number);
    const to = next[drawer] as number;
    next[drawer] = to + 1;
    sorted.keys[to] = keys[i] as number;
    sorted.owners[to] = owners[i] as number;
  }
  return sorted;
}

/** A number of 52 bits that stands for a text: that one of fifty texts meets another by chance among a million is one in a hundred million. */
function hashOf(text: string): number {
  let [high, low] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b);
  }
  return (high >>> 6) * 2 ** 26 + (low >>> 6);
}
