import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { RecommendationsQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { moment } from '../../lib/time';
import { useReadAgainWhile } from '../../lib/waiting';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Sheet } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { Missing, missingOf, Reasons } from './missing';

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
            rank
            isEligible
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

type Row = RecommendationsQuery['recommendations']['fits']['edges'][number]['node'];

const SHOWN = [
  ['', 'All'],
  ['yes', 'Those I can take'],
  ['no', 'Those with something missing'],
] as const;
const ELIGIBLE: Readonly<Record<string, boolean>> = { yes: true, no: false };

/** Openings ranked for the expert; where something is missing, what, and how to mend it. */
export function OpeningsPage() {
  const [{ after, search, show }, change] = useFilters({ after: '', search: '', show: '' });
  const query = useQuery({
    query: Openings,
    variables: { after: after || null, search: search || null, isEligible: ELIGIBLE[show] ?? null },
  });
  const isWaiting = query[0].data?.recommendations.state === 'WAITING';
  useReadAgainWhile(isWaiting);
  return (
    <Page title="Openings" about="Open work, best fit for you first, with the reasons.">
      <FilterBar>
        <SearchFilter value={search} onChange={(text) => change({ search: text })} />
        <ChoiceFilter
          label="Show"
          value={show}
          options={SHOWN}
          onChange={(choice) => change({ show: choice })}
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
              <OpeningSheet key={node.id} fit={node} />
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

function OpeningSheet({ fit }: { readonly fit: Row }) {
  const { opening } = fit;
  return (
    <Sheet label={fit.openingTitle}>
      <div className="spread">
        <h2>
          {fit.rank}.{' '}
          <Link to="/expert/openings/$id" params={{ id: fit.openingId }}>
            {fit.openingTitle}
          </Link>
        </h2>
        {missingOf(fit.gates).length === 0 ? (
          <StateTag state="READY" text="You can take it" />
        ) : (
          <StateTag state="WAITING" text="Something is missing" />
        )}
      </div>
      {opening && (
        <>
          <p>
            {opening.labName}: {opening.projectTitle}
          </p>
          <p>
            <strong className="expert">
              {money(opening.rateMin)} to {money(opening.rateMax)}
            </strong>{' '}
            an hour for you, {opening.hoursPerWeek} hours a week for {opening.weeks} weeks.{' '}
            {opening.unpaidParts ? <>Not paid: {opening.unpaidParts}</> : 'All time is paid.'}
          </p>
        </>
      )}
      <Missing gates={fit.gates} />
      <Reasons reasons={fit} />
    </Sheet>
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
