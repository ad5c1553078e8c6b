import { Fingerprint } from './fingerprint';

/** The print of one thing: two halves of 32 bits. */
export type Print = readonly [high: number, low: number];

/** The print of a value. */
export function printOf(value: unknown): Print {
  const { hex } = new Fingerprint().add(value);
  return [Number.parseInt(hex.slice(0, 8), 16), Number.parseInt(hex.slice(8), 16)];
}

/** Names a set by what is in it, in whatever order it came: half by half the sum of the prints. Names, and secures nothing. */
export class SetPrint {
  private high = 0;
  private low = 0;

  add([high, low]: Print): this {
    [this.high, this.low] = [(this.high + high) >>> 0, (this.low + low) >>> 0];
    return this;
  }

  remove([high, low]: Print): this {
    [this.high, this.low] = [(this.high - high) >>> 0, (this.low - low) >>> 0];
    return this;
  }

  get print(): Print {
    return [this.high, this.low];
  }

  get hex(): string {
    return [this.high, this.low].map((half) => half.toString(16).padStart(8, '0')).join('');
  }
}

/** Names a snapshot: the statistics that it is scored with, what titles mean, and the experts that are in it. */
export function snapshotId(statisticsId: string, occupationsId: string, experts: SetPrint): string {
  return new Fingerprint().add([statisticsId, occupationsId, experts.hex]).hex;
}
