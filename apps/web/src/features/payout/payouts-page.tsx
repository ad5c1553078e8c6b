import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { PAYOUT_STATE_OPTIONS } from '../../lib/record-words';
import { Button } from '../../ui/button';
import { ExportLinks } from '../../ui/export-links';
import { ExpertFilter } from '../../ui/expert-filter';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { GatesOfPayouts } from './gates-of-payouts';
import { PayoutDetail } from './payout-detail';
import { PayoutRuns } from './payout-runs';
import { PayoutTable } from './payout-table';
import { RunPayouts } from './run-payouts';
import { SavedViews } from '../../ui/saved-views';

const PayoutAudit = graphql(`
  query PayoutAudit($after: String, $state: String, $expertId: ID, $runId: ID) {
    payouts(first: 50, after: $after, state: $state, expertId: $expertId, runId: $runId) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          expertId
          expertName
          state
          attempt
          createdAt
          requestedAt
          transferredAt
          paidAt
          promisedOn
          feeBorneBy
          exchangeRate
          railFee {
            minor
            currency
          }
          bankAmount {
            minor
            currency
          }
          failureReason
          railTransferId
          ledgerTransactionId
          runId
          amount {
            minor
            currency
          }
          blocks {
            gate
            reason
            decidedBy
            until
            since
            runAt
          }
        }
      }
    }
  }
`);
const PayoutFaults = graphql(`
  query PayoutFaults {
    refused: payouts(first: 20, state: "FAILED") {
      ...PayoutFault
    }
    returned: payouts(first: 20, state: "RETURNED") {
      ...PayoutFault
    }
    unanswered: payouts(first: 20, state: "UNKNOWN") {
      ...PayoutFault
    }
    notSentOn: payouts(first: 20, isNotSentOn: true) {
      ...PayoutFault
    }
  }
  fragment PayoutFault on PayoutConnection {
    totalCount
    edges {
      node {
        id
        expertId
        expertName
        state
        attempt
        createdAt
        requestedAt
        transferredAt
        paidAt
        promisedOn
        feeBorneBy
        exchangeRate
        railFee {
          minor
          currency
        }
        bankAmount {
          minor
          currency
        }
        failureReason
        railTransferId
        ledgerTransactionId
        runId
        amount {
          minor
          currency
        }
        blocks {
          gate
          reason
          decidedBy
          until
          since
          runAt
        }
      }
    }
  }
`);

const NO_FILTER = { after: '', state: '', expert: '', run: '', open: '', year: '' };
const THIS_YEAR = new Date().getUTCFullYear();

/** Every payout: what went wrong first, then all, each with the gate that holds it and what it paid. */
export function PayoutsPage() {
  const [filters, change] = useFilters(NO_FILTER);
  const { after, state, expert, run, open, year } = filters;
  const query = useQuery({
    query: PayoutAudit,
    variables: { after: after || null, state: state || null, expertId: expert || null, runId: run || null },
  });
  const faults = useQuery({ query: PayoutFaults });
  const known = [
    ...(query[0].data?.payouts.edges ?? []),
    ...Object.values(faults[0].data ?? {}).flatMap((found) => (typeof found === 'object' ? found.edges : [])),
  ].map(({ node }) => node);
  const opened = known.find(({ id }) => id === open);
  const isFiltered = state !== '' || expert !== '' || run !== '';
  const show = (id: string) => change({ open: id, after });
  return (
    <Page
      title="Payouts"
      about="Money on its way to experts. What is payable goes out once a day, by itself."
      action={<RunPayouts />}
    >
      {!isFiltered && (
        <Section title="Needs a look">
          <Ready query={faults}>
            {({ refused, returned, unanswered, notSentOn }) => {
              const found = [refused, notSentOn, returned, unanswered].flatMap(({ edges }) =>
                edges.map(({ node }) => node),
              );
              const rows = [...new Map(found.map((row) => [row.id, row])).values()];
              return rows.length === 0 ? (
                <Notice tone="good">
                  No payout was refused, was not sent on to a bank, came back or is without an answer.
                </Notice>
              ) : (
                <PayoutTable label="Payouts that need a look" rows={rows} onOpen={show} />
              );
            }}
          </Ready>
        </Section>
      )}
      <Section
        title="All payouts"
        action={<ExportLinks list="payouts" query={{ state, expertId: expert, runId: run }} />}
      >
        <FilterBar>
          <ChoiceFilter
            label="State"
            value={state}
            options={[['', 'All'], ...PAYOUT_STATE_OPTIONS]}
            onChange={(next) => change({ state: next })}
          />
          <ExpertFilter value={expert} onChange={(next) => change({ expert: next })} />
          {isFiltered && (
            <Button weight="quiet" onPress={() => change(NO_FILTER)}>
              {run ? 'Show all runs' : expert ? 'Show all experts' : 'Show all'}
            </Button>
          )}
        </FilterBar>
        <SavedViews />
        <Ready query={query}>
          {({ payouts: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && (
                <Empty>
                  {isFiltered
                    ? 'No payout fits. Choose another state to see more.'
                    : 'No payout was made yet. The first one follows the first approved hours.'}
                </Empty>
              )}
              {edges.length > 0 && (
                <PayoutTable label="Payouts" rows={edges.map(({ node }) => node)} onOpen={show} />
              )}
              {totalCount > 0 && (
                <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
              )}
            </>
          )}
        </Ready>
      </Section>
      <GatesOfPayouts />
      <Section
        title="Totals of a year"
        action={<ExportLinks list="year-totals" query={{ year: year || String(THIS_YEAR) }} />}
      >
        <p>
          What was sent to each expert, by the day of the transfer; what came back is taken off in the year in
          which it did. Beside it stands which 1099 forms the total reaches, where the threshold is known.
        </p>
        <FilterBar>
          <ChoiceFilter
            label="Year"
            value={year || String(THIS_YEAR)}
            options={[0, 1, 2, 3].map((ago) => [String(THIS_YEAR - ago), String(THIS_YEAR - ago)] as const)}
            onChange={(next) => change({ year: next })}
          />
        </FilterBar>
      </Section>
      <PayoutRuns />
      {opened && <PayoutDetail payout={opened} onClose={() => change({ open: '', after })} />}
    </Page>
  );
}
