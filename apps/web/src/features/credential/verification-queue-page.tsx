import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { distance, moment } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { stateWords, typeWords, TYPE_OPTIONS } from './claim-words';

const ClaimsToVerify = graphql(`
  query ClaimsToVerify($after: String, $state: String, $type: String, $search: String) {
    verificationQueue(first: 50, after: $after, state: $state, type: $type, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          type
          jurisdiction
          state
          submittedAt
          expertName
        }
      }
    }
  }
`);

const STATES = [
  ['', 'All that wait'],
  ['SUBMITTED', 'Wait for a verifier'],
  ['IN_REVIEW', 'Wait for a second one'],
  ['VERIFIED', 'Verified'],
  ['EXPIRING', 'Verified, end soon'],
  ['EXPIRED', 'Expired'],
  ['REJECTED', 'Rejected'],
  ['SUSPENDED', 'Suspended'],
  ['REVOKED', 'Revoked'],
] as const;

/** Claims that wait for a verifier, those that wait longest first. */
export function VerificationQueuePage() {
  const [filters, change] = useFilters({ after: '', state: '', type: '', search: '' });
  const { after, state, type, search } = filters;
  const query = useQuery({
    query: ClaimsToVerify,
    variables: { after: after || null, state: state || null, type: type || null, search: search || null },
  });
  const first = query[0].data?.verificationQueue.edges[0]?.node;
  const isFiltered = state !== '' || type !== '' || search !== '';
  return (
    <Page
      title="Verification"
      about="Those that wait longest come first. Your own claims are not shown: somebody else decides on them."
      action={
        first &&
        !isFiltered && (
          <Link className="button main" to="/admin/verification/$id" params={{ id: first.id }}>
            Open the next claim
          </Link>
        )
      }
    >
      <FilterBar>
        <SearchFilter label="Name or number" value={search} onChange={(next) => change({ search: next })} />
        <ChoiceFilter
          label="Kind"
          value={type}
          options={[['', 'All kinds'], ...TYPE_OPTIONS]}
          onChange={(next) => change({ type: next })}
        />
        <ChoiceFilter
          label="State"
          value={state}
          options={STATES}
          onChange={(next) => change({ state: next })}
        />
      </FilterBar>
      <Ready query={query}>
        {({ verificationQueue: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && (
              <Empty>
                {isFiltered
                  ? 'No claim fits. Take a filter away to see more.'
                  : 'Nothing waits. An email comes when somebody submits a claim.'}
              </Empty>
            )}
            {edges.length > 0 && (
              <DataTable
                label="Claims"
                rows={edges.map(({ node }) => node)}
                keyOf={({ id }) => id}
                columns={[
                  {
                    id: 'claim',
                    header: 'Claim',
                    cell: (claim) => (
                      <Link to="/admin/verification/$id" params={{ id: claim.id }}>
                        {typeWords(claim.type)} {claim.jurisdiction}
                      </Link>
                    ),
                  },
                  { id: 'expert', header: 'Expert', cell: ({ expertName }) => expertName },
                  {
                    id: 'since',
                    header: 'Submitted',
                    cell: ({ submittedAt }) =>
                      submittedAt && (
                        <time dateTime={submittedAt} title={moment(submittedAt)}>
                          {distance(submittedAt)}
                        </time>
                      ),
                  },
                  {
                    id: 'state',
                    header: 'State',
                    cell: (claim) => <StateTag state={claim.state} text={stateWords(claim.state)} />,
                  },
                ]}
              />
            )}
            {totalCount > 0 && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            )}
          </>
        )}
      </Ready>
    </Page>
  );
}
