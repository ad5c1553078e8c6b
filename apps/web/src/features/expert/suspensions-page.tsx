import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { countryName } from '../../lib/countries';
import { useFilters } from '../../lib/filters';
import { day } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { ruleWords, SUSPENSION_STATES } from './suspension-words';

const Suspensions = graphql(`
  query Suspensions($after: String, $state: String, $isAppealed: Boolean) {
    suspensions(first: 50, after: $after, state: $state, isAppealed: $isAppealed) {
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
          rule
          state
          decidedByName
          decidedAt
          takesEffectAt
          appealedAt
          appealDecidedBy
          upheldAt
        }
      }
    }
  }
`);
const FoundExperts = graphql(`
  query FoundExperts($part: String!) {
    expertsNamed(part: $part) {
      id
      displayName
      country
    }
  }
`);

const SHOWN = [['', 'All'], ['APPEALED', 'Appeals that wait'], ...Object.entries(SUSPENSION_STATES)] as const;

/** Experts, found by name, and everybody who is or was suspended. */
export function SuspensionsPage() {
  const [{ after, show, name }, change] = useFilters({ after: '', show: '', name: '' });
  const isAppealed = show === 'APPEALED';
  const query = useQuery({
    query: Suspensions,
    variables: { after: after || null, state: isAppealed ? null : show || null, isAppealed },
  });
  return (
    <Page
      title="Experts"
      about="Find an expert by name to suspend them or to see what was decided. Only people decide here, and every decision can be appealed."
    >
      <FilterBar>
        <SearchFilter label="Name of an expert" value={name} onChange={(next) => change({ name: next })} />
      </FilterBar>
      {name.trim().length >= 2 && <Found part={name} />}
      <Section title="Suspensions">
        <FilterBar>
          <ChoiceFilter
            label="Show"
            value={show}
            options={SHOWN}
            onChange={(next) => change({ show: next })}
          />
        </FilterBar>
        <Ready query={query}>
          {({ suspensions: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && <Empty>{show ? 'None fits.' : 'Nobody was ever suspended.'}</Empty>}
              {edges.length > 0 && (
                <DataTable
                  label="Suspensions"
                  rows={edges.map(({ node }) => node)}
                  keyOf={({ id }) => id}
                  columns={[
                    {
                      id: 'expert',
                      header: 'Expert',
                      cell: ({ expertId: id, expertName }) => (
                        <Link to="/admin/experts/$id" params={{ id }}>
                          {expertName}
                        </Link>
                      ),
                    },
                    {
                      id: 'state',
                      header: 'State',
                      cell: ({ state, appealedAt, upheldAt }) => (
                        <>
                          <StateTag state={state} text={SUSPENSION_STATES[state]} />{' '}
                          {appealedAt && !upheldAt && state !== 'LIFTED' && (
                            <StateTag state="WAITING" text="Appeal waits" />
                          )}
                        </>
                      ),
                    },
                    { id: 'rule', header: 'Rule', cell: ({ rule }) => ruleWords(rule) },
                    {
                      id: 'decided',
                      header: 'Decided',
                      cell: ({ decidedAt, decidedByName }) => `${day(decidedAt)}, ${decidedByName ?? ''}`,
                    },
                    { id: 'from', header: 'From', cell: ({ takesEffectAt }) => day(takesEffectAt) },
                    {
                      id: 'by',
                      header: 'Appeal decided by',
                      cell: ({ appealDecidedBy, upheldAt, state }) =>
                        appealDecidedBy && !upheldAt && state !== 'LIFTED' ? day(appealDecidedBy) : '',
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
      </Section>
    </Page>
  );
}

function Found({ part }: { readonly part: string }) {
  const query = useQuery({ query: FoundExperts, variables: { part } });
  return (
    <Ready query={query}>
      {({ expertsNamed }) =>
        expertsNamed.length === 0 ? (
          <Empty>No expert has this in their name.</Empty>
        ) : (
          <ul>
            {expertsNamed.map(({ id, displayName, country }) => (
              <li key={id}>
                <Link to="/admin/experts/$id" params={{ id }}>
                  {displayName}
                </Link>{' '}
                <span className="quiet">{countryName(country)}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Ready>
  );
}
