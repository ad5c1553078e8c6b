import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { MarginsQuery } from '../../gql/graphql';
import { money, percent } from '../../lib/money';
import { day } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { exported, MoneyFilterBar, useMoneyFilters } from './money-filters';

const Margins = graphql(`
  query Margins($after: String, $labId: ID, $currency: String, $from: DateTime, $to: DateTime) {
    margins(first: 50, after: $after, labId: $labId, currency: $currency, from: $from, to: $to) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          month
          labId
          labName
          marginPpm
          price {
            minor
            currency
          }
          fee {
            minor
            currency
          }
          railIn {
            minor
            currency
          }
          railOut {
            minor
            currency
          }
          margin {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Row = MarginsQuery['margins']['edges'][number]['node'];

/** Below this share of what the lab pays, parts per million, little is left for anything else: 4 %. */
const THIN_PPM = 40_000;

/** What is left of the fees once the rail has taken its own, by lab and month. */
export function MarginsPage() {
  const { filters, change, choice, after, page } = useMoneyFilters({});
  const { expertId: _, ...asked } = choice;
  const query = useQuery({ query: Margins, variables: { ...asked, after } });
  return (
    <Page
      title="Margin after the rail"
      about="What is left of the fees once the rail has taken its own: of money that came in, of disputes, and of payouts where the platform bears it. What direct hires paid is among the fees. Months are in UTC."
    >
      <MoneyFilterBar filters={filters} change={change as never} time="Booked" hasExpert={false} />
      <Section title="By month and lab" action={<ExportLinks list="margins" query={exported(asked)} />}>
        <Ready query={query}>
          {({ margins: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && (
                <Empty>Nothing was charged in this time. A longer time shows more.</Empty>
              )}
              {edges.length > 0 && <MarginTable rows={edges.map(({ node }) => node)} />}
              {totalCount > 0 && <Pager pageInfo={pageInfo} total={totalCount} onPage={page} />}
            </>
          )}
        </Ready>
        <p className="quiet">
          What the rail takes of a payout is shared among the labs whose lines it pays, in the same parts.
          What pays no line belongs to no one lab.
        </p>
      </Section>
    </Page>
  );
}

function MarginTable({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <DataTable
      label="Margins by month and lab"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { id: 'month', header: 'Month from', cell: ({ month }) => day(month) },
        {
          id: 'lab',
          header: 'Lab',
          cell: ({ labId, labName }) =>
            labId ? (
              <Link to="/admin/journal" search={{ lab: labId } as never}>
                {labName}
              </Link>
            ) : (
              'No one lab'
            ),
        },
        { id: 'price', header: 'Lab paid', isFigure: true, cell: ({ price }) => money(price) },
        { id: 'fee', header: 'Platform kept', isFigure: true, cell: ({ fee }) => money(fee) },
        { id: 'in', header: 'Rail, money in', isFigure: true, cell: ({ railIn }) => money(railIn) },
        { id: 'out', header: 'Rail, payouts', isFigure: true, cell: ({ railOut }) => money(railOut) },
        { id: 'margin', header: 'Left', isFigure: true, cell: ({ margin }) => money(margin) },
        { id: 'share', header: 'Of what the lab paid', isFigure: true, cell: (row) => <Share row={row} /> },
      ]}
    />
  );
}

function Share({ row: { marginPpm } }: { readonly row: Row }) {
  if (typeof marginPpm !== 'number') return null;
  return (
    <>
      {marginPpm < THIN_PPM && <span className="tag bad">{marginPpm < 0 ? 'Loss' : 'Thin'}</span>}{' '}
      {percent(marginPpm)}
    </>
  );
}
