import type { Readable } from 'node:stream';
import {
  csvLine,
  formatClock,
  groupedBy,
  halfAmount,
  isCurrency,
  chargedForWords,
  momentWords,
  plainAmount,
  plainHours,
  weekWords,
  type Half,
  type HalfLine,
} from '@tallystick/domain';
import { EXPERT, LAB, PdfPages, type PdfColumn } from '../../platform/pdf/document';

const COLUMNS = [
  'week of (UTC)',
  'from (UTC)',
  'to (UTC)',
  'activity',
  'hours',
  'currency',
  'agreed rate an hour',
  'agreed pay',
  'lab pays',
  'expert gets',
  'platform keeps',
  "lab's fee, % of agreed pay",
  "expert's fee, % of agreed pay",
  'rounding',
  'take-rate policy',
  'ledger transaction',
  'charge',
  'charged at (UTC)',
  'root of the week',
  'root of all weeks',
  'what a bonus was for',
];

/** A half as CSV (RFC 4180): each line with its three numbers, the root of its week and the root of all. */
export function* halfCsv(half: Half): Generator<string> {
  const roots = new Map(half.weeks.map(({ week, root }) => [week, root]));
  const amount = (minor: string) =>
    isCurrency(half.currency) ? plainAmount(BigInt(minor), half.currency) : minor;
  yield csvLine(COLUMNS);
  for (const line of half.lines)
    yield csvLine([
      line.week,
      line.startsAt,
      line.endsAt,
      line.activity,
      plainHours(line.seconds),
      line.currency,
      amount(line.rateMinorPerHour),
      amount(line.agreedMinor),
      amount(line.priceMinor),
      amount(line.payMinor),
      amount(line.feeMinor),
      (line.labFeePpm / 10_000).toFixed(4),
      (line.expertFeePpm / 10_000).toFixed(4),
      line.rounding,
      line.takeRatePolicy,
      line.ledgerTransaction,
      line.charge,
      line.chargedAt,
      roots.get(line.week) ?? null,
      half.root,
      line.reason ?? null,
    ]);
}

const TABLE: readonly PdfColumn[] = [
  { header: 'Begins (UTC)', share: 21 },
  { header: 'Activity', share: 16 },
  { header: 'Time', share: 9, isFigure: true },
  { header: 'Rate an hour', share: 14, isFigure: true },
  { header: 'Lab pays', share: 14, isFigure: true, colour: LAB },
  { header: 'Expert gets', share: 14, isFigure: true, colour: EXPERT },
  { header: 'Platform keeps', share: 14, isFigure: true },
];

/** A half as PDF: the same lines and numbers, each week with its root, and how all of it is checked. */
export function halfPdf(half: Half): Readable {
  const { totals, currency, lines } = half;
  const pages = new PdfPages(
    'Statement of one engagement',
    `${half.opening} · engagement ${half.engagement}`,
  );
  const amount = (minor: string) => halfAmount(minor, currency);
  pages.title(
    'Statement of one engagement',
    `${half.party.name}'s half of the tally. The other side holds the same lines with the same numbers.`,
  );
  pages.facts([
    ['Opening', half.opening],
    [half.side === 'LAB' ? 'Lab' : 'Expert', half.party.name],
    ['Engagement', half.engagement],
    ['Made', momentWords(new Date(half.madeAt))],
    ['Root of all weeks', half.root],
  ]);
  pages.tally(
    `${lines.length} lines, ${formatClock(totals.seconds)} hours, charged until now`,
    shareOf(totals),
    {
      price: amount(totals.priceMinor),
      pay: amount(totals.payMinor),
      fee: amount(totals.feeMinor),
    },
  );
  if (lines.length === 0) pages.paragraph('Nothing is charged yet.');
  const weeks = new Map(half.weeks.map((week) => [week.week, week]));
  for (const [week, own] of groupedBy(lines, ({ week }) => week)) {
    const signed = weeks.get(week);
    pages.heading(weekWords(week));
    const row = pages.table(TABLE);
    for (const line of own) row(cellsOf(line));
    if (!signed) continue;
    row(
      ['Sum', '', '', '', amount(signed.priceMinor), amount(signed.payMinor), amount(signed.feeMinor)],
      true,
    );
    pages.paragraph(`Root, version ${signed.version}: ${signed.root}`, { size: 7.5 });
  }
  pages.heading('How to check this statement');
  for (const text of checkWords(half)) pages.paragraph(text);
  pages.end();
  return pages.stream;
}

function checkWords({ issuer, side }: Half): string[] {
  return [
    'Every line has a fingerprint (SHA-256), and the fingerprints of a week together give its root. The root is signed in the moment in which the week is charged. If one cent, one minute or one line is changed afterwards, on either side or in our records, the root no longer fits.',
    `Download this statement as JSON, and ask the ${side === 'LAB' ? 'expert' : 'lab'} for theirs. Put both together at ${issuer}/compare: nothing is uploaded. Or do it without us, offline: npm run verify:tally -- LAB.json EXPERT.json --key FILE.`,
    `The keys (signatures are JWS with ES256) are at ${issuer}/.well-known/jwks.json. Save them now: then you need nobody's word later.`,
  ];
}

function cellsOf(line: HalfLine): string[] {
  return [
    `${line.startsAt.slice(0, 10)} ${line.startsAt.slice(11, 16)}`,
    line.reason === undefined
      ? chargedForWords(line.activity)
      : `${chargedForWords(line.activity)}: ${line.reason}`,
    ...(line.activity === 'BONUS'
      ? ['', '']
      : [formatClock(line.seconds), halfAmount(line.rateMinorPerHour, line.currency)]),
    halfAmount(line.priceMinor, line.currency),
    halfAmount(line.payMinor, line.currency),
    halfAmount(line.feeMinor, line.currency),
  ];
}

/** How much of the price is pay, of one. */
function shareOf({ priceMinor, payMinor }: Half['totals']): number {
  return priceMinor === '0' ? 1 : Number((BigInt(payMinor) * 10_000n) / BigInt(priceMinor)) / 10_000;
}
