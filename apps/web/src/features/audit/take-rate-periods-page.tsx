import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { TakeRatePeriodsQuery, TakeRateLinesQuery } from '../../gql/graphql';
import { money, percent } from '../../lib/money';
import { day } from '../../lib/time';
import { words } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { ChoiceFilter } from '../../ui/filters';
import { FirstRows } from '../../ui/first-rows';
import { LineChart } from '../../ui/line-chart';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { exported, MoneyFilterBar, useMoneyFilters } from './money-filters';

const TakeRatePeriods = graphql(`
  query TakeRatePeriods(
    $after: String
    $labId: ID
    $expertId: ID
    $currency: String
    $from: DateTime
    $to: DateTime
    $period: String!
    $by: String!
  ) {
    takeRatePeriods(
      first: 50
      after: $after
      labId: $labId
      expertId: $expertId
      currency: $currency
      from: $from
      to: $to
      period: $period
      by: $by
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
          at
          key
          name
          lines
          takeRatePpm
          medianPpm
          p95Ppm
          policyIds
          price {
            minor
            currency
          }
          agreed {
            minor
            currency
          }
          fee {
            minor
            currency
          }
        }
      }
    }
    takeRateHistory(first: 50, labId: $labId) {
      edges {
        node {
          id
          scope
          labId
          words
          effectiveFrom
        }
      }
    }
  }
`);
const TakeRateLines = graphql(`
  query TakeRateLines(
    $labId: ID
    $expertId: ID
    $currency: String
    $from: DateTime
    $to: DateTime
    $period: String!
    $by: String!
  ) {
    takeRateLines(
      labId: $labId
      expertId: $expertId
      currency: $currency
      from: $from
      to: $to
      period: $period
      by: $by
    ) {
      id
      at
      name
      currency
      takeRatePpm
    }
  }
`);

type Row = TakeRatePeriodsQuery['takeRatePeriods']['edges'][number]['node'];
type Policy = TakeRatePeriodsQuery['takeRateHistory']['edges'][number]['node'];
type Point = TakeRateLinesQuery['takeRateLines'][number];

const OWN = { period: 'MONTH', by: 'LAB' };
const PERIODS = [
  ['MONTH', 'Month'],
  ['WEEK', 'Week from Monday (UTC)'],
] as const;
const KEYS = [
  ['LAB', 'Lab'],
  ['PROJECT', 'Project'],
  ['EXPERT', 'Expert'],
  ['POLICY', 'Policy'],
] as const;
/** The lowest upper edge of the chart: 20 % of agreed pay. */
const LEAST_TOP_PPM = 200_000;

/** The take rate that was really kept, over time, told apart by lab, project, expert or policy. */
export function TakeRatePeriodsPage() {
  const { filters, change, choice, after, page } = useMoneyFilters(OWN);
  const { period, by } = filters;
  const set = (changes: Record<string, string>) => change(changes as never);
  const query = useQuery({ query: TakeRatePeriods, variables: { ...choice, after, period, by } });
  const lines = useQuery({ query: TakeRateLines, variables: { ...choice, period, by } });
  const policies = query[0].data?.takeRateHistory.edges.map(({ node }) => node) ?? [];
  return (
    <Page
      title="Take rate over time"
      about="What the platform really kept, as a share of agreed pay: fees divided by agreed pay of the lines charged in each period."
    >
      <MoneyFilterBar filters={filters} change={change as never} time="Charged" defaults={OWN}>
        <ChoiceFilter
          label="Told apart by"
          value={by}
          options={KEYS}
          onChange={(next) => set({ by: next })}
        />
        <ChoiceFilter
          label="By"
          value={period}
          options={PERIODS}
          onChange={(next) => set({ period: next })}
        />
      </MoneyFilterBar>
      <Section
        title="Period by period"
        action={
          <ExportLinks
            list="take-rate-periods"
            query={{ ...exported({ ...choice }), period: period.toLowerCase(), by }}
          />
        }
      >
        <Ready query={lines}>
          {({ takeRateLines: points }) =>
            points.length > 0 && (
              <LineChart
                label="Kept by the platform, as a share of agreed pay; those with most agreed pay, at most three"
                series={seriesOf(points)}
                top={Math.max(LEAST_TOP_PPM, ...points.map(({ takeRatePpm }) => takeRatePpm))}
                marks={policies
                  .filter(({ scope }) => filters.lab !== '' || scope === 'DEFAULT')
                  .map(({ effectiveFrom, words: text }) => ({
                    at: effectiveFrom,
                    text: `From ${day(effectiveFrom)}: ${text}`,
                  }))}
                timeOf={day}
                valueOf={percent}
              />
            )
          }
        </Ready>
        <Ready query={query}>
          {({ takeRatePeriods: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && (
                <Empty>Nothing was charged in this time. The line begins with the first approved hour.</Empty>
              )}
              {edges.length > 0 && (
                <FirstRows rows={edges.map(({ node }) => node)}>
                  {(rows) => <Periods rows={rows} by={by} policies={policies} />}
                </FirstRows>
              )}
              {totalCount > 0 && <Pager pageInfo={pageInfo} total={totalCount} onPage={page} />}
            </>
          )}
        </Ready>
      </Section>
    </Page>
  );
}

