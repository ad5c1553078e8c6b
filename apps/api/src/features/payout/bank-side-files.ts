import { formatAmount, isCurrency, plainAmount } from '@tallystick/domain';
import type { PdfPages } from '../../platform/pdf/document';
import type { BankSideRecord } from './bank-side.repository';

/** What stands of a payout's way to the bank in a statement as CSV. */
export const BANK_COLUMNS = [
  'provider’s fee',
  'currency of the fee',
  'fee borne by',
  'exchange rate',
  'to your bank',
  'currency of your bank',
];

/** The cells of `BANK_COLUMNS`; empty where an entry is no payout, or the provider has not told. */
export function bankCells(side: BankSideRecord | undefined): string[] {
  if (!side) return BANK_COLUMNS.map(() => '');
  const { railFeeMinor, feeBorneBy, exchangeRate, bankAmountMinor, bankCurrency } = side;
  const feeCurrency = feeCurrencyOf(side);
  return [
    ...(railFeeMinor === null
      ? ['', '', '']
      : [plain(railFeeMinor, feeCurrency), feeCurrency, feeBorneBy.toLowerCase()]),
    exchangeRate?.toFixed() ?? '',
    plain(bankAmountMinor, bankCurrency),
    bankCurrency,
  ];
}

/** What the provider took of each payout, at which rate it exchanged it, and what it sent on: a table of its own. */
export function bankTable(pages: PdfPages, sides: readonly BankSideRecord[]): void {
  if (sides.length === 0) return;
  pages.heading('On the way to your bank');
  pages.paragraph(
    'What the payment provider took of each payout, at which rate it exchanged it, and what it sent to your bank. The totals of a year count what was sent, in the currency in which it was earned.',
  );
  const row = pages.table([
    { header: 'Sent (UTC)', share: 19 },
    { header: 'Amount', share: 16, isFigure: true },
    { header: 'Provider’s fee', share: 23, isFigure: true },
    { header: 'Exchange rate', share: 25, isFigure: true },
    { header: 'To your bank', share: 17, isFigure: true },
  ]);
  for (const side of sides)
    row([
      side.transferredAt.toISOString().slice(0, 16).replace('T', ' '),
      worded(side.amountMinor, side.currency),
      feeWords(side),
      side.exchangeRate === null
        ? 'Not exchanged'
        : `${side.exchangeRate.toFixed()} ${side.bankCurrency} for 1 ${side.currency}`,
      worded(side.bankAmountMinor, side.bankCurrency),
    ]);
}

function feeWords(side: BankSideRecord): string {
  const { railFeeMinor, feeBorneBy } = side;
  if (railFeeMinor === null || railFeeMinor === 0n) return 'None';
  const by = feeBorneBy === 'EXPERT' ? 'you' : 'the platform';
  return `${worded(railFeeMinor, feeCurrencyOf(side))}, by ${by}`;
}

const feeCurrencyOf = ({ railFeeCurrency, bankCurrency }: BankSideRecord) => railFeeCurrency ?? bankCurrency;

function plain(minor: bigint, currency: string): string {
  return isCurrency(currency) ? plainAmount(minor, currency) : minor.toString();
}

function worded(minor: bigint, currency: string): string {
  return isCurrency(currency) ? formatAmount({ minor, currency }) : `${minor} ${currency}`;
}
