// Versions of signed weeks that were followed by another, each held against the charged lines that it was signed over.
import { lineHash, type HalfLine, type SignedWeekClaim } from '@tallystick/domain';
import type { Db } from '../../platform/prisma/database';
import { halfLines, sha256Hex, type SignedWeekRecord, type StatementKey } from '../billing/billing.public';
import { faultOf, MOST, type Proof } from './off-row';
import { weeksSignedAgain, versionsOf } from './signature.repository';
import type { ReadPart } from './use-cases/walk-chain';

/** Weeks that are looked at in one transaction. */
const PART = 100;

/**
 * Holds every version of a week but its newest, whose sums are held elsewhere, against its lines: each line that was
 * signed is charged as it was, and their sums are those of the version. Of keys of here; the text of another is not known.
 */
export async function versionsOffTheirLines(read: ReadPart, key: StatementKey): Promise<Proof> {
  const keyIds = await key.ids();
  const faults: string[] = [];
  let [looked, after] = [0, undefined as { engagementId: string; weekStart: Date } | undefined];
  for (;;) {
    const from = after;
    const weeks = await read(async (db) => {
      const found = await weeksSignedAgain(db, from, PART);
      for (const week of found) {
        const proof = await proveWeek(db, week, { key, keyIds });
        looked += proof.looked;
        faults.push(...proof.faults);
      }
      return found;
    });
    after = weeks.at(-1);
    if (weeks.length < PART || faults.length >= MOST) return { looked, faults };
  }
}

async function proveWeek(
  db: Db,
  { engagementId, weekStart }: { readonly engagementId: string; readonly weekStart: Date },
  { key, keyIds }: { readonly key: StatementKey; readonly keyIds: readonly string[] },
): Promise<Proof> {
  const older = (await versionsOf(db, engagementId, weekStart)).slice(0, -1);
  const byHash = new Map<string, HalfLine>();
  for (const line of await halfLines(db, engagementId, weekStart))
    byHash.set(await lineHash(sha256Hex, line), line);
  const faults: string[] = [];
  for (const version of older.filter(({ keyId }) => keyIds.includes(keyId)))
    faults.push(...offItsLines(version, await key.signed(version.signature), byHash));
  return { looked: older.length, faults };
}

/** What is wrong with a version of which a text was signed. */
function offItsLines(
  version: SignedWeekRecord,
  text: string | undefined,
  byHash: ReadonlyMap<string, HalfLine>,
): string[] {
  const name = `version ${version.version} of signed week ${version.id}`;
  const claim = text === undefined ? undefined : (JSON.parse(text) as SignedWeekClaim);
  if (claim?.root !== version.root) return [`${name} is not what was signed`];
  const lines = claim.lines.flatMap((hash) => byHash.get(hash) ?? []);
  if (lines.length !== claim.lines.length)
    return [
      `${claim.lines.length - lines.length} of the lines of ${name} are not charged as they were signed`,
    ];
  return (['price', 'pay', 'fee'] as const).flatMap((side) => {
    const foundMinor = lines.reduce((sum, line) => sum + BigInt(line[`${side}Minor`]), 0n);
    const saidMinor = version[`${side}Minor`];
    if (saidMinor === foundMinor) return [];
    const row = { what: name, currency: version.currency, saidMinor, foundMinor };
    return [faultOf(`the ${side} of`, 'its lines have')(row)];
  });
}
