/** Weights are kept in tenths, up to 25.5. */
export const TENTHS = 10;
const MOST_TENTHS = 255;

/** A weight as it is kept. */
export function tenthsOf(weight: number): number {
  return Math.min(MOST_TENTHS, Math.round(weight * TENTHS));
}

/** One document: numbers of its terms, and how much each weighs. */
export interface OpenDocument {
  readonly terms: Uint32Array;
  readonly tenths: Uint8Array;
}

/** A block that documents are still added to, one after the other. */
export class OpenBlock {
  private terms = new Uint32Array(1024);
  private places = new Uint16Array(1024);
  private tenths = new Uint8Array(1024);
  private length = 0;
  /** Where reading goes on: documents are asked for in their order. */
  private next = 0;

  push(term: number, place: number, tenths: number): void {
    if (this.length === this.terms.length) this.grow();
    this.terms[this.length] = term;
    this.places[this.length] = place;
    this.tenths[this.length] = tenths;
    this.length += 1;
  }

  /** Everything that was added, without copying. */
  get view(): { terms: Uint32Array; places: Uint16Array; tenths: Uint8Array } {
    return {
      terms: this.terms.subarray(0, this.length),
      places: this.places.subarray(0, this.length),
      tenths: this.tenths.subarray(0, this.length),
    };
  }

  /** The document at a place; each once, in their order. */
  document(place: number): OpenDocument {
    const start = this.next;
    while (this.next < this.length && this.places[this.next] === place) this.next += 1;
    return { terms: this.terms.subarray(start, this.next), tenths: this.tenths.subarray(start, this.next) };
  }

  private grow(): void {
    const length = this.length * 2;
    const copies = [new Uint32Array(length), new Uint16Array(length), new Uint8Array(length)] as const;
    copies[0].set(this.terms);
    copies[1].set(this.places);
    copies[2].set(this.tenths);
    [this.terms, this.places, this.tenths] = copies;
  }
}
