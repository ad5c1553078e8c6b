import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { countryName } from '../../lib/countries';
import { useFilters } from '../../lib/filters';
import { day } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';

const LabsToVet = graphql(`
  query LabsToVet($after: String, $state: String, $search: String) {
    labs(first: 50, after: $after, state: $state, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          name
          country
          state
          website
          createdAt
          vettedAt
        }
      }
    }
  }
`);

/** What a state of a lab reads as, for staff. */
export const LAB_STATES = [
  ['PENDING_VETTING', 'Waits for vetting'],
  ['VETTED', 'Vetted'],
  ['REFUSED', 'Refused'],
  ['SUSPENDED', 'Suspended'],
] as const;

/** A state of a lab in words. */
export const labStateWords = (state: string) => LAB_STATES.find(([code]) => code === state)?.[1] ?? state;

/** All labs, those that wait longest first. */
export function VettingListPage() {
  const [{ after, state, search }, change] = useFilters({ after: '', state: 'PENDING_VETTING', search: '' });
  const query = useQuery({
    query: LabsToVet,
    variables: { after: after || null, state: state === 'ALL' ? null : state, search: search || null },
  });
  return (
    <Page
      title="Labs"
      about="A lab publishes once somebody here has looked at who owns it and whom it competes with."
    >
      <FilterBar>
        <SearchFilter label="Name" value={search} onChange={(next) => change({ search: next })} />
        <ChoiceFilter
          label="State"
          value={state}
          options={[...LAB_STATES, ['ALL', 'All']]}
          onChange={(next) => change({ state: next })}
        />
      </FilterBar>
      <Ready query={query}>
        {({ labs: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && (
              <Empty>
                {state === 'PENDING_VETTING' && search === ''
                  ? 'No lab waits. An email comes when one signs up.'
                  : 'No lab fits. Choose another state, or a shorter part of the name.'}
              </Empty>
            )}
            {edges.length > 0 && (
              <DataTable
                label="Labs"
                rows={edges.map(({ node }) => node)}
                keyOf={({ id }) => id}
                columns={[
                  {
                    id: 'name',
                    header: 'Lab',
                    cell: ({ id, name }) => (
                      <Link to="/admin/labs/$id" params={{ id }}>
                        {name}
                      </Link>
                    ),
                  },
                  { id: 'country', header: 'Country', cell: ({ country }) => countryName(country) },
                  {
                    id: 'state',
                    header: 'State',
                    cell: (lab) => <StateTag state={lab.state} text={labStateWords(lab.state)} />,
                  },
                  { id: 'since', header: 'Signed up', cell: ({ createdAt }) => day(createdAt) },
                  {
                    id: 'decided',
                    header: 'Decided',
                    cell: ({ vettedAt }) => (vettedAt ? day(vettedAt) : ''),
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
