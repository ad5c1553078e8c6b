import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OneOfferQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day, distance, moment, OWN_ZONE } from '../../lib/time';
import { counted, newKey } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Page, Ready, Section, Sheet } from '../../ui/page';
import { Tally } from '../../ui/tally';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { Decline } from './decline';

const OneOffer = graphql(`
  query OneOffer($id: ID!) {
    offer(id: $id) {
      id
      state
      openingId
      openingTitle
      labName
      weeklyCapHours
      noticeDays
      startsOn
      sentAt
      expiresAt
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
    }
  }
`);
const OfferRules = graphql(`
  query OfferRules($id: ID!) {
    publicOpening(id: $id) {
      id
      unpaidParts
      monitoring
      contentWarning
    }
  }
`);
const Accept = graphql(`
  mutation AcceptOffer($id: ID!, $key: String!) {
    acceptOffer(id: $id, idempotencyKey: $key) {
      id
    }
  }
`);
const DeclineOffer = graphql(`
  mutation DeclineOffer($id: ID!, $reason: String) {
    declineOffer(id: $id, reason: $reason) {
      id
      state
    }
  }
`);

const RuledOut = graphql(`
  query RuledOut($id: ID!) {
    applicationsRuledOut(offerId: $id) {
      id
      openingTitle
    }
  }
`);

type Offer = OneOfferQuery['offer'];

/** What the expert signs: every term that is frozen. */
export function OfferPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: OneOffer, variables: { id } });
  return (
    <Ready query={query} title="Offer">
      {({ offer }) => (
        <Page
          title={`Offer: ${offer.openingTitle}`}
          about={`${offer.labName} proposes these terms. Once you accept, both sides keep them as they are.`}
          back={<Link to="/expert/applications">Applications</Link>}
        >
          <Standing offer={offer} />
          <div className="columns">
            <Section title="The terms">
              <Terms offer={offer} />
            </Section>
            <div>
              <Sheet label="One hour">
                <Tally tally={offer.hour} label="One hour" />
              </Sheet>
              <Sheet label="A full week">
                <Tally tally={offer.week} label={`A full week, ${counted(offer.weeklyCapHours, 'hour')}`} />
              </Sheet>
              <p className="quiet">{offer.takeRateExplanation}</p>
            </div>
          </div>
          {offer.state === 'SENT' && <TakenBack offerId={offer.id} />}
          {offer.state === 'SENT' && (
            <div className="row">
              <AcceptOffer offer={offer} />
              <Decline
                id={offer.id}
                button="Decline the offer"
                title="Decline this offer?"
                said="Declined. Your application stays open."
                write={DeclineOffer}
              >
                <p>The lab is told. Your application stays open; the lab may send other terms.</p>
              </Decline>
            </div>
          )}
        </Page>
      )}
    </Ready>
  );
}

const ENDED: Readonly<Record<string, string>> = {
  ACCEPTED: 'You accepted this offer.',
  DECLINED: 'You declined this offer. Your application stays open.',
  WITHDRAWN: 'The lab took this offer back. Your application stays open.',
  EXPIRED: 'This offer lapsed: it was not answered in time. Your application stays open.',
};

/** Whether it can still be answered, and until when. */
function Standing({ offer: { state, expiresAt } }: { readonly offer: Offer }) {
  if (state !== 'SENT')
    return (
      <Notice tone={state === 'ACCEPTED' ? 'good' : 'warning'}>
        {ENDED[state]} {state === 'ACCEPTED' && <Link to="/expert/engagements">See your engagements</Link>}
      </Notice>
    );
  return (
    <Notice tone="warning">
      Answer {distance(expiresAt)}, by <time dateTime={expiresAt}>{moment(expiresAt)}</time> ({OWN_ZONE}).
      After that the offer lapses, and your application stays open.
    </Notice>
  );
}

function Terms({ offer }: { readonly offer: Offer }) {
  const [{ data }] = useQuery({ query: OfferRules, variables: { id: offer.openingId } });
  const opening = data?.publicOpening;
  return (
    <Facts
      facts={[
        ['Your pay', `${money(offer.rate)} an hour`],
        ['Hours', `At most ${offer.weeklyCapHours} a week; weeks run Monday to Monday, UTC`],
        ['First day', day(offer.startsOn)],
        ['Notice', `${counted(offer.noticeDays, 'day')}, the same for both sides`],
        ['Money', 'The lab’s money for each week is held before the week begins'],
        [
          'Approval',
          'Each week that you submit shows until when the lab decides, at most 7 days; what it does not question is approved',
        ],
        opening && [
          'Not paid',
          opening.unpaidParts || 'Nothing: all time is paid, also onboarding and instructions',
        ],
        opening && ['Monitored', opening.monitoring || 'Nothing'],
        opening && ['Hard to look at', opening.contentWarning || 'Nothing said'],
        ['Sent', moment(offer.sentAt)],
      ]}
    />
  );
}

/** The applications that accepting takes back, since one of the two is exclusive. */
function TakenBack({ offerId }: { readonly offerId: string }) {
  const [{ data }] = useQuery({ query: RuledOut, variables: { id: offerId } });
  const applications = data?.applicationsRuledOut ?? [];
  if (applications.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>Exclusive work is the only work that you do. Accepting takes these applications of yours back:</p>
      <ul>
        {applications.map(({ id, openingTitle }) => (
          <li key={id}>{openingTitle}</li>
        ))}
      </ul>
    </Notice>
  );
}

function AcceptOffer({ offer }: { readonly offer: Offer }) {
  const [key] = useState(newKey);
  const navigate = useNavigate();
  const { run, isSending, problem } = useAction(Accept);
  const accept = async () => {
    const done = await run({ id: offer.id, key });
    if (!done) return undefined;
    say('Signed. Your engagement has begun.');
    await navigate({ to: '/expert/engagements/$id', params: { id: done.acceptOffer.id } });
    return done;
  };
  return (
    <Confirm
      button="Accept the offer"
      weight="main"
      title={`Sign with ${offer.labName}?`}
      verb="Accept the offer"
      run={accept}
      isSending={isSending}
      problem={problem}
    >
      <Tally tally={offer.hour} label="One hour" />
      <p>
        At most {offer.weeklyCapHours} hours a week from {day(offer.startsOn)}, with{' '}
        {counted(offer.noticeDays, 'day')} of notice for both sides. These terms do not change later.
      </p>
    </Confirm>
  );
}
