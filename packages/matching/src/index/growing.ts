type Typed = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** A typed array that grows by doubling. */
export class Growing<T extends Typed> {
  length = 0;

  constructor(
    private array: T,
    private readonly make: (length: number) => T,
  ) {}

  push(value: number): void {
    if (this.length === this.array.length) {
      const larger = this.make(Math.max(16, this.length * 2));
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = value;
  }

  /** Adds to what is at a place. */
  increase(place: number, by: number): void {
    this.array[place] = (this.array[place] as number) + by;
  }

  set(place: number, value: number): void {
    this.array[place] = value;
  }

  /** Lets go of everything. */
  clear(): void {
    this.array = this.make(0);
    this.length = 0;
  }

  at(place: number): number {
    return this.array[place] as number;
  }

  /** What is in it, without copying. */
  get view(): T {
    return this.array.subarray(0, this.length) as T;
  }
}

export const growingBytes = () => new Growing(new Uint8Array(0), (length) => new Uint8Array(length));
export const growingShorts = () => new Growing(new Uint16Array(0), (length) => new Uint16Array(length));
export const growingWords = () => new Growing(new Uint32Array(0), (length) => new Uint32Array(length));
export const growingDoubles = () => new Growing(new Float64Array(0), (length) => new Float64Array(length));
export const growingFloats = () => new Growing(new Float32Array(0), (length) => new Float32Array(length));
