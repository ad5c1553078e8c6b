import { Fingerprint } from './fingerprint';

/** A number from 0 to below 1 that follows from a text and looks like chance. */
export function seeded(text: string): number {
  const hex = new Fingerprint().add(text).hex;
  // The last bits of FNV-1a hardly mix with the first ones of the text: one more round does.
  let state = (Number.parseInt(hex.slice(0, 8), 16) ^ Number.parseInt(hex.slice(8), 16)) >>> 0;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b) >>> 0;
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35) >>> 0;
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}
