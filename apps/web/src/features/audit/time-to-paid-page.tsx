import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { PaidLinesQuery, TimeToPaidPageQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { ChoiceFilter } from '../../ui/filters';
import { LineChart } from '../../ui/line-chart';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { exported, MoneyFilterBar, useMoneyFilters } from './money-filters';

const TimeToPaidPageDocument = graphql(`
  query TimeToPaidPage(
    $labId: ID
    $expertId: ID
    $currency: String
    $from: DateTime
    $to: DateTime
    $period: String!
  ) {
    timeToPaid(
      labId: $labId
      expertId: $expertId
      currency: $currency
      from: $from
      to: $to
      period: $period
    ) {
      id
      at
      currency
      lines
      medianSeconds
      p90Seconds
      mostSeconds
    }
  }
`);
const PaidLines = graphql(`
  query PaidLines(
    $after: String
    $labId: ID
    $expertId: ID
    $currency: String
    $from: DateTime
    $to: DateTime
  ) {
    paidLines(
      first: 20
      after: $after
      labId: $labId
      expertId: $expertId
      currency: $currency
      from: $from
      to: $to
    ) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          payoutId
          labName
          expertName
          chargedAt
          paidAt
          seconds
          chargeTransactionId
          payoutTransactionId
          pay {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Period = TimeToPaidPageQuery['timeToPaid'][number];
type Line = PaidLinesQuery['paidLines']['edges'][number]['node'];

const OWN = { period: 'WEEK' };
const PERIODS = [
  ['WEEK', 'Week from Monday (UTC)'],
  ['MONTH', 'Month'],
] as const;
const DAY_SECONDS = 86_400;

/** A time in days and hours: `2 days 4 h`. */
function longTime(seconds: number): string {
  const days = Math.floor(seconds / DAY_SECONDS);
  const hours = Math.floor((seconds % DAY_SECONDS) / 3600);
  if (days === 0) return hours === 0 ? `${Math.round(seconds / 60)} min` : `${hours} h`;
  return `${days === 1 ? '1 day' : `${days} days`}${hours > 0 ? ` ${hours} h` : ''}`;
}

/** Whole days of a scale up to a time, about four of them, in seconds. */
function daysUpTo(seconds: number): number[] {
  const days = Math.floor(seconds / DAY_SECONDS);
  const step = Math.max(1, Math.ceil(days / 4));
  return Array.from({ length: Math.floor(days / step) + 1 }, (_, at) => at * step * DAY_SECONDS);
}

/** How long experts wait from approval to payment, over time, and the slowest of all. */
export function TimeToPaidPage() {
  const { filters, change, choice, after, page } = useMoneyFilters(OWN);
  const set = (changes: Record<string, string>) => change(changes as never);
  const times = useQuery({ query: TimeToPaidPageDocument, variables: { ...choice, period: filters.period } });
  const lines = useQuery({ query: PaidLines, variables: { ...choice, after } });
  return (
    <Page
      title="Time to paid"
      about="How long it takes from the approval of a line to its payment. What was earned first is paid first; a line counts when a payout has paid all of it."
    >
      <MoneyFilterBar filters={filters} change={change as never} time="Paid" defaults={OWN}>
        <ChoiceFilter
          label="By"
          value={filters.period}
          options={PERIODS}
          onChange={(period) => set({ period })}
        />
      </MoneyFilterBar>
      <Section title="Over time">
        <Ready query={times}>
          {({ timeToPaid: periods }) =>
            periods.length === 0 ? (
              <Empty>
                Nothing was paid in this time. The line begins with the first payout that arrives.
              </Empty>
            ) : (
              <LineChart
                label="From approval to payment: half of the lines were faster than the middle one, one in ten was slower than the upper line"
                series={seriesOf(periods)}
                top={Math.max(DAY_SECONDS, ...drawn(periods).map(({ p90Seconds }) => p90Seconds))}
                timeOf={day}
                valueOf={longTime}
                ticks={daysUpTo(Math.max(DAY_SECONDS, ...drawn(periods).map(({ p90Seconds }) => p90Seconds)))}
              >
                <Periods rows={periods} />
              </LineChart>
            )
          }
        </Ready>
      </Section>
      <Section title="The slowest" action={<ExportLinks list="paid-lines" query={exported({ ...choice })} />}>
        <Ready query={lines}>
          {({ paidLines: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && (
                <Empty>No paid line fits. A longer time or another lab shows more.</Empty>
              )}
              {edges.length > 0 && <Lines rows={edges.map(({ node }) => node)} />}
              {totalCount > 0 && <Pager pageInfo={pageInfo} total={totalCount} onPage={page} />}
            </>
          )}
        </Ready>
      </Section>
    </Page>
  );
}

/** The currency with most lines; others are in the table, or on the chart once one filters by them. */
function drawn(periods: readonly Period[]): readonly Period[] {
  const lines = new Map<string, number>();
  for (const { currency, lines: more } of periods) lines.set(currency, (lines.get(currency) ?? 0) + more);
  const [most] = [...lines].sort(([, a], [, b]) => b - a);
  return periods.filter(({ currency }) => currency === most?.[0]);
}

function seriesOf(periods: readonly Period[]) {
  const own = drawn(periods);
  const point = (seconds: (period: Period) => number) =>
    own.map((period) => ({ at: period.at, value: seconds(period), text: longTime(seconds(period)) }));
  const currency = own[0]?.currency ?? '';
  return [
    { label: `Middle line, ${currency}`, points: point(({ medianSeconds }) => medianSeconds) },
    { label: `Nine of ten, ${currency}`, points: point(({ p90Seconds }) => p90Seconds) },
  ];
}

function Periods({ rows }: { readonly rows: readonly Period[] }) {
  return (
    <DataTable
      label="Time to paid by period"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { id: 'at', header: 'Paid from', cell: ({ at }) => day(at) },
        { id: 'currency', header: 'Currency', cell: ({ currency }) => currency },
        { id: 'lines', header: 'Lines', isFigure: true, cell: ({ lines }) => lines.toLocaleString('en') },
        {
          id: 'median',
          header: 'Middle line',
          isFigure: true,
          cell: ({ medianSeconds }) => longTime(medianSeconds),
        },
        { id: 'p90', header: 'Nine of ten', isFigure: true, cell: ({ p90Seconds }) => longTime(p90Seconds) },
        { id: 'most', header: 'Slowest', isFigure: true, cell: ({ mostSeconds }) => longTime(mostSeconds) },
      ]}
    />
  );
}

function Lines({ rows }: { readonly rows: readonly Line[] }) {
  return (
    <DataTable
      label="Paid lines, the slowest first"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { id: 'time', header: 'Took', isFigure: true, cell: ({ seconds }) => longTime(seconds) },
        {
          id: 'who',
          header: 'Expert and lab',
          cell: ({ expertName, labName }) => `${expertName}, ${labName}`,
        },
        {
          id: 'approved',
          header: 'Approved',
          cell: ({ chargedAt, chargeTransactionId }) => (
            <Link to="/admin/ledger/transactions/$id" params={{ id: chargeTransactionId }}>
              {moment(chargedAt)}
            </Link>
          ),
        },
        {
          id: 'paid',
          header: 'Paid',
          cell: ({ paidAt, payoutId }) => (
            <Link to="/admin/journal" search={{ subject: payoutId } as never}>
              {moment(paidAt)}
            </Link>
          ),
        },
        { id: 'pay', header: 'Pay', isFigure: true, cell: ({ pay }) => money(pay) },
      ]}
    />
  );
}
