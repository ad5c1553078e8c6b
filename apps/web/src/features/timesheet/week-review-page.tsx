import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { WeekToReviewQuery } from '../../gql/graphql';
import { day, distance, duration, moment, OWN_ZONE } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { counted } from '../../lib/words';
import { Notice } from '../../ui/notice';
import { Page, Ready, Section, Sheet } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Tally } from '../../ui/tally';
import { ApproveAll } from './approve-buttons';
import { ReviewLine } from './review-line';
import { WEEK_WORDS } from './review-words';

const WeekToReview = graphql(`
  query WeekToReview($id: ID!) {
    timesheet(id: $id) {
      id
      engagementId
      openingTitle
      expertName
      weekStart
      sheetNumber
      state
      submittedAt
      reviewDueAt
      isFunded
      countedSeconds
      weeklyCapHours
      total {
        ...ReviewTally
      }
      labEstimate
      lines {
        id
        kind
        source
        note
        startsAt
        endsAt
        state
        countedSeconds
        isCharged
        tally {
          ...ReviewTally
        }
        questions {
          id
          question
          proposedSeconds
          askedAt
          answer
          answeredAt
          resolution
          resolvedAt
        }
      }
    }
  }
  fragment ReviewTally on Tally {
    takeRatePpm
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
`);

type Week = WeekToReviewQuery['timesheet'];
type Line = Week['lines'][number];

const isWaiting = ({ state }: Line) => state === 'SUBMITTED' || state === 'ANSWERED';

/** One week for the lab: each line by its day, to approve or to question. */
export function WeekReviewPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: WeekToReview, variables: { id } });
  const { mayReview } = useLabRights();
  return (
    <Ready query={query} title="Week">
      {({ timesheet: week }) => {
        const waiting = week.lines.filter(isWaiting);
        return (
          <Page
            title={`Week of ${day(week.weekStart)}`}
            about={
              <>
                <StateTag state={week.state} text={WEEK_WORDS[week.state]} /> {week.expertName},{' '}
                <Link to="/lab/engagements/$id" params={{ id: week.engagementId }}>
                  {week.openingTitle}
                </Link>
                {week.sheetNumber > 1 && `, sheet ${week.sheetNumber}`}
              </>
            }
            back={<Link to="/lab/time">Time review</Link>}
            action={mayReview && waiting.length > 0 && <ApproveAll week={week} waiting={waiting} />}
          >
            <Standing week={week} waiting={waiting.length} mayReview={mayReview} />
            <Sheet label="The week in three numbers">
              <Tally
                tally={week.total}
                label={`${duration(week.countedSeconds)} of at most ${counted(week.weeklyCapHours, 'hour')}`}
              />
              {week.labEstimate && <p className="quiet">{week.labEstimate}</p>}
            </Sheet>
            <Days week={week} mayReview={mayReview} />
            <p className="quiet">
              Times are in your zone, {OWN_ZONE.replaceAll('_', ' ')}. The week runs Monday to Monday, UTC.
              Tracked time was measured by the timer; time by hand was entered afterwards and has a note.
            </p>
          </Page>
        );
      }}
    </Ready>
  );
}

/** What happens next, and when. */
function Standing({
  week,
  waiting,
  mayReview,
}: {
  readonly week: Week;
  readonly waiting: number;
  readonly mayReview: boolean;
}) {
  const { mayReadMoney } = useLabRights();
  const { reviewDueAt, isFunded, lines } = week;
  const questioned = lines.filter(({ state }) => state === 'QUESTIONED').length;
  if (week.state === 'CHARGED')
    return <Notice tone="good">Every line is approved and charged. Nothing is left to do.</Notice>;
  return (
    <>
      {!isFunded && (
        <Notice tone="bad">
          No money is held for this week. Approving needs it in your balance.{' '}
          {mayReadMoney ? (
            <Link to="/lab/billing">Add funds</Link>
          ) : (
            'An owner or finance of your lab adds it.'
          )}
        </Notice>
      )}
      {waiting > 0 && reviewDueAt && (
        <Notice tone="warning">
          {counted(waiting, 'line waits', 'lines wait')} for you. What you neither approve nor question until{' '}
          <time dateTime={reviewDueAt}>{moment(reviewDueAt)}</time> ({distance(reviewDueAt)}) is approved and
          charged.
        </Notice>
      )}
      {questioned > 0 && (
        <Notice>
          {counted(questioned, 'line waits', 'lines wait')} for the expert’s answer. A questioned line is
          never decided by silence; you can still approve it. After an answer you have the days for review
          again.
        </Notice>
      )}
      {!mayReview && <Notice>Approving and questioning is for owners, managers and reviewers.</Notice>}
    </>
  );
}

function Days({ week, mayReview }: { readonly week: Week; readonly mayReview: boolean }) {
  const days = new Map<string, Line[]>();
  for (const line of week.lines) {
    const name = new Date(line.startsAt).toLocaleDateString('en-GB', {
      weekday: 'long',
      day: 'numeric',
      month: 'short',
    });
    days.set(name, [...(days.get(name) ?? []), line]);
  }
  return [...days].map(([name, lines]) => (
    <Section key={name} title={name}>
      <ul className="list">
        {lines.map((line) => (
          <ReviewLine key={line.id} weekId={week.id} line={line} mayReview={mayReview} />
        ))}
      </ul>
    </Section>
  ));
}
