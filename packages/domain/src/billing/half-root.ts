import { canonicalJson } from '../audit/canonical-json';
import type { HalfLine } from './half';

/** SHA-256 of a text in UTF-8, in hex. Given by whoever calls: browsers and servers have their own. */
export type Sha256 = (text: string) => string | Promise<string>;

/** What a signed week says it is, and in which version of the form. */
export const SIGNED_WEEK_FORMAT = 'tallystick-signed-week';
export const SIGNED_WEEK_VERSION = 1;

/** What is signed when a week is charged. A later version of a week names the root of the one before. */
export interface SignedWeekClaim {
  readonly format: typeof SIGNED_WEEK_FORMAT;
  readonly formatVersion: typeof SIGNED_WEEK_VERSION;
  readonly engagement: string;
  /** Its Monday, UTC. */
  readonly week: string;
  readonly version: number;
  /** Signatures of the engagement, counted from 1. */
  readonly number: number;
  readonly previousRoot: string | null;
  /** The hash of each line, in the order of the lines. */
  readonly lines: readonly string[];
  readonly root: string;
  /** The root over all weeks of the engagement, as they stood with this one. */
  readonly statementRoot: string;
  readonly currency: string;
  readonly priceMinor: string;
  readonly payMinor: string;
  readonly feeMinor: string;
  readonly signedAt: string;
}

const BEGINNING = '0'.repeat(64);

/** The hash of a line: SHA-256 of its canonical JSON, in the manner of RFC 8785. */
export async function lineHash(sha256: Sha256, line: HalfLine): Promise<string> {
  return sha256(canonicalJson(line));
}

/**
 * The root over hashes in their order: it begins with 64 zeros, and each hash is written after it and hashed with it,
 * both in hex. Another order, one more or one fewer gives another root.
 */
export async function rootOf(sha256: Sha256, hashes: readonly string[]): Promise<string> {
  let root = BEGINNING;
  for (const hash of hashes) root = await sha256(root + hash);
  return root;
}

/** True where each of the hashes that were signed is still there, as often as it was: lines are added, and none changes. Never where it is not known what was signed. */
export function keepsWhatWasSigned(signed: readonly string[] | undefined, now: readonly string[]): boolean {
  if (!signed) return false;
  const left = [...now];
  return signed.every((hash) => {
    const at = left.indexOf(hash);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Lines in the order in which they are signed: by week, by when they begin, by charge. */
export function inSignedOrder(lines: readonly HalfLine[]): HalfLine[] {
  const keyOf = ({ week, startsAt, charge }: HalfLine) => `${week} ${startsAt} ${charge}`;
  return [...lines].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
