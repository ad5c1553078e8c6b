import { duration } from '../lib/time';
import { money, type Money } from '../lib/money';

/** Of a charged line: what it is, its seconds (below zero where it was taken back), and one hour of it. */
interface Hours {
  readonly kind: string;
  readonly seconds: number;
  readonly hour?: { readonly price: Money; readonly pay: Money } | null;
}

/** What one hour of a line cost the lab, and what of it the expert got; what is no hour of work says so. */
export function HourCell({ kind, hour }: Omit<Hours, 'seconds'>) {
  if (kind !== 'TIME') return <span className="quiet">{noHour(kind)}</span>;
  if (!hour) return null;
  return (
    <>
      {money(hour.price)}
      <div className="quiet">{money(hour.pay)} to the expert</div>
    </>
  );
}

/** The time of a line, and in a quiet line beneath it what an hour of it cost the lab; of what is no hour of work, what it is. */
export function TimeCell({ kind, seconds, hour }: Hours) {
  if (kind === 'BONUS') return <span className="quiet">{noHour(kind)}</span>;
  if (kind === 'REVERSAL')
    return (
      <>
        {seconds !== 0 && duration(-seconds)}
        <div className="quiet">{noHour(kind)}</div>
      </>
    );
  return (
    <>
      {duration(seconds)}
      {hour && <div className="quiet">{money(hour.price)} an hour</div>}
    </>
  );
}

const noHour = (kind: string) => (kind === 'REVERSAL' ? 'Taken back' : 'A sum, no time');
