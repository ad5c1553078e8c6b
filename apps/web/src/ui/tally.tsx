import { money, percent, type Money } from '../lib/money';

/** The three numbers as the server gives them. */
export interface TallyAmounts {
  readonly price: Money;
  readonly pay: Money;
  readonly fee: Money;
  /** The take rate that gave the fee, parts per million of agreed pay. */
  readonly takeRatePpm?: number | null;
}

/** What the lab pays, what the expert gets, what the platform keeps: as a stick split at its notch, and in figures. */
export function Tally({ tally, label }: { readonly tally: TallyAmounts; readonly label?: string }) {
  if (!addsUp(tally)) return <Mismatch />;
  const share = shareOf(tally);
  return (
    <figure className="tally">
      {label && <figcaption>{label}</figcaption>}
      <svg width="100%" height="34" aria-hidden="true">
        <rect className="lab" width="100%" height="14" />
        <rect className="expert" y="20" width={`${share}%`} height="14" />
        <rect className="platform" x={`${share}%`} y="20" width={`${100 - share}%`} height="14" />
        <svg x={`${share}%`} overflow="visible">
          <path className="notch" d="M-8 17 L0 9 L8 17 L2 23 V34 H-2 V23 Z" />
        </svg>
      </svg>
      <dl>
        <div>
          <dt>Lab pays</dt>
          <dd className="lab">{money(tally.price)}</dd>
        </div>
        <div>
          <dt>Expert gets</dt>
          <dd className="expert">{money(tally.pay)}</dd>
        </div>
        <div>
          <dt>Platform keeps</dt>
          <dd>{money(tally.fee)}</dd>
          <TakeRate tally={tally} />
        </div>
      </dl>
    </figure>
  );
}

/** The same in one line, for tables: `US$115.00 = US$100.00 + US$15.00 (15.00 % of agreed pay)`. */
export function TallyLine({ tally }: { readonly tally: TallyAmounts }) {
  if (!addsUp(tally)) return <span className="tag bad">does not add up</span>;
  return (
    <span className="tally-line">
      <span className="lab">{money(tally.price)}</span> = <span className="expert">{money(tally.pay)}</span> +{' '}
      {money(tally.fee)}
    </span>
  );
}

function TakeRate({ tally }: { readonly tally: TallyAmounts }) {
  return tally.takeRatePpm === undefined || tally.takeRatePpm === null ? null : (
    <dd className="quiet">{percent(tally.takeRatePpm)} of agreed pay</dd>
  );
}

function Mismatch() {
  return (
    <p className="notice bad">
      These three numbers do not add up, so none is shown. Nothing was charged wrongly by looking at this
      page; please tell us its address.
    </p>
  );
}

function addsUp({ price, pay, fee }: TallyAmounts): boolean {
  return BigInt(price.minor) === BigInt(pay.minor) + BigInt(fee.minor);
}

/** How long the expert's part of the stick is, percent of its length; one decimal. */
function shareOf({ price, pay }: TallyAmounts): number {
  return price.minor === '0' ? 100 : Number((BigInt(pay.minor) * 1000n) / BigInt(price.minor)) / 10;
}
