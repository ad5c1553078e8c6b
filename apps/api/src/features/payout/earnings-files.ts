import type { Readable } from 'node:stream';
import {
  booksCharge,
  CHARGE_BOOKED,
  csvLine,
  dayWords,
  formatAmount,
  isCurrency,
  plainAmount,
} from '@tallystick/domain';
import { PdfPages } from '../../platform/pdf/document';
import { BANK_COLUMNS, bankCells, bankTable } from './bank-side-files';
import {
  SENT_AGAIN,
  type EarningsStatement,
  type PeriodSums,
  type ShownMovement,
} from './earnings-statement.queries';

const COLUMNS = [
  'at (UTC)',
  'what',
  'currency',
  'earned',
  'paid',
  'on its way',
  'came back',
  'other',
  'not paid out yet',
  'ledger transaction',
];
const DAY_MS = 86_400_000;

/** An expert's period as CSV (RFC 4180): each entry of the ledger, with what is not paid out yet after it. */
export function* earningsCsv({ sums, movements, atBank }: EarningsStatement): Generator<string> {
  yield csvLine([...COLUMNS, ...BANK_COLUMNS]);
  const sides = new Map(atBank.map((side) => [side.ledgerTransactionId, side]));
  const held = new Map(sums.map(({ currency, beforeMinor }) => [currency, beforeMinor]));
  for (const each of movements) {
    const after = (held.get(each.currency) ?? 0n) + each.inMinor - each.outMinor;
    held.set(each.currency, after);
    const amount = (minor: bigint) =>
      isCurrency(each.currency) ? plainAmount(minor, each.currency) : minor.toString();
    const places = placed(each);
    yield csvLine([
      each.at.toISOString(),
      wordsOf(each),
      each.currency,
      ...places.map(amount),
      amount(after),
      each.transactionId,
      ...bankCells(isSending(each) ? sides.get(each.transactionId) : undefined),
    ]);
  }
}

/** An expert's period as PDF: what was earned, what the platform kept of it, what was paid, what is on its way and what is held. */
export function earningsPdf(statement: EarningsStatement): Readable {
  const { expertName, period, sums, movements, atBank, years } = statement;
  const last = new Date(period.to.getTime() - DAY_MS);
  const days = `${dayWords(period.from)} to ${dayWords(last)}`;
  const pages = new PdfPages('Earnings statement', `${expertName} · ${days}`);
  pages.title('Earnings statement', `${expertName}, ${days}. Days are UTC.`);
  if (sums.length === 0) pages.paragraph('Nothing was earned in this period, and nothing was held.');
  for (const sum of sums) {
    pages.heading(`In ${sum.currency}`);
    pages.facts(factsOf(sum));
    const own = movements.filter(({ currency }) => currency === sum.currency);
    if (own.length === 0) continue;
    const row = pages.table([
      { header: 'When (UTC)', share: 22 },
      { header: 'What', share: 26 },
      { header: 'In', share: 17, isFigure: true },
      { header: 'Out', share: 17, isFigure: true },
      { header: 'Not paid out yet', share: 18, isFigure: true },
    ]);
    let held = sum.beforeMinor;
    for (const each of own) {
      held += each.inMinor - each.outMinor;
      row([
        each.at.toISOString().slice(0, 16).replace('T', ' '),
        wordsOf(each),
        each.inMinor === 0n ? '' : worded(each.inMinor, each.currency),
        each.outMinor === 0n ? '' : worded(each.outMinor, each.currency),
        worded(held, each.currency),
      ]);
    }
  }
  bankTable(pages, atBank);
  if (years.length > 0) {
    pages.heading('Totals of each year');
    pages.paragraph(
      'What was sent to you counts on the day on which it was sent, be it at your bank by now or on its way; what came back, on the day on which it did.',
    );
    const row = pages.table([
      { header: 'Year', share: 12 },
      { header: 'Payouts', share: 14, isFigure: true },
      { header: 'Paid', share: 19, isFigure: true },
      { header: 'On its way', share: 18, isFigure: true },
      { header: 'Came back', share: 18, isFigure: true },
      { header: 'Total', share: 19, isFigure: true },
    ]);
    for (const { year, currency, payments, paidMinor, onItsWayMinor, reversedMinor, netMinor } of years)
      row([
        String(year),
        String(payments),
        worded(paidMinor, currency),
        worded(onItsWayMinor, currency),
        worded(reversedMinor, currency),
        worded(netMinor, currency),
      ]);
  }
  pages.end();
  return pages.stream;
}

function factsOf(sum: PeriodSums): [string, string][] {
  const amount = (minor: bigint) => worded(minor, sum.currency);
  return [
    ['Not paid out before', amount(sum.beforeMinor)],
    ['Earned', amount(sum.earnedMinor)],
    ['Labs paid for it', amount(sum.priceMinor)],
    ['Platform kept of it', amount(sum.feeMinor)],
    ['Paid', amount(sum.paidMinor)],
    ['On its way to your bank', amount(sum.onItsWayMinor)],
    ...(sum.cameBackMinor === 0n ? [] : ([['Came back', amount(sum.cameBackMinor)]] as [string, string][])),
    ...(sum.otherMinor === 0n ? [] : ([['Other', amount(sum.otherMinor)]] as [string, string][])),
    ['Not paid out at the end', amount(sum.afterMinor)],
  ];
}

/** True of the entry with which a payout left: what a bank sent back and got again is the same payout. */
function isSending({ kind, isRail, outMinor }: ShownMovement): boolean {
  return isRail && outMinor > 0n && kind !== SENT_AGAIN;
}

/** An entry's amount where it belongs: earned, paid, on its way, came back, other. */
function placed({ kind, inMinor, outMinor, isRail, isOnItsWay }: ShownMovement): bigint[] {
  if (booksCharge(kind)) return [inMinor - outMinor, 0n, 0n, 0n, 0n];
  if (!isRail) return [0n, 0n, 0n, 0n, inMinor - outMinor];
  return isOnItsWay ? [0n, 0n, outMinor, inMinor, 0n] : [0n, outMinor, 0n, inMinor, 0n];
}

function wordsOf({ kind, isRail, inMinor, isOnItsWay }: ShownMovement): string {
  if (kind === CHARGE_BOOKED.TIME) return 'Approved time';
  if (kind === CHARGE_BOOKED.BONUS) return 'Bonus';
  if (kind === CHARGE_BOOKED.REVERSAL) return 'Taken back';
  if (kind === 'reversal-carried') return 'Was paid out already: goes off what you earn next';
  if (kind === 'reversal-settled') return 'Kept for what was taken back after it was paid';
  const moving = isOnItsWay ? ', on its way' : '';
  if (kind === SENT_AGAIN) return `Payout, sent again after it came back${moving}`;
  if (isRail) return inMinor > 0n ? 'Payout that came back' : `Payout${moving}`;
  const words = kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function worded(minor: bigint, currency: string): string {
  return isCurrency(currency) ? formatAmount({ minor, currency }) : `${minor} ${currency}`;
}
