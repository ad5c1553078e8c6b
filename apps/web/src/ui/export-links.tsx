import { Download } from 'lucide-react';

/** A list to take away as it is filtered: every row of one instant, with a manifest that says what they are. */
export function ExportLinks({
  list,
  query = {},
}: {
  /** The list's name in its address. */
  readonly list:
    | 'postings'
    | 'breaks'
    | 'charges'
    | 'fee-drift'
    | 'invoices'
    | 'payouts'
    | 'year-totals'
    | 'contract-checks'
    | 'take-rate-periods'
    | 'margins'
    | 'waiting-items'
    | 'paid-lines'
    | 'taken-back'
    | 'overrides';
  /** What it is filtered by; an empty text is no filter. */
  readonly query?: Readonly<Record<string, string | undefined>>;
}) {
  const wanted = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return (
    <span className="row">
      {['csv', 'jsonl'].map((format) => (
        <a
          key={format}
          className="button quiet"
          href={`/exports/${list}.${format}${wanted.size > 0 ? `?${wanted.toString()}` : ''}`}
          title="All rows as filtered, with a manifest. That you take them is noted in the journal."
          download
        >
          <Download size={18} aria-hidden /> {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
