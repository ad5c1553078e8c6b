import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ExpertEngagementQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { asSentence, counted } from '../../lib/words';
import { DataTable, type Column } from '../../ui/data-table';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section, Sheet } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Tally } from '../../ui/tally';
import { LinesForExpert } from './charged-lines';
import { HOLD_STATES } from './expert-words';
import { GiveNotice } from './give-notice';
import { HireDirectly } from './hire-directly';
import { WaitsForExpert } from './waits';

const Engagement = graphql(`
  query ExpertEngagement($id: ID!) {
    engagement(id: $id) {
      id
      openingId
      openingTitle
      labName
      state
      weeklyCapHours
      noticeDays
      signedAt
      startsOn
      endsAt
      endReason
      wait {
        since
        sentence
        mendPath
      }
      takeRateExplanation
      rate {
        minor
        currency
      }
      hour {
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
      week {
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
      thisWeekFunding {
        weekStart
        state
        sentence
        amount {
          minor
          currency
        }
      }
      nextWeekFunding {
        weekStart
        state
        sentence
        amount {
          minor
          currency
        }
      }
      weeks {
        id
        weekStart
        state
        failureReason
        held {
          minor
          currency
        }
      }
    }
  }
`);

type Detail = ExpertEngagementQuery['engagement'];
type WeekOf = Detail['weeks'][number];

/** What was signed, and the money that is held for each week. */
export function ExpertEngagementPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: Engagement, variables: { id } });
  return (
    <Ready query={query} title="Engagement">
      {({ engagement }) => (
        <Page
          title={engagement.openingTitle}
          about={`Your engagement with ${engagement.labName}. Its terms are frozen since ${day(engagement.signedAt)}.`}
          back={<Link to="/expert/engagements">Engagements</Link>}
          action={
            <>
              <Link className="button" to="/expert/engagements/$id/statement" params={{ id }}>
                Statement
              </Link>
              {engagement.state !== 'ENDED' && (
                <Link className="button main" to="/expert/week">
                  Log time
                </Link>
              )}
            </>
          }
        >
          {engagement.wait && <WaitsForExpert wait={engagement.wait} />}
          <Standing engagement={engagement} />
          <Section title="This week and the next">
            <Holds engagement={engagement} />
          </Section>
          <div className="columns">
            <Section title="Terms">
              <Terms engagement={engagement} />
            </Section>
            <div>
              <Sheet label="One hour">
                <Tally tally={engagement.hour} label="One hour" />
              </Sheet>
              <Sheet label="A full week">
                <Tally
                  tally={engagement.week}
                  label={`A full week, ${counted(engagement.weeklyCapHours, 'hour')}`}
                />
              </Sheet>
              <p className="quiet">{engagement.takeRateExplanation}</p>
            </div>
          </div>
          <Section title="Charged lines">
            <LinesForExpert id={id} />
          </Section>
          <Section title="All weeks and their money">
            {engagement.weeks.length === 0 ? (
              <Empty>No week is opened yet; the first is opened before it begins.</Empty>
            ) : (
              <DataTable label="Weeks" columns={WEEKS} rows={engagement.weeks} keyOf={({ id: key }) => key} />
            )}
          </Section>
          <HireDirectly id={id} />
          {(engagement.state === 'ACTIVE' || engagement.state === 'BLOCKED_FUNDING') && (
            <Section title="End this engagement">
              <p>
                Either side can give notice. Work goes on for {counted(engagement.noticeDays, 'day')} after it
                and is paid.
              </p>
              <GiveNotice engagement={engagement} />
            </Section>
          )}
        </Page>
      )}
    </Ready>
  );
}

/** What is not as it should be, or soon ends. */
function Standing({ engagement: { state, endsAt, endReason } }: { readonly engagement: Detail }) {
  if (state === 'BLOCKED_FUNDING')
    return (
      <Notice tone="bad">
        This week’s money is not held, so no time can be logged now. The lab has been told. What you logged
        before is safe and is paid; you get an email when you can work again.
      </Notice>
    );
  if (state === 'NOTICE' && endsAt)
    return (
      <Notice tone="warning">
        It ends on {day(endsAt)}.{' '}
        {endReason ? `The reason: ${asSentence(endReason)}` : 'No reason was given.'} Until then work goes on
        and is paid.
      </Notice>
    );
  if (state === 'ENDED')
    return (
      <Notice>
        It ended{endsAt && <> on {day(endsAt)}</>}. {endReason && `The reason: ${asSentence(endReason)}`} What
        you handed in is decided and paid as agreed.
      </Notice>
    );
  return null;
}

/** The money of this week and of the next, and what happens where it is not there. */
function Holds({ engagement: { thisWeekFunding, nextWeekFunding } }: { readonly engagement: Detail }) {
  return (
    <>
      <Facts
        facts={[
          [`This week, from ${day(thisWeekFunding.weekStart)}`, <Hold key="now" hold={thisWeekFunding} />],
          [`Next week, from ${day(nextWeekFunding.weekStart)}`, <Hold key="next" hold={nextWeekFunding} />],
        ]}
      />
      <p className="quiet">
        If the lab’s balance does not cover a week, you are told before it begins and no time can be logged in
        it until it does. Weeks run Monday to Monday, UTC.
      </p>
    </>
  );
}

function Hold({ hold: { state, amount, sentence } }: { readonly hold: Detail['thisWeekFunding'] }) {
  return (
    <>
      <StateTag state={state} text={HOLD_STATES[state]} />{' '}
      {state === 'HELD' && <strong>{money(amount)} held. </strong>}
      {sentence}
    </>
  );
}

function Terms({ engagement }: { readonly engagement: Detail }) {
  return (
    <Facts
      facts={[
        ['Your pay', `${money(engagement.rate)} an hour`],
        ['Hours', `At most ${engagement.weeklyCapHours} a week`],
        ['First day', day(engagement.startsOn)],
        ['Notice', `${counted(engagement.noticeDays, 'day')}, the same for both sides`],
        engagement.endsAt ? ['Last day', day(engagement.endsAt)] : null,
        [
          'Opening',
          <Link key="opening" to="/expert/openings/$id" params={{ id: engagement.openingId }}>
            {engagement.openingTitle}
          </Link>,
        ],
      ]}
    />
  );
}

const WEEKS: readonly Column<WeekOf>[] = [
  {
    id: 'week',
    header: 'Week of',
    cell: ({ weekStart }) => (
      <Link to="/expert/week" search={{ at: weekStart.slice(0, 10) } as never}>
        {day(weekStart)}
      </Link>
    ),
  },
  {
    id: 'state',
    header: 'Money',
    cell: ({ state, failureReason }) => (
      <>
        <StateTag state={state} text={HOLD_STATES[state]} /> {failureReason}
      </>
    ),
  },
  { id: 'held', header: 'Still held', cell: ({ held }) => money(held), isFigure: true },
];
