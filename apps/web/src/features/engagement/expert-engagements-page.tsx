import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ExpertEngagementsQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { DataTable, type Column } from '../../ui/data-table';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { ENGAGEMENT_STATES } from './expert-words';

const Engagements = graphql(`
  query ExpertEngagements($after: String, $state: String) {
    myEngagements(first: 20, after: $after, state: $state) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          openingTitle
          labName
          state
          startsOn
          endsAt
          weeklyCapHours
          rate {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Row = ExpertEngagementsQuery['myEngagements']['edges'][number]['node'];

const STATES = [['', 'All'] as const, ...Object.entries(ENGAGEMENT_STATES)];
const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'work',
    header: 'Work',
    cell: ({ id, openingTitle }) => (
      <Link to="/expert/engagements/$id" params={{ id }}>
        {openingTitle}
      </Link>
    ),
  },
  { id: 'lab', header: 'Lab', cell: ({ labName }) => labName },
  {
    id: 'dates',
    header: 'Dates',
    cell: ({ startsOn, endsAt }) => `${day(startsOn)} to ${endsAt ? day(endsAt) : 'open end'}`,
  },
  {
    id: 'cap',
    header: 'Hours a week',
    cell: ({ weeklyCapHours }) => `at most ${weeklyCapHours}`,
    isFigure: true,
  },
  { id: 'rate', header: 'Your pay an hour', cell: ({ rate }) => money(rate), isFigure: true },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StateTag state={state} text={ENGAGEMENT_STATES[state]} />,
  },
];

/** The expert's engagements, newest first. */
export function ExpertEngagementsPage() {
  const [{ after, state }, change] = useFilters({ after: '', state: '' });
  const query = useQuery({ query: Engagements, variables: { after: after || null, state: state || null } });
  return (
    <Page title="Engagements" about="What you signed, newest first.">
      <FilterBar>
        <ChoiceFilter
          label="State"
          value={state}
          options={STATES}
          onChange={(choice) => change({ state: choice })}
        />
      </FilterBar>
      <Ready query={query}>
        {({ myEngagements: { edges, pageInfo, totalCount } }) =>
          edges.length === 0 ? (
            <Empty
              action={
                <Link className="button" to="/expert/openings">
                  See openings
                </Link>
              }
            >
              {state
                ? 'No engagement is in this state.'
                : 'No engagement yet. One begins when you accept an offer.'}
            </Empty>
          ) : (
            <>
              <DataTable
                label="Engagements"
                columns={COLUMNS}
                rows={edges.map(({ node }) => node)}
                keyOf={({ id }) => id}
              />
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            </>
          )
        }
      </Ready>
    </Page>
  );
}
