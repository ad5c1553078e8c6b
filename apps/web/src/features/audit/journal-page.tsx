import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { COMMAND_OPTIONS } from '../../lib/record-words';
import { Button } from '../../ui/button';
import { ExpertFilter } from '../../ui/expert-filter';
import { LabFilter } from '../../ui/lab-filter';
import { ChoiceFilter, DayFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { JournalTable } from './journal-table';
import { SavedViews } from '../../ui/saved-views';

const Journal = graphql(`
  query Journal(
    $after: String
    $subjectId: ID
    $actorId: ID
    $command: String
    $labId: ID
    $expertId: ID
    $from: DateTime
    $to: DateTime
  ) {
    journal(
      first: 50
      after: $after
      subjectId: $subjectId
      actorId: $actorId
      command: $command
      labId: $labId
      expertId: $expertId
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
          actorKind
          actorName
          labName
          expertName
          command
          subjectType
          subjectId
          fromState
          toState
          facts
          isSealed
        }
      }
    }
  }
`);

const NO_FILTER = { after: '', subject: '', actor: '', command: '', lab: '', expert: '', from: '', to: '' };
const DAY_MS = 86_400_000;

/** Who did what, when, to what. */
export function JournalPage() {
  const [filters, change] = useFilters(NO_FILTER);
  const { after, command, from, to } = filters;
  const id = (text: string) => text.trim() || null;
  const query = useQuery({
    query: Journal,
    variables: {
      after: after || null,
      subjectId: id(filters.subject),
      actorId: id(filters.actor),
      labId: id(filters.lab),
      expertId: id(filters.expert),
      command: command || null,
      from: from ? `${from}T00:00:00.000Z` : null,
      to: to ? new Date(Date.parse(to) + DAY_MS).toISOString() : null,
    },
  });
  const isFiltered = Object.entries(filters).some(([name, value]) => name !== 'after' && value !== '');
  return (
    <Page
      title="Journal"
      about="Who did what. Rows are only ever added; each is sealed within seconds. Open a row to see its facts. Days are in UTC."
      action={
        <Link className="button" to="/admin/audit">
          Verify the seals
        </Link>
      }
    >
      <FilterBar>
        <ChoiceFilter
          label="What was done"
          value={command}
          options={[['', 'Anything'], ...COMMAND_OPTIONS]}
          onChange={(next) => change({ command: next })}
        />
        <DayFilter label="From" value={from} onChange={(next) => change({ from: next })} />
        <DayFilter label="Until" value={to} onChange={(next) => change({ to: next })} />
        <SearchFilter
          label="Id of the thing"
          value={filters.subject}
          onChange={(subject) => change({ subject })}
        />
        <SearchFilter
          label="Id of the account"
          value={filters.actor}
          onChange={(actor) => change({ actor })}
        />
        <LabFilter value={filters.lab} onChange={(lab) => change({ lab })} />
        <ExpertFilter value={filters.expert} onChange={(expert) => change({ expert })} />
        {isFiltered && (
          <Button weight="quiet" onPress={() => change(NO_FILTER)}>
            Show everything
          </Button>
        )}
      </FilterBar>
      <SavedViews />
      <Ready query={query}>
        {({ journal: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && (
              <Empty>
                {isFiltered
                  ? 'No row fits these filters. Take one away to see more.'
                  : 'Nothing was done yet.'}
              </Empty>
            )}
            {edges.length > 0 && (
              <JournalTable label="Rows of the journal" rows={edges.map(({ node }) => node)} />
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
