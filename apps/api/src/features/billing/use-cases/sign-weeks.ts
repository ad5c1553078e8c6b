import { Injectable } from '@nestjs/common';
import {
  dayOf,
  inSignedOrder,
  keepsWhatWasSigned,
  lineHash,
  rootOf,
  SIGNED_WEEK_FORMAT,
  SIGNED_WEEK_VERSION,
  signedText,
  type HalfLine,
  type SignedWeekClaim,
} from '@tallystick/domain';
import { system } from '../../../platform/access/actor';
import { sha256 } from '../../../platform/crypto/digest';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  halfLines,
  insertSignedWeek,
  listUnsigned,
  lockSigning,
  partiesOf,
  signedWeeks,
  wasSigned,
  type SignedWeekRecord,
} from '../signed-week.repository';
import { StatementKey } from '../statement-key';

const SIGNER = system('sign-weeks');
/** Engagements that one run looks up at once. */
const BATCH = 100;
/** SHA-256 of a text, hex. */
export const sha256Hex = (text: string): string => sha256(text).toString('hex');

/** Signs the root over a week's charged lines, so that neither half of the tally can be changed unnoticed. */
@Injectable()
export class SignWeeks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly key: StatementKey,
  ) {}

  /** Signs weeks that were charged before there were signatures, each engagement in a transaction of its own. */
  async run(): Promise<void> {
    const keyIds = await this.key.ids();
    for (;;) {
      const ids = await this.unitOfWork.readAs(SIGNER, ({ db }) => listUnsigned(db, keyIds, BATCH));
      for (const id of ids)
        await this.unitOfWork.run(SIGNER, { name: 'sign-weeks' }, (tx) => this.signUnsigned(tx, id));
      if (ids.length < BATCH) return;
    }
  }

  /** Signs a week anew with all lines that are charged in it by now; in the transaction that charged the last of them. */
  async sign(tx: Tx, engagementId: string, weekStart: Date): Promise<void> {
    await lockSigning(tx.db, engagementId);
    const lines = await halfLines(tx.db, engagementId, weekStart);
    await this.append(tx, engagementId, weekStart, lines, await signedWeeks(tx.db, engagementId));
  }

  private async signUnsigned(tx: Tx, engagementId: string): Promise<void> {
    await lockSigning(tx.db, engagementId);
    const signed = await signedWeeks(tx.db, engagementId);
    const known = new Set(signed.map(({ weekStart }) => dayOf(weekStart)));
    const lines = await halfLines(tx.db, engagementId);
    const days = [...new Set(lines.map(({ week }) => week))].filter((day) => !known.has(day)).sort();
    for (const day of days) {
      const own = lines.filter(({ week }) => week === day);
      signed.push(...(await this.append(tx, engagementId, new Date(`${day}T00:00:00Z`), own, signed)));
    }
  }

  private async append(
    tx: Tx,
    engagementId: string,
    weekStart: Date,
    charged: readonly HalfLine[],
    signed: readonly SignedWeekRecord[],
  ): Promise<SignedWeekRecord[]> {
    const parties = await partiesOf(tx.db, engagementId);
    if (!parties || charged.length === 0) return [];
    const lines = inSignedOrder(charged);
    const hashes: string[] = [];
    for (const line of lines) hashes.push(await lineHash(sha256Hex, line));
    const root = await rootOf(sha256Hex, hashes);
    const before = newest(signed).get(dayOf(weekStart));
    if (before?.root === root) return [];
    if (before && !keepsWhatWasSigned(await this.signedLines(before), hashes))
      return leftUnsigned(tx, before);
    const { currency, labId, expertId } = parties;
    // A signature that is gone was taken away: another in its place would make good what was changed.
    const week = { engagementId, expertId, week: dayOf(weekStart) };
    if (!before && (await wasSigned(tx.db, week, await this.key.ids()))) return [];
    const place = { version: (before?.version ?? 0) + 1, number: (signed.at(-1)?.number ?? 0) + 1 };
    const sums = { priceMinor: 0n, payMinor: 0n, feeMinor: 0n };
    for (const line of lines) {
      sums.priceMinor += BigInt(line.priceMinor);
      sums.payMinor += BigInt(line.payMinor);
      sums.feeMinor += BigInt(line.feeMinor);
    }
    const text = signedText({
      format: SIGNED_WEEK_FORMAT,
      formatVersion: SIGNED_WEEK_VERSION,
      engagement: engagementId,
      week: dayOf(weekStart),
      ...place,
      previousRoot: before?.root ?? null,
      lines: hashes,
      root,
      statementRoot: await statementRoot(signed, dayOf(weekStart), root),
      currency,
      priceMinor: sums.priceMinor.toString(),
      payMinor: sums.payMinor.toString(),
      feeMinor: sums.feeMinor.toString(),
      signedAt: tx.now.toISOString(),
    });
    const row: SignedWeekRecord = {
      id: tx.newId(),
      engagementId,
      labId,
      expertId,
      weekStart,
      ...place,
      lines: lines.length,
      currency,
      ...sums,
      root,
      ...(await this.key.sign(text)),
      signedAt: tx.now,
    };
    await insertSignedWeek(tx.db, row);
    tx.record({
      subjectType: 'signed-week',
      subjectId: row.id,
      to: 'SIGNED',
      facts: { engagementId, week: dayOf(weekStart), ...place, root, keyId: row.keyId },
      labId,
      expertId,
    });
    return [row];
  }

  /** The hashes of the lines that a signature is over; undefined where it is none of ours, or is not over the root beside it. */
  private async signedLines({ signature, root }: SignedWeekRecord): Promise<readonly string[] | undefined> {
    const text = await this.key.signed(signature);
    if (text === undefined) return undefined;
    const claim = JSON.parse(text) as SignedWeekClaim;
    return claim.root === root ? claim.lines : undefined;
  }
}

/**
 * A week whose signed lines are not as they were signed is never signed again: a new signature would make the change good.
 * What was charged stays charged; both halves go on to fail, and the journal says since when.
 */
function leftUnsigned(tx: Tx, { id, engagementId, labId, expertId, ...signed }: SignedWeekRecord): [] {
  const facts = { engagementId, week: dayOf(signed.weekStart), version: signed.version, root: signed.root };
  tx.record({ subjectType: 'signed-week', subjectId: id, to: 'NOT_AS_SIGNED', facts, labId, expertId });
  return [];
}

/** The newest signature of each week, by its Monday. */
export function newest(signed: readonly SignedWeekRecord[]): Map<string, SignedWeekRecord> {
  return new Map(signed.map((each) => [dayOf(each.weekStart), each]));
}

/** The root over the newest root of every week, with one of them as it is now. */
async function statementRoot(
  signed: readonly SignedWeekRecord[],
  day: string,
  root: string,
): Promise<string> {
  const roots = new Map([...newest(signed)].map(([week, each]) => [week, each.root]));
  roots.set(day, root);
  const inOrder = [...roots].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  return rootOf(sha256Hex, inOrder);
}
