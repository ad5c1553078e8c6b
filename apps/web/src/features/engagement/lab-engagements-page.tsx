import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabEngagementListQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { DataTable, type Column } from '../../ui/data-table';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { ENGAGEMENT_WORDS } from './engagement-words';

const LabEngagementList = graphql(`
  query LabEngagementList($after: String, $state: String) {
    labEngagements(first: 20, after: $after, state: $state) {
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
          expertName
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

type Row = LabEngagementListQuery['labEngagements']['edges'][number]['node'];

const STATES = [
  ['', 'All'],
  ['BLOCKED_FUNDING', 'Without money for the week'],
  ['ACTIVE', 'Running'],
  ['NOTICE', 'Notice given'],
  ['ENDED', 'Ended'],
] as const;

const COLUMNS: Column<Row>[] = [
  {
    id: 'expert',
    header: 'Expert',
    cell: ({ id, expertName }) => (
      <Link to="/lab/engagements/$id" params={{ id }}>
        {expertName}
      </Link>
    ),
    sortBy: ({ expertName }) => expertName,
  },
  {
    id: 'work',
    header: 'Work',
    cell: ({ openingTitle }) => openingTitle,
    sortBy: ({ openingTitle }) => openingTitle,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, endsAt }) => (
      <>
        <StateTag state={state} text={ENGAGEMENT_WORDS[state]} />{' '}
        {endsAt && state !== 'ENDED' && <span className="quiet">ends on {day(endsAt)}</span>}
      </>
    ),
  },
  { id: 'since', header: 'Since', cell: ({ startsOn }) => day(startsOn), sortBy: ({ startsOn }) => startsOn },
  {
    id: 'cap',
    header: 'Hours a week, most',
    isFigure: true,
    cell: ({ weeklyCapHours }) => weeklyCapHours,
    sortBy: ({ weeklyCapHours }) => weeklyCapHours,
  },
  {
    id: 'rate',
    header: 'Pay an hour',
    isFigure: true,
    cell: ({ rate }) => money(rate),
    sortBy: ({ rate }) => Number(rate.minor),
  },
];

/** Everybody who works or worked for the lab. */
export function LabEngagementsPage() {
  const [{ after, state }, change] = useFilters({ after: '', state: '' });
  const query = useQuery({
    query: LabEngagementList,
    variables: { after: after || null, state: state || null },
  });
  return (
    <Page title="Engagements" about="Who works for you, on terms that are frozen.">
      <FilterBar>
        <ChoiceFilter
          label="State"
          value={state}
          options={STATES}
          onChange={(next) => change({ state: next })}
        />
      </FilterBar>
      <Ready query={query}>
        {({ labEngagements: { edges, pageInfo, totalCount } }) =>
          edges.length === 0 ? (
            <Empty
              action={
                state === '' && (
                  <Link className="button" to="/lab/projects">
                    Go to your projects
                  </Link>
                )
              }
            >
              {state === ''
                ? 'Nobody works for you yet. An engagement begins when an expert accepts your offer.'
                : 'No engagement is in this state.'}
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
