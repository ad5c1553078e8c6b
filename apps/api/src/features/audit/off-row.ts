// A record that says another amount than a second place, and the sentence about it.
import { formatAmount, type Currency } from '@tallystick/domain';

/** At most so many faults are read of one kind. */
export const MOST = 20;

/** A record whose amount is another elsewhere, minor units; null where there is nothing of it. */
export interface OffRow {
  readonly what: string;
  readonly currency: string;
  readonly saidMinor: bigint;
  readonly foundMinor: bigint | null;
}

/** How many rows were looked at, and what is wrong with some, each named with both amounts. */
export interface Proof {
  readonly looked: number;
  readonly faults: string[];
}

/** The sentence about a row: its name, its amount, and who says otherwise. */
export function faultOf(name: string, other: string): (row: OffRow) => string {
  return ({ what, currency, saidMinor, foundMinor }) => {
    const words = (minor: bigint) => formatAmount({ minor, currency: currency as Currency });
    return `${name} ${what} says ${words(saidMinor)}, ${other} ${foundMinor === null ? 'nothing' : words(foundMinor)}`;
  };
}
