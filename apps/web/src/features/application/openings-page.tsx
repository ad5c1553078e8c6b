import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { moment } from '../../lib/time';
import { useReadAgainWhile } from '../../lib/waiting';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { SaveSearch } from '../../ui/save-search';
import { OpeningRow } from './opening-row';

const Openings = graphql(`
  query Recommendations($after: String, $search: String, $isEligible: Boolean) {
    recommendations(first: 20, after: $after, search: $search, isEligible: $isEligible) {
      state
      scoredAt
      fits {
        totalCount
        pageInfo {
          hasNextPage
          hasPreviousPage
          endCursor
        }
        edges {
          node {
            id
            openingId
            openingTitle
            score
            standing {
              state
              appliedAt
              engagementId
            }
            gates {
              code
              outcome
              sentence
            }
            reasonsFor
            reasonsAgainst
            opening {
              id
              labName
              projectTitle
              hoursPerWeek
              weeks
              unpaidParts
              credentials {
                type
              }
              rateMin {
                minor
                currency
              }
              rateMax {
                minor
                currency
              }
            }
          }
        }
      }
    }
  }
`);

const SHOWN = [
  ['', 'All'],
  ['yes', 'Those I can apply for'],
  ['no', 'Those with something missing'],
] as const;
const ELIGIBLE: Readonly<Record<string, boolean>> = { yes: true, no: false };

/** Openings ranked for the expert, what they applied to after what they can apply for; what is missing last. */
export function OpeningsPage() {
  const [{ after, search, show }, change] = useFilters({ after: '', search: '', show: '' });
  const query = useQuery({
    query: Openings,
    variables: { after: after || null, search: search || null, isEligible: ELIGIBLE[show] ?? null },
  });
  const isWaiting = query[0].data?.recommendations.state === 'WAITING';
  useReadAgainWhile(isWaiting);
  return (
    <Page
      title="Openings"
      about="Open work, best fit for you first. What you applied to or work on comes after what you can apply for."
      action={<Link to="/expert/shown">Where labs see you, and why not elsewhere</Link>}
    >
      <FilterBar>
        <SearchFilter value={search} onChange={(text) => change({ search: text })} />
        <ChoiceFilter
          label="Show"
          value={show}
          options={SHOWN}
          onChange={(choice) => change({ show: choice })}
        />
        <SaveSearch
          button="Save this search"
          about="You are told of new openings that these filters show."
          name={search || 'New openings'}
          asked={{ words: search, isEligible: ELIGIBLE[show] ?? null }}
        />
      </FilterBar>
      <Ready query={query}>
        {({ recommendations: { state, scoredAt, fits } }) => (
          <>
            {state === 'WAITING' && (
              <Notice>
                <p role="status">
                  {scoredAt
                    ? 'Your profile has changed: your openings are being ranked again.'
                    : 'Your openings are being ranked.'}{' '}
                  That takes a few seconds; they appear here by themselves.
                </p>
              </Notice>
            )}
            {scoredAt && fits.edges.length === 0 && <NoOpenings isFiltered={search !== '' || show !== ''} />}
            {fits.edges.map(({ node }) => (
              <OpeningRow key={node.id} fit={node} />
            ))}
            {fits.totalCount > 0 && (
              <Pager
                pageInfo={fits.pageInfo}
                total={fits.totalCount}
                onPage={(next) => change({ after: next })}
              />
            )}
            {scoredAt && <p className="quiet">Ranked on {moment(scoredAt)}.</p>}
          </>
        )}
      </Ready>
    </Page>
  );
}

function NoOpenings({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <Empty
      action={
        <Link className="button" to="/expert/openings">
          Show all openings
        </Link>
      }
    >
      No opening fits these filters.
    </Empty>
  ) : (
    <Empty
      action={
        <Link className="button" to="/expert/profile">
          Look over your profile
        </Link>
      }
    >
      No work is open at the moment. A complete profile is found as soon as there is.
    </Empty>
  );
}
