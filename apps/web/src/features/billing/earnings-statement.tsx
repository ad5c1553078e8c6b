import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { DataTable } from '../../ui/data-table';
import { DayFilter, FilterBar } from '../../ui/filters';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Section } from '../../ui/page';

const THIS_YEAR = new Date().getUTCFullYear();

/** What the server says of a period; amounts are minor units as text. */
interface Statement {
  readonly sums: readonly Sum[];
  readonly years: readonly Year[];
}
interface Sum {
  readonly currency: string;
  readonly beforeMinor: string;
  readonly earnedMinor: string;
  readonly priceMinor: string;
  readonly feeMinor: string;
  readonly paidMinor: string;
  readonly onItsWayMinor: string;
  readonly cameBackMinor: string;
  readonly otherMinor: string;
  readonly afterMinor: string;
}
interface Year {
  readonly year: number;
  readonly currency: string;
  readonly payments: number;
  readonly paidMinor: string;
  readonly onItsWayMinor: string;
  readonly reversedMinor: string;
  readonly netMinor: string;
}

/** An expert's period: earned, kept by the platform, paid, on its way and held, with the totals of each year; and as files. */
export function EarningsStatement() {
  const [{ since, until }, change] = useFilters({ since: `${THIS_YEAR}-01-01`, until: `${THIS_YEAR}-12-31` });
  const address = (ending: string) =>
    `/statements/earnings/period.${ending}?${new URLSearchParams({ from: since, to: until }).toString()}`;
  const [statement, setStatement] = useState<Statement>();
  const [problem, setProblem] = useState('');
  const json = address('json');
  useEffect(() => {
    let isWanted = true;
    void read(json).then((answer) => {
      if (!isWanted) return;
      setStatement(typeof answer === 'string' ? undefined : answer);
      setProblem(typeof answer === 'string' ? answer : '');
    });
    return () => {
      isWanted = false;
    };
  }, [json]);
  return (
    <Section
      title="Statement of a period"
      action={
        <span className="row">
          {['pdf', 'csv', 'json'].map((ending) => (
            <a key={ending} className="button" href={address(ending)} download>
              <Download size={18} aria-hidden /> {ending.toUpperCase()}
            </a>
          ))}
        </span>
      }
    >
      <FilterBar>
        <DayFilter label="First day (UTC)" value={since} onChange={(day) => change({ since: day })} />
        <DayFilter label="Last day" value={until} onChange={(day) => change({ until: day })} />
      </FilterBar>
      {problem && <Notice tone="bad">{problem}</Notice>}
      {statement?.sums.map((sum) => (
        <Sums key={sum.currency} sum={sum} />
      ))}
      {statement && statement.years.length > 0 && (
        <DataTable
          label="Totals of each year"
          rows={statement.years}
          keyOf={({ year: of, currency }) => `${of} ${currency}`}
          columns={[
            { id: 'year', header: 'Year', cell: ({ year: of }) => of },
            { id: 'payouts', header: 'Payouts', isFigure: true, cell: ({ payments }) => payments },
            {
              id: 'paid',
              header: 'Paid',
              isFigure: true,
              cell: ({ paidMinor: minor, currency }) => money({ minor, currency }),
            },
            {
              id: 'moving',
              header: 'On its way',
              isFigure: true,
              cell: ({ onItsWayMinor: minor, currency }) => money({ minor, currency }),
            },
            {
              id: 'back',
              header: 'Came back',
              isFigure: true,
              cell: ({ reversedMinor: minor, currency }) => money({ minor, currency }),
            },
            {
              id: 'net',
              header: 'Total of the year',
              isFigure: true,
              cell: ({ netMinor: minor, currency }) => money({ minor, currency }),
            },
          ]}
        />
      )}
    </Section>
  );
}

function Sums({ sum }: { readonly sum: Sum }) {
  const amount = (minor: string) => money({ minor, currency: sum.currency });
  return (
    <Facts
      facts={[
        ['Not paid out before', amount(sum.beforeMinor)],
        ['Earned', amount(sum.earnedMinor)],
        ['Labs paid for it', amount(sum.priceMinor)],
        ['Platform kept of it', amount(sum.feeMinor)],
        ['Paid', amount(sum.paidMinor)],
        ['On its way to your bank', amount(sum.onItsWayMinor)],
        sum.cameBackMinor === '0' ? null : ['Came back', amount(sum.cameBackMinor)],
        sum.otherMinor === '0' ? null : ['Other', amount(sum.otherMinor)],
        ['Not paid out at the end', amount(sum.afterMinor)],
      ]}
    />
  );
}

/** The statement, or a sentence why there is none. */
async function read(address: string): Promise<Statement | string> {
  const response = await fetch(address).catch(() => undefined);
  if (!response) return 'The server does not answer. Nothing was lost; load the page again in a moment.';
  const answer = (await response.json().catch(() => ({}))) as Statement & { message?: string };
  return response.ok ? answer : (answer.message ?? 'The statement could not be read. Try again in a moment.');
}
