// What a file of bonuses would do: read, held against the lab's engagements, worked out. Writes nothing.
import {
  accountCode,
  assessLine,
  bonusText,
  checkBonuses,
  momentWords,
  plus,
  readBonusFile,
  termsOf,
  type Assessment,
  type BonusRow,
  type Currency,
  type RowProblem,
} from '@tallystick/domain';
import { sha256 } from '../../platform/crypto/digest';
import { Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import { findExperts } from '../expert/expert.public';
import { availableMinor } from '../ledger/ledger.public';
import { paidBonuses, samePaid, type BonusFileRecord, type PaidBy } from './bonus.repository';
import { findEngagements, type EngagementRecord } from './engagement.repository';

/** Characters that a file of bonuses may have. */
const MOST_CHARACTERS = 80_000;

/** A bonus of a file with its engagement, and what it costs at most. */
export interface PlannedBonus {
  readonly row: BonusRow;
  readonly engagement: EngagementRecord;
  readonly amounts: Assessment;
}

/** What a file comes to in a currency, at most, and what the lab has available for it; minor units. */
export interface PlannedSum {
  readonly currency: Currency;
  readonly amounts: Assessment;
  readonly availableMinor: bigint;
}

export interface PlannedFile {
  readonly bonuses: readonly PlannedBonus[];
  /** Each bad row; where there is one, nothing is paid. */
  readonly problems: readonly RowProblem[];
  readonly leftOut: number;
  readonly sums: readonly PlannedSum[];
  readonly rowsHash: string;
  /** The file by which the same rows were paid before. */
  readonly paidBefore?: BonusFileRecord;
}

/** Reads a lab's file of bonuses and works it out. Refuses with FILE_TOO_LONG. */
export async function planBonuses(db: Db, labId: string, text: string): Promise<PlannedFile> {
  if (text.length > MOST_CHARACTERS)
    throw new Refused(
      'FILE_TOO_LONG',
      'The file is too long for 500 bonuses. Split it, and leave out columns that are not needed.',
    );
  const read = readBonusFile(text);
  const own = await ownEngagements(db, labId, read.rows);
  const rowsHash = sha256(read.rows.map(bonusText).toSorted().join('\n')).toString('hex');
  const paidBefore = await samePaid(db, labId, rowsHash);
  const repeated = paidBefore ? [] : await repeatedRows(db, labId, read.rows);
  const problems = [...read.problems, ...checkBonuses(read.rows, own), ...repeated].sort(
    (one, other) => one.rowNumber - other.rowNumber,
  );
  const bad = new Set(problems.map(({ rowNumber }) => rowNumber));
  const bonuses = read.rows.flatMap((row) => {
    const engagement = own.get(row.engagementId);
    return engagement && !bad.has(row.rowNumber) ? [planned(row, engagement)] : [];
  });
  const sums = await sumsOf(db, labId, bonuses);
  return { bonuses, problems, leftOut: read.leftOut, sums, rowsHash, ...(paidBefore && { paidBefore }) };
}

/** The lab's own of the engagements that rows name, with the expert's name. */
async function ownEngagements(
  db: Db,
  labId: string,
  rows: readonly BonusRow[],
): Promise<Map<string, EngagementRecord & { readonly expertName?: string }>> {
  const found = await findEngagements(db, [...new Set(rows.map(({ engagementId }) => engagementId))]);
  const own = found.filter((each) => each.labId === labId);
  const experts = await findExperts(db, [...new Set(own.map(({ expertId }) => expertId))]);
  const names = new Map(experts.map(({ id, displayName }) => [id, displayName]));
  return new Map(own.map((each) => [each.id, { ...each, expertName: names.get(each.expertId) }]));
}

/** Rows that were paid by another file before: most likely last time's file with more people in it. */
async function repeatedRows(db: Db, labId: string, rows: readonly BonusRow[]): Promise<RowProblem[]> {
  const ids = [...new Set(rows.map(({ engagementId }) => engagementId))];
  const paid = new Map<string, PaidBy>();
  for (const { engagementId, currency, amountMinor, reason, ...by } of await paidBonuses(db, labId, ids))
    paid.set(bonusText({ engagementId, currency, amountMinor, reason }), by);
  return rows.flatMap((row) => {
    const by = paid.get(bonusText(row));
    if (!by) return [];
    const sentence = `The same was paid on ${momentWords(by.paidAt)}, by the file ${by.name}. Take the row out, or write another reason if it is meant again.`;
    return [{ rowNumber: row.rowNumber, sentence }];
  });
}

function planned(row: BonusRow, engagement: EngagementRecord): PlannedBonus {
  const { rateMinorPerHour } = engagement;
  const line = { rateMinorPerHour, seconds: 0, sumMinor: row.amountMinor, terms: termsOf(engagement) };
  return { row, engagement, amounts: assessLine(line) };
}

async function sumsOf(db: Db, labId: string, bonuses: readonly PlannedBonus[]): Promise<PlannedSum[]> {
  const sums = new Map<Currency, Assessment>();
  for (const { row, amounts } of bonuses) {
    const before = sums.get(row.currency);
    sums.set(row.currency, before ? plus(before, amounts) : amounts);
  }
  const found: PlannedSum[] = [];
  for (const [currency, amounts] of sums) {
    const available = await availableMinor(db, accountCode.labPrepaid(labId, currency));
    found.push({ currency, amounts, availableMinor: available });
  }
  return found;
}
