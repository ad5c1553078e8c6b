import { money } from '../../lib/money';
import { words } from '../../lib/words';
import { Bars } from '../../ui/bars';

interface Held {
  readonly gate: string;
  readonly fromDays: number;
  readonly toDays?: number | null;
  readonly count: number;
  readonly amount: { readonly minor: string; readonly currency: string };
}

/** From so many days on, somebody should look. */
const OLD_DAYS = 15;

/** How long money has waited at each gate, the longest first: a chart a currency. */
export function HeldAges({ rows }: { readonly rows: readonly Held[] }) {
  const currencies = [...new Set(rows.map(({ amount }) => amount.currency))];
  return currencies.map((currency) => (
    <Bars
      key={currency}
      label={`Money that waits at a gate, ${currency}`}
      bars={rows
        .filter(({ amount }) => amount.currency === currency)
        .map(({ gate, fromDays, toDays, count, amount }) => ({
          label: `${words(gate)}, ${typeof toDays === 'number' ? `${fromDays} to ${toDays} days` : 'more than 30 days'}`,
          value: Number(amount.minor),
          text: `${money(amount)} (${count.toLocaleString('en')})`,
          tone: fromDays >= OLD_DAYS ? ('bad' as const) : ('lab' as const),
        }))}
      note="In brackets: how many payouts. A payout that several gates hold counts at each."
    />
  ));
}
