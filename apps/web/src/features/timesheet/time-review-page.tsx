import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { WeeksToReviewQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { day, distance, duration, moment } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { DataTable, type Column } from '../../ui/data-table';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { TallyLine } from '../../ui/tally';
import { WEEK_WORDS } from './review-words';

const WeeksToReview = graphql(`
  query WeeksToReview($after: String, $toReview: Boolean, $engagementId: ID) {
    labTimesheets(first: 20, after: $after, toReview: $toReview, engagementId: $engagementId) {
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
          weekStart
          sheetNumber
          state
          reviewDueAt
          countedSeconds
          total {
            price {
              minor
              currency
            }
            pay {
              minor
              currency
            }
            fee {
              minor
              currency
            }
          }
        }
      }
    }
  }
`);

type Row = WeeksToReviewQuery['labTimesheets']['edges'][number]['node'];

const SHOWN = [
  ['waiting', 'Waiting for you'],
  ['all', 'All weeks'],
] as const;

const COLUMNS: Column<Row>[] = [
  {
    id: 'week',
    header: 'Week of',
    cell: ({ id, weekStart, sheetNumber }) => (
      <Link to="/lab/time/$id" params={{ id }}>
        {day(weekStart)}
        {sheetNumber > 1 && `, sheet ${sheetNumber}`}
      </Link>
    ),
  },
  { id: 'expert', header: 'Expert', cell: ({ expertName }) => expertName },
  { id: 'work', header: 'Work', cell: ({ openingTitle }) => openingTitle },
  {
    id: 'due',
    header: 'Approved by silence',
    cell: ({ state, reviewDueAt }) =>
      reviewDueAt && state !== 'CHARGED' ? (
        <time dateTime={reviewDueAt}>
          {distance(reviewDueAt)}, {moment(reviewDueAt)}
        </time>
      ) : (
        ''
      ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StateTag state={state} text={WEEK_WORDS[state]} />,
  },
  {
    id: 'time',
    header: 'Time',
    isFigure: true,
    cell: ({ countedSeconds }) => duration(countedSeconds),
  },
  {
    id: 'tally',
    header: 'Price = pay + fee',
    isFigure: true,
    cell: ({ total }) => <TallyLine tally={total} />,
  },
];

/** Weeks that wait for the lab, the shortest time left first; or all that were submitted, newest first. */
export function TimeReviewPage() {
  const [{ after, show, engagement }, change] = useFilters({ after: '', show: 'waiting', engagement: '' });
  const { mayReview } = useLabRights();
  const query = useQuery({
    query: WeeksToReview,
    variables: {
      after: after || null,
      toReview: show === 'waiting',
      engagementId: show === 'all' && engagement ? engagement : null,
    },
    pause: !mayReview,
  });
  const about =
    'What experts submitted, oldest first. What you do not question in time is approved and charged. Weeks run Monday to Monday, UTC.';
  if (!mayReview)
    return (
      <Page title="Time review" about={about}>
        <Notice>Approving time is for owners, managers and reviewers of your lab.</Notice>
      </Page>
    );
  return (
    <Page title="Time review" about={about}>
      <FilterBar>
        <ChoiceFilter
          label="Show"
          value={show}
          options={SHOWN}
          onChange={(next) => change({ show: next, engagement: '' })}
        />
        {engagement && show === 'all' && (
          <span className="beside-field">
            One engagement only.{' '}
            <Link to="/lab/time" search={{ show: 'all' } as never}>
              Show all
            </Link>
          </span>
        )}
      </FilterBar>
      <Ready query={query}>
        {({ labTimesheets: { edges, pageInfo, totalCount } }) =>
          edges.length === 0 ? (
            <Empty
              action={
                show === 'waiting' && (
                  <Link className="button" to="/lab/time" search={{ show: 'all' } as never}>
                    See all weeks
                  </Link>
                )
              }
            >
              {show === 'waiting'
                ? 'No week waits for you. An email comes when one is submitted.'
                : 'No week was submitted yet. An email comes when one is.'}
            </Empty>
          ) : (
            <>
              <DataTable
                label="Weeks"
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
