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
import type { Movement } from '../ledger/ledger.public';
import { SENT_AGAIN, type EarningsStatement, type PeriodSums } from './earnings-statement.queries';

const COLUMNS = [
  'at (UTC)',
  'what',
  'currency',
  'earned',
  'paid out',
  'came back',
  'other',
  'held after it',
  'ledger transaction',
];
const DAY_MS = 86_400_000;

/** An expert's period as CSV (RFC 4180): each entry of the ledger, with what is held after it. */
export function* earningsCsv({ sums, movements }: EarningsStatement): Generator<string> {
  yield csvLine(COLUMNS);
  const held = new Map(sums.map(({ currency, beforeMinor }) => [currency, beforeMinor]));
  for (const each of movements) {
    const after = (held.get(each.currency) ?? 0n) + each.inMinor - each.outMinor;
    held.set(each.currency, after);
    const amount = (minor: bigint) =>
      isCurrency(each.currency) ? plainAmount(minor, each.currency) : minor.toString();
    const [earned, paid, back, other] = placed(each);
    yield csvLine([
      each.at.toISOString(),
      wordsOf(each),
      each.currency,
      amount(earned),
      amount(paid),
      amount(back),
      amount(other),
      amount(after),
      each.transactionId,
    ]);
  }
}

/** An expert's period as PDF: what was earned, what the platform kept of it, what was paid out and what is held. */
export function earningsPdf(statement: EarningsStatement): Readable {
  const { expertName, period, sums, movements, years } = statement;
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
      { header: 'Held after it', share: 18, isFigure: true },
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
  if (years.length > 0) {
    pages.heading('Totals of each year');
    pages.paragraph(
      'What was sent to you counts on the day on which it was sent; what came back, on the day on which it did.',
    );
    const row = pages.table([
      { header: 'Year', share: 16 },
      { header: 'Payouts', share: 16, isFigure: true },
      { header: 'Paid out', share: 23, isFigure: true },
      { header: 'Came back', share: 22, isFigure: true },
      { header: 'Total', share: 23, isFigure: true },
    ]);
    for (const { year, currency, payments, paidMinor, reversedMinor, netMinor } of years)
      row([
        String(year),
        String(payments),
        worded(paidMinor, currency),
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
    ['Held before', amount(sum.beforeMinor)],
    ['Earned', amount(sum.earnedMinor)],
    ['Labs paid for it', amount(sum.priceMinor)],
    ['Platform kept of it', amount(sum.feeMinor)],
    ['Paid out', amount(sum.paidOutMinor)],
    ...(sum.cameBackMinor === 0n ? [] : ([['Came back', amount(sum.cameBackMinor)]] as [string, string][])),
    ...(sum.otherMinor === 0n ? [] : ([['Other', amount(sum.otherMinor)]] as [string, string][])),
    ['Held at the end', amount(sum.afterMinor)],
  ];
}

/** An entry's amount where it belongs: earned, paid out, came back, other. */
function placed({ kind, inMinor, outMinor, isRail }: Movement): [bigint, bigint, bigint, bigint] {
  if (booksCharge(kind)) return [inMinor - outMinor, 0n, 0n, 0n];
  return isRail ? [0n, outMinor, inMinor, 0n] : [0n, 0n, 0n, inMinor - outMinor];
}

function wordsOf({ kind, isRail, inMinor }: Movement): string {
  if (kind === CHARGE_BOOKED.TIME) return 'Approved time';
  if (kind === CHARGE_BOOKED.BONUS) return 'Bonus';
  if (kind === CHARGE_BOOKED.REVERSAL) return 'Taken back';
  if (kind === 'reversal-carried') return 'Was paid out already: goes off what you earn next';
  if (kind === 'reversal-settled') return 'Kept for what was taken back after it was paid';
  if (kind === SENT_AGAIN) return 'Payout, sent again after it came back';
  if (isRail) return inMinor > 0n ? 'Payout that came back' : 'Payout';
  const words = kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function worded(minor: bigint, currency: string): string {
  return isCurrency(currency) ? formatAmount({ minor, currency }) : `${minor} ${currency}`;
}
