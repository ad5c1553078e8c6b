import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabEngagementQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { counted } from '../../lib/words';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Tally } from '../../ui/tally';
import { ENGAGEMENT_WORDS } from './engagement-words';
import { LinesForLab } from './charged-lines';
import { HeldWeeks } from './held-weeks';
import { HireDirectly } from './hire-directly';
import { WeekFundings } from './week-fundings';
import { NoticeButton } from './notice-button';
import { WaitsForLab } from './waits';

const LabEngagement = graphql(`
  query LabEngagement($id: ID!, $mayReadMoney: Boolean!) {
    engagement(id: $id) {
      id
      openingId
      openingTitle
      expertName
      state
      signedAt
      startsOn
      endsAt
      endReason
      wait {
        since
        sentence
      }
      weeklyCapHours
      noticeDays
      takeRateExplanation
      rate {
        minor
        currency
      }
      hour {
        ...EngagementTally
      }
      week {
        ...EngagementTally
      }
      thisWeekFunding {
        ...FundingParts
      }
      nextWeekFunding {
        ...FundingParts
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
    labChargeSums(engagementId: $id) @include(if: $mayReadMoney) {
      currency
      seconds
      lines
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
  fragment FundingParts on WeekFunding {
    state
    sentence
    weekStart
    triedAt
    action
    actionPath
    amount {
      minor
      currency
    }
  }
  fragment EngagementTally on Tally {
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

type Engagement = LabEngagementQuery['engagement'];
type Sum = NonNullable<LabEngagementQuery['labChargeSums']>[number];

/** One engagement as the lab sees it: money for its weeks, frozen terms, what it has cost. */
export function LabEngagementPage() {
  const { id = '' } = useParams({ strict: false });
  const { mayHire, mayReview, mayManage, mayReadMoney } = useLabRights();
  const query = useQuery({ query: LabEngagement, variables: { id, mayReadMoney } });
  return (
    <Ready query={query} title="Engagement">
      {({ engagement, labChargeSums: sums }) => (
        <Page
          title={engagement.expertName}
          about={
            <>
              <StateTag state={engagement.state} text={ENGAGEMENT_WORDS[engagement.state]} />{' '}
              {engagement.openingTitle}
            </>
          }
          back={<Link to="/lab/engagements">Engagements</Link>}
          action={
            mayReview && (
              <Link className="button" to="/lab/time" search={{ engagement: id, show: 'all' } as never}>
                See the weeks
              </Link>
            )
          }
        >
          {engagement.wait && <WaitsForLab wait={engagement.wait} />}
          <Standing engagement={engagement} />
          <Section title="Money for the weeks">
            <WeekFundings weeks={[engagement.thisWeekFunding, engagement.nextWeekFunding]} />
            <HeldWeeks weeks={engagement.weeks} state={engagement.state} />
          </Section>
          <Section title="Terms, frozen at signing">
            <Terms engagement={engagement} />
          </Section>
          {sums && (
            <Section title="So far">
              <SoFar sums={sums} id={id} />
              {sums.length > 0 && <LinesForLab id={id} />}
            </Section>
          )}
          {mayReadMoney && <HireDirectly id={id} recording={mayManage && engagement} />}
          {mayHire && (engagement.state === 'ACTIVE' || engagement.state === 'BLOCKED_FUNDING') && (
            <NoticeButton
              id={id}
              expertName={engagement.expertName}
              noticeDays={engagement.noticeDays}
              week={engagement.week}
            />
          )}
        </Page>
      )}
    </Ready>
  );
}

function Standing({ engagement: { state, endsAt, endReason } }: { readonly engagement: Engagement }) {
  const { mayReadMoney } = useLabRights();
  if (state === 'BLOCKED_FUNDING')
    return (
      <Notice tone="bad">
        <p>The week that runs has no money held, so no time can be logged in it. What is approved is paid.</p>
        <p>
          Add funds, and work goes on within minutes.{' '}
          {mayReadMoney ? <Link to="/lab/billing">Add funds</Link> : 'An owner or finance of your lab can.'}
        </p>
      </Notice>
    );
  if (state === 'NOTICE' && endsAt)
    return (
      <Notice tone="warning">
        Notice is given: it ends on {day(endsAt)}. Work goes on until then and is paid. Reason: {endReason}
      </Notice>
    );
  if (state === 'ENDED' && endsAt)
    return (
      <Notice>
        It ended on {day(endsAt)}. {endReason && `Reason: ${endReason}`}
      </Notice>
    );
  return null;
}

function Terms({ engagement }: { readonly engagement: Engagement }) {
  return (
    <div className="halves">
      <Facts
        facts={[
          [
            'Opening',
            <Link key="opening" to="/lab/openings/$id" params={{ id: engagement.openingId }}>
              {engagement.openingTitle}
            </Link>,
          ],
          ['Pay an hour', money(engagement.rate)],
          ['Weekly cap', counted(engagement.weeklyCapHours, 'hour')],
          ['Notice', `${counted(engagement.noticeDays, 'day')}, for both sides`],
          ['First day', day(engagement.startsOn)],
          ['Signed', day(engagement.signedAt)],
          ['Take rate', engagement.takeRateExplanation],
        ]}
      />
      <div>
        <Tally tally={engagement.hour} label="One hour" />
        <Tally tally={engagement.week} label="A full week" />
      </div>
    </div>
  );
}

function SoFar({ sums, id }: { readonly sums: readonly Sum[]; readonly id: string }) {
  if (sums.length === 0) return <p>Nothing is charged yet. A line is charged the moment it is approved.</p>;
  return (
    <>
      {sums.map((sum) => (
        <Tally
          key={sum.currency}
          tally={sum}
          label={`${counted(sum.lines, 'line')}, ${(sum.seconds / 3600).toFixed(1)} hours charged`}
        />
      ))}
      <p>
        <Link to="/lab/engagements/$id/statement" params={{ id }}>
          Statement: your half of the tally
        </Link>
        {' · '}
        <Link to="/lab/billing" search={{ engagement: id } as never}>
          See every charged line
        </Link>
      </p>
    </>
  );
}
