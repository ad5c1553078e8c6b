import { money, type Money } from '../lib/words';

export interface TallyAmounts {
  readonly price: Money;
  readonly pay: Money;
  readonly fee: Money;
  readonly takeRatePpm?: number;
}

/** The three numbers, as the server gives them; the page computes none. */
export function Tally({ tally }: { readonly tally: TallyAmounts }) {
  if (!addsUp(tally))
    return (
      <p className="notice error">
        These numbers do not add up, so they are not shown. Tell us which page this is.
      </p>
    );
  const share =
    tally.price.minor === '0'
      ? 100
      : Number((BigInt(tally.pay.minor) * 1000n) / BigInt(tally.price.minor)) / 10;
  return (
    <div className="tally">
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <rect className="lab" x="0" y="0" width="100" height="5" />
        <rect className="expert" x="0" y="7" width={share} height="5" />
        <rect className="platform" x={share + 0.4} y="7" width={Math.max(0, 99.6 - share)} height="5" />
      </svg>
      <dl>
        <dt>Lab pays</dt>
        <dd className="lab">{money(tally.price)}</dd>
        <dt>Expert gets</dt>
        <dd className="expert">{money(tally.pay)}</dd>
        <dt>Platform keeps</dt>
        <dd>{money(tally.fee)}</dd>
      </dl>
    </div>
  );
}

/** The same in one line, for tables. */
export function TallyLine({ tally }: { readonly tally: TallyAmounts }) {
  if (!addsUp(tally)) return <span className="tag bad">does not add up</span>;
  return (
    <span>
      <span className="lab">{money(tally.price)}</span> = <span className="expert">{money(tally.pay)}</span> +{' '}
      {money(tally.fee)}
    </span>
  );
}

function addsUp({ price, pay, fee }: TallyAmounts): boolean {
  return BigInt(price.minor) === BigInt(pay.minor) + BigInt(fee.minor);
}
