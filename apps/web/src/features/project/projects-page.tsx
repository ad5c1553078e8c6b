import { TASK_FAMILIES } from '@tallystick/domain';
import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabProjectsQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { day } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { DataTable, type Column } from '../../ui/data-table';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { familyName } from './project-words';

const LabProjects = graphql(`
  query LabProjects($after: String, $search: String, $state: String) {
    projects(first: 20, after: $after, search: $search, state: $state) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          title
          taskFamily
          state
          createdAt
          publishedAt
          standing {
            openings
            seats
            seatsFilled
            applicationsWaiting
          }
        }
      }
    }
  }
`);

type Row = LabProjectsQuery['projects']['edges'][number]['node'];

const STATES = [
  ['', 'All'],
  ['DRAFT', 'Drafts'],
  ['OPEN', 'Open'],
  ['CLOSED', 'Closed'],
] as const;

const COLUMNS: Column<Row>[] = [
  {
    id: 'title',
    header: 'Project',
    cell: ({ id, title }) => (
      <Link to="/lab/projects/$id" params={{ id }}>
        {title}
      </Link>
    ),
    sortBy: ({ title }) => title,
  },
  {
    id: 'kind',
    header: 'Kind of work',
    cell: ({ taskFamily }) => familyName(taskFamily),
    sortBy: ({ taskFamily }) => TASK_FAMILIES[taskFamily as keyof typeof TASK_FAMILIES] ?? taskFamily,
  },
  { id: 'state', header: 'State', cell: ({ state }) => <StateTag state={state} /> },
  {
    id: 'openings',
    header: 'Openings',
    isFigure: true,
    cell: ({ standing }) => standing.openings,
    sortBy: ({ standing }) => standing.openings,
  },
  {
    id: 'seats',
    header: 'Seats filled',
    isFigure: true,
    cell: ({ standing: { seats, seatsFilled } }) => `${seatsFilled} of ${seats}`,
    sortBy: ({ standing }) => standing.seatsFilled,
  },
  {
    id: 'waiting',
    header: 'Applications to answer',
    isFigure: true,
    cell: ({ standing: { applicationsWaiting } }) => applicationsWaiting,
    sortBy: ({ standing }) => standing.applicationsWaiting,
  },
  {
    id: 'since',
    header: 'Since',
    cell: ({ createdAt, publishedAt }) =>
      publishedAt ? `Published ${day(publishedAt)}` : `Written ${day(createdAt)}`,
    sortBy: ({ createdAt, publishedAt }) => publishedAt ?? createdAt,
  },
];

/** The lab's projects, newest first. */
export function ProjectsPage() {
  const [filters, change] = useFilters({ after: '', search: '', state: '' });
  const { after, search, state } = filters;
  const query = useQuery({
    query: LabProjects,
    variables: { after: after || null, search: search || null, state: state || null },
  });
  const { mayHire } = useLabRights();
  const isFiltered = search !== '' || state !== '';
  return (
    <Page
      title="Projects"
      about="What you want done, in layers that are each priced to their real difficulty."
      action={mayHire && <NewProject />}
    >
      <FilterBar>
        <SearchFilter value={search} onChange={(next) => change({ search: next })} />
        <ChoiceFilter
          label="State"
          value={state}
          options={STATES}
          onChange={(next) => change({ state: next })}
        />
      </FilterBar>
      <Ready query={query}>
        {({ projects: { edges, pageInfo, totalCount } }) =>
          edges.length === 0 ? (
            <Empty action={!isFiltered && mayHire && <NewProject />}>
              {isFiltered
                ? 'No project is like that. Search for less, or show all states.'
                : 'There is no project yet. A draft costs nothing: you see its price before anybody else sees it.'}
            </Empty>
          ) : (
            <>
              <DataTable
                label="Projects"
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

function NewProject() {
  return (
    <Link className="button main" to="/lab/projects/new">
      New project
    </Link>
  );
}
