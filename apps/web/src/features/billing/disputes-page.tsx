import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { DisputesQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { day, distance } from '../../lib/time';
import { counted } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { DISPUTE_STATES, DISPUTE_WORDS, railWords, tagOf } from './dispute-words';

const Disputes = graphql(`
  query Disputes($after: String, $state: String, $labId: ID) {
    disputes(first: 50, after: $after, state: $state, labId: $labId) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          labName
          state
          railStatus
          ageDays
          openedAt
          evidenceDueAt
          amount {
            minor
            currency
          }
          left {
            minor
            currency
          }
        }
      }
    }
    labs(first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

type Dispute = DisputesQuery['disputes']['edges'][number]['node'];

/** Payments that somebody told their bank were not right, with what is asked of us until when. */
export function DisputesPage() {
  const [{ after, state, labId }, change] = useFilters({ after: '', state: '', labId: '' });
  const query = useQuery({
    query: Disputes,
    variables: { after: after || null, state: state || null, labId: labId || null },
  });
  return (
    <Page
      title="Disputes"
      about="Payments of labs that somebody told their bank were not right. Experts are paid whatever comes of it."
    >
      <Ready query={query}>
        {({ disputes: { edges, pageInfo, totalCount }, labs }) => (
          <>
            <FilterBar>
              <ChoiceFilter
                label="State"
                value={state}
                options={[['', 'All'], ...DISPUTE_STATES]}
                onChange={(next) => change({ state: next, after: '' })}
              />
              <ChoiceFilter
                label="Lab"
                value={labId}
                options={[['', 'All'], ...labs.edges.map(({ node }) => [node.id, node.name] as const)]}
                onChange={(next) => change({ labId: next, after: '' })}
              />
            </FilterBar>
            {edges.length === 0 ? (
              <Empty>{state || labId ? 'No dispute is like this.' : 'No payment was ever disputed.'}</Empty>
            ) : (
              <DisputeTable rows={edges.map(({ node }) => node)} />
            )}
            {totalCount > edges.length && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            )}
          </>
        )}
      </Ready>
    </Page>
  );
}

function DisputeTable({ rows }: { readonly rows: readonly Dispute[] }) {
  return (
    <DataTable
      label="Disputes, the newest first"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'lab',
          header: 'Lab',
          cell: ({ id, labName, openedAt, amount }) => (
            <Link
              to="/admin/disputes/$id"
              params={{ id }}
              aria-label={`${labName}, ${money(amount)}, disputed on ${day(openedAt)}`}
            >
              {labName}
            </Link>
          ),
        },
        {
          id: 'state',
          header: 'State',
          cell: ({ state, railStatus }) => (
            <>
              <StateTag state={tagOf(state)} text={DISPUTE_WORDS.get(state) ?? state} />
              {railStatus && <div className="quiet">{railWords(railStatus)}</div>}
            </>
          ),
        },
        { id: 'amount', header: 'Disputed', isFigure: true, cell: ({ amount }) => money(amount) },
        { id: 'left', header: 'Owed by the lab', isFigure: true, cell: ({ left }) => money(left) },
        {
          id: 'age',
          header: 'Age',
          cell: ({ ageDays, openedAt }) => (
            <>
              {counted(ageDays, 'day')} <div className="quiet">since {day(openedAt)}</div>
            </>
          ),
        },
        {
          id: 'evidence',
          header: 'Evidence until',
          cell: ({ state, evidenceDueAt }) => {
            if (!evidenceDueAt || (state !== 'OPEN' && state !== 'INQUIRY')) return 'Not asked for';
            return (
              <>
                {day(evidenceDueAt)} <div className="quiet">{distance(evidenceDueAt)}</div>
              </>
            );
          },
        },
      ]}
    />
  );
}
