import type { ReactNode } from 'react';

/** A few numbers that answer the page's question, each with what it means. */
export function Figures({
  figures,
}: {
  readonly figures: readonly {
    readonly label: string;
    readonly value: ReactNode;
    readonly about?: ReactNode;
    readonly tone?: 'lab' | 'expert' | 'bad';
  }[];
}) {
  return (
    <dl className="figures">
      {figures.map(({ label, value, about, tone }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={tone}>{value}</dd>
          {about && <dd className="quiet">{about}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Facts of one thing, one a line: what it is called and what it says. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [label: string, value: ReactNode] | false | null | undefined)[];
}) {
  return (
    <dl className="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
