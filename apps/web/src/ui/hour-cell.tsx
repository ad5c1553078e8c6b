import { money, type Money } from '../lib/money';

/** What one hour of a line cost the lab, and what of it the expert got; nothing of a line without time. */
export function HourCell({
  hour,
}: {
  readonly hour: { readonly price: Money; readonly pay: Money } | null | undefined;
}) {
  if (!hour) return null;
  return (
    <>
      {money(hour.price)}
      <div className="quiet">{money(hour.pay)} to the expert</div>
    </>
  );
}

/** The same in one quiet line beneath a line's time: what an hour of it cost the lab. */
export function AnHour({ hour }: { readonly hour: { readonly price: Money } | null | undefined }) {
  return hour ? <div className="quiet">{money(hour.price)} an hour</div> : null;
}
