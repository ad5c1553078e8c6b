import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { TakenBackLinesQuery } from '../../gql/graphql';
import { money, percent } from '../../lib/money';
import { distance, moment } from '../../lib/time';
import { useMaySetMoney } from '../../lib/viewer';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { TallyLine } from '../../ui/tally';
import { exported, MoneyFilterBar, useMoneyFilters } from './money-filters';
import { WriteOffOwed } from './write-off-owed';

const TakenBackLines = graphql(`
  query TakenBackLines(
    $after: String
    $labId: ID
    $expertId: ID
    $currency: String
    $from: DateTime
    $to: DateTime
  ) {
    takenBack(
      first: 50
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
          at
          labName
          expertName
          askedByName
          reason
          recoveredPpm
          approvalRequestId
          ledgerTransactionId
          price {
            minor
            currency
          }
          pay {
            minor
            currency
          }
          fee {
            minor
            currency
          }
          paidOut {
            minor
            currency
          }
          recovered {
            minor
            currency
          }
          writtenOff {
            minor
            currency
          }
          open {
            minor
            currency
          }
          expertId
          owed {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Row = TakenBackLinesQuery['takenBack']['edges'][number]['node'];
const NO_MORE = {};

/** What was taken back of charged lines: why, how long ago, and what became of it where it had been paid out. */
export function TakenBackPage() {
  const { filters, change, choice, after, page } = useMoneyFilters(NO_MORE);
  const query = useQuery({ query: TakenBackLines, variables: { ...choice, after } });
  return (
    <Page
      title="Taken back"
      about="What was taken back of charged lines, at the rate at which it was charged. What had been paid out goes off what the expert earns next, the oldest first."
      back={<Link to="/admin/money">Money</Link>}
    >
      <MoneyFilterBar filters={filters} change={change as never} time="Taken back" defaults={NO_MORE} />
      <Section
        title="Newest first"
        action={<ExportLinks list="taken-back" query={exported({ ...choice })} />}
      >
        <Ready query={query}>
          {({ takenBack: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && (
                <Empty>
                  Nothing was taken back in this time. A line is taken back on the page of take rates, beside
                  its charge.
                </Empty>
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

function Lines({ rows }: { readonly rows: readonly Row[] }) {
  const mayWriteOff = useMaySetMoney();
  return (
    <DataTable
      label="What was taken back"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'at',
          header: 'Taken back',
          cell: ({ at }) => (
            <>
              {moment(at)}
              <div className="quiet">{distance(at)}</div>
            </>
          ),
        },
        {
          id: 'who',
          header: 'Lab and expert',
          cell: ({ labName, expertName }) => (
            <>
              {labName}
              <div className="quiet">{expertName}</div>
            </>
          ),
        },
        {
          id: 'why',
          header: 'Why',
          cell: ({ reason, askedByName, approvalRequestId }) => (
            <>
              {reason}
              <div className="quiet">
                {askedByName}
                {approvalRequestId ? ', with a second person' : ''}
              </div>
            </>
          ),
        },
        {
          id: 'tally',
          header: 'Price = pay + fee',
          isFigure: true,
          cell: ({ price, pay, fee }) => <TallyLine tally={{ price, pay, fee }} />,
        },
        {
          id: 'settled',
          header: 'Was paid out, recovered',
          isFigure: true,
          cell: ({ paidOut, recovered, writtenOff, open, owed, recoveredPpm, expertId, expertName }) =>
            typeof recoveredPpm === 'number' ? (
              <>
                {money(paidOut)}
                <div className="quiet">
                  {money(recovered)} recovered, {percent(recoveredPpm)}
                </div>
                {writtenOff.minor !== '0' && <div className="quiet">{money(writtenOff)} written off</div>}
                {open.minor !== '0' && <div className="quiet">{money(open)} open</div>}
                {open.minor !== '0' && mayWriteOff && (
                  <WriteOffOwed expert={{ id: expertId, name: expertName }} owed={owed} />
                )}
              </>
            ) : (
              'Nothing had been'
            ),
        },
        {
          id: 'more',
          header: 'Books',
          cell: ({ ledgerTransactionId }) => (
            <Link to="/admin/ledger/transactions/$id" params={{ id: ledgerTransactionId }}>
              Ledger transaction
            </Link>
          ),
        },
      ]}
    />
  );
}