function seriesOf(points: readonly Point[]) {
  const nameOf = ({ name, currency }: Point) =>
    `${name.length > 24 ? `${name.slice(0, 23)}…` : named(name)}, ${currency}`;
  const names = [...new Set(points.map(nameOf))];
  return names.map((label) => ({
    label,
    points: points
      .filter((point) => nameOf(point) === label)
      .map(({ at, takeRatePpm }) => ({ at, value: takeRatePpm, text: percent(takeRatePpm) })),
  }));
}

/** A policy's name is the code of its scope. */
function named(name: string): string {
  return /^[A-Z_]+$/.test(name) ? `${words(name)} policy` : name;
}

function Periods({
  rows,
  by,
  policies,
}: {
  readonly rows: readonly Row[];
  readonly by: string;
  readonly policies: readonly Policy[];
}) {
  const known = new Map(policies.map((policy) => [policy.id, policy.words]));
  return (
    <DataTable
      label="Take rate by period"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { id: 'at', header: 'From', cell: ({ at }) => day(at) },
        {
          id: 'who',
          header: KEYS.find(([key]) => key === by)?.[1] ?? 'Whose',
          cell: (row) => <Whose row={row} by={by} />,
        },
        { id: 'lines', header: 'Lines', isFigure: true, cell: ({ lines }) => lines.toLocaleString('en') },
        { id: 'agreed', header: 'Agreed pay', isFigure: true, cell: ({ agreed }) => money(agreed) },
        { id: 'fee', header: 'Kept', isFigure: true, cell: ({ fee }) => money(fee) },
        { id: 'rate', header: 'Take rate', isFigure: true, cell: ({ takeRatePpm }) => percent(takeRatePpm) },
        {
          id: 'spread',
          header: 'Middle line, 95th',
          isFigure: true,
          cell: ({ medianPpm, p95Ppm }) => `${percent(medianPpm)}, ${percent(p95Ppm)}`,
        },
        {
          id: 'policies',
          header: 'Charged by',
          cell: ({ policyIds }) => policyIds.map((id) => <PolicyWords key={id} words={known.get(id)} />),
        },
      ]}
    />
  );
}

/** Its name, with the way to its lines where they can be found by it. */
function Whose({ row: { key, name }, by }: { readonly row: Row; readonly by: string }) {
  const filter = by === 'LAB' ? { lab: key } : by === 'EXPERT' ? { expert: key } : undefined;
  if (!filter) return named(name);
  return (
    <Link to="/admin/contract-checks" search={filter as never}>
      {name}
    </Link>
  );
}

/** The first of what a policy says; the rest where one points at it. */
function PolicyWords({ words: text = 'An older policy' }: { readonly words: string | undefined }) {
  const [first] = text.split(', ');
  return <div title={text}>{first}</div>;
}
