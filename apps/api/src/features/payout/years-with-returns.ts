import type { YearSums } from '@tallystick/domain';

type Year = YearSums & { readonly expertId: string };

/** Totals of years with what banks returned taken off in its year, and counted again in the year in which it was sent again. */
export function withReturnsOfYears(sent: readonly Year[], returned: readonly Year[]): Year[] {
  const keyOf = ({ expertId, currency, year }: Year) => [expertId, currency, year].join(' ');
  const totals = new Map(sent.map((row) => [keyOf(row), row]));
  for (const row of returned) {
    const before = totals.get(keyOf(row));
    totals.set(keyOf(row), {
      ...(before ?? row),
      paidMinor: (before?.paidMinor ?? 0n) + row.paidMinor,
      reversedMinor: (before?.reversedMinor ?? 0n) + row.reversedMinor,
      payments: (before?.payments ?? 0) + row.payments,
    });
  }
  return [...totals].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}
