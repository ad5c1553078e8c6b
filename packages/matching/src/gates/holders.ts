import { firstFrom } from '../index/first-from';
import { growingBytes, growingShorts, growingWords } from '../index/growing';

/** Who holds a thing, by place, and at what value; the entries of one expert follow each other. */
interface List {
  readonly places: ReturnType<typeof growingWords>;
  readonly values: ReturnType<typeof growingShorts> | ReturnType<typeof growingBytes>;
}

/** Who holds what: for each thing a list, with a small whole number for each. */
export class Holders {
  private readonly lists = new Map<string, List>();

  /** @param values makes the lists of values: bytes where these are small */
  constructor(private readonly values: () => List['values']) {}

  add(key: string, at: number, value: number): void {
    const list = this.lists.get(key) ?? { places: growingWords(), values: this.values() };
    list.places.push(at);
    list.values.push(value);
    this.lists.set(key, list);
  }

  /** Who holds a thing, at whatever value. */
  of(key: string): Uint32Array {
    return this.lists.get(key)?.places.view ?? NOBODY;
  }

  /** Counts one more thing for who holds it at least at a value and has all `done` before it; nobody counts twice. */
  count(key: string, least: number, done: number, held: Uint8Array): void {
    const list = this.lists.get(key);
    if (!list) return;
    const [places, values] = [list.places.view, list.values.view];
    const below = least - 1;
    for (let i = 0; i < places.length; i++) {
      const at = places[i] as number;
      // The sign of the difference says whether it is enough: a branch that goes either way at random would take most of the time.
      if (held[at] === done) held[at] = done + ((below - (values[i] as number)) >>> 31);
    }
  }

  /** The highest value at which each of some places, ascending, holds a thing; -1 where it does not. */
  best(key: string, places: Uint32Array): Int32Array {
    const found = new Int32Array(places.length).fill(-1);
    const list = this.lists.get(key);
    if (!list) return found;
    const [held, values] = [list.places.view, list.values.view];
    for (let i = 0, from = 0; i < places.length; i++) {
      const at = places[i] as number;
      from = firstFrom(held, at, from);
      for (; from < held.length && held[from] === at; from++)
        found[i] = Math.max(found[i] as number, values[from] as number);
    }
    return found;
  }

  get bytes(): number {
    let sum = 0;
    for (const { places, values } of this.lists.values())
      sum += places.view.byteLength + values.view.byteLength;
    return sum;
  }
}

const NOBODY = new Uint32Array(0);
