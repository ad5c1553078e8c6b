import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { FitView } from '../../ui/fit-view';
import { More } from '../../ui/more';
import { Empty, Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { Tally } from '../../ui/tally';
import { useAction } from '../../ui/use-action';

const Openings = graphql(`
  query Recommendations($after: String) {
    recommendations(first: 20, after: $after) {
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
            isEligible
            gates {
              code
              outcome
              sentence
            }
            parts {
              name
              value
              weight
              contribution
            }
            reasonsFor
            reasonsAgainst
            whatWouldChange
          }
        }
      }
    }
  }
`);
const OneOpening = graphql(`
  query OneOpening($id: ID!) {
    publicOpening(id: $id) {
      id
      title
      description
      state
      labName
      projectTitle
      projectSummary
      unpaidParts
      monitoring
      contentWarning
      hoursPerWeek
      weeks
      rateMin {
        minor
        currency
      }
      rateMax {
        minor
        currency
      }
      hourAtMax {
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
    fitForMe(openingId: $id) {
      score
      isEligible
      gates {
        code
        outcome
        sentence
      }
      parts {
        name
        value
        weight
        contribution
      }
      reasonsFor
      reasonsAgainst
      whatWouldChange
    }
  }
`);
const ApplyFor = graphql(`
  mutation Apply($input: ApplyInput!) {
    apply(input: $input)
  }
`);
const Applications = graphql(`
  query MyApplications {
    myApplications {
      id
      openingId
      openingTitle
      state
      declineReason
      createdAt
      offers {
        id
        state
        expiresAt
      }
    }
  }
`);
const WithdrawApplication = graphql(`
  mutation WithdrawApplication($id: ID!) {
    withdrawApplication(id: $id)
  }
`);
const OneOffer = graphql(`
  query OneOffer($id: ID!) {
    offer(id: $id) {
      id
      state
      openingTitle
      labName
      weeklyCapHours
      noticeDays
      startsOn
      expiresAt
      takeRateExplanation
      rate {
        minor
        currency
      }
      hour {
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
const Accept = graphql(`
  mutation AcceptOffer($id: ID!, $key: String!) {
    acceptOffer(id: $id, idempotencyKey: $key) {
      id
    }
  }
`);
const DeclineOffer = graphql(`
  mutation DeclineOffer($id: ID!) {
    declineOffer(id: $id) {
      id
    }
  }
`);

/** Openings ranked for the expert; where something is missing, what. */
export function OpeningsPage() {
  const [after, setAfter] = useState<string>();
  const [{ data, error }, query] = useQuery({
    query: Openings,
    variables: { after },
    requestPolicy: 'cache-and-network',
  });
  if (!data) return <Pending error={error} retry={query} />;
  const { fits, scoredAt } = data.recommendations;
  return (
    <Page title="Openings">
      {!scoredAt && (
        <p className="notice" role="status">
          Your openings are being ranked; that takes a few seconds while the worker runs.{' '}
          <button type="button" className="button" onClick={() => query({ requestPolicy: 'network-only' })}>
            Look again
          </button>
        </p>
      )}
      {scoredAt && fits.edges.length === 0 && (
        <Empty>No work is open at the moment. A complete profile is found as soon as there is.</Empty>
      )}
      {fits.edges.map(({ node }) => (
        <section className="sheet" key={node.id} aria-label={node.openingTitle}>
          <h2>
            <Link to="/expert/openings/$id" params={{ id: node.openingId }}>
              {node.openingTitle}
            </Link>{' '}
            {!node.isEligible && <span className="tag wait">Something is missing</span>}
          </h2>
          <FitView fit={node} />
        </section>
      ))}
      <More pageInfo={fits.pageInfo} total={fits.totalCount} onPage={setAfter} />
    </Page>
  );
}

/** One opening: what it is, what it pays, and how it fits. */
export function ExpertOpeningPage() {
  const { id = '' } = useParams({ strict: false });
  const [{ data, error }, query] = useQuery({
    query: OneOpening,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const [note, setNote] = useState('');
  const [key] = useState(newKey);
  const navigate = useNavigate();
  const { run, isSending, problem } = useAction(ApplyFor);
  if (!data) return <Pending error={error} retry={query} />;
  const { publicOpening: opening, fitForMe: fit } = data;
  const send = async () => {
    if (await run({ input: { openingId: id, note, idempotencyKey: key } }))
      await navigate({ to: '/expert/applications' });
  };
  return (
    <Page title={opening.title}>
      <p>
        <StateTag state={opening.state} /> {opening.labName}: {opening.projectTitle}. {opening.projectSummary}
      </p>
      <p>{opening.description}</p>
      <p>
        {money(opening.rateMin)} to {money(opening.rateMax)} an hour, {opening.hoursPerWeek} hours a week for{' '}
        {opening.weeks} weeks.
      </p>
      <ul>
        <li>Not paid: {opening.unpaidParts || 'nothing, all time is paid'}</li>
        <li>Monitored: {opening.monitoring || 'nothing'}</li>
        <li>Hard to look at: {opening.contentWarning || 'nothing said'}</li>
      </ul>
      <h2>One hour at the upper end</h2>
      <Tally tally={opening.hourAtMax} />
      <h2>How it fits you</h2>
      {fit ? <FitView fit={fit} /> : <p>It is being scored; look again in a few seconds.</p>}
      {opening.state === 'OPEN' && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <h2>Apply</h2>
          <ProblemNotice problem={problem} />
          <Field label="A few words to the lab" name="note" isLong value={note} onChange={setNote} />
          <button className="button main" disabled={isSending}>
            Apply
          </button>
        </form>
      )}
    </Page>
  );
}

/** Where the expert's applications stand. */
export function ApplicationsPage() {
  const [{ data, error }, query] = useQuery({ query: Applications, requestPolicy: 'cache-and-network' });
  const withdraw = useAction(WithdrawApplication);
  if (!data) return <Pending error={error} retry={query} />;
  const takeBack = async (id: string) => {
    if (await withdraw.run({ id })) query({ requestPolicy: 'network-only' });
  };
  return (
    <Page title="Applications">
      <ProblemNotice problem={withdraw.problem} />
      {data.myApplications.length === 0 && (
        <Empty action={<Link to="/expert/openings">See openings</Link>}>You have not applied yet.</Empty>
      )}
      {data.myApplications.map((application) => (
        <section className="sheet" key={application.id}>
          <h2>
            {application.openingTitle} <StateTag state={application.state} />
          </h2>
          <p className="quiet">Applied on {day(application.createdAt)}</p>
          {application.declineReason && <p>The lab's reason: {application.declineReason}</p>}
          {application.offers.map((offer) => (
            <p key={offer.id}>
              <Link to="/expert/offers/$id" params={{ id: offer.id }}>
                Offer
              </Link>{' '}
              <StateTag state={offer.state} />{' '}
              {offer.state === 'SENT' && `answer until ${moment(offer.expiresAt)}`}
            </p>
          ))}
          {(application.state === 'APPLIED' || application.state === 'OFFERED') && (
            <button type="button" className="button" onClick={() => void takeBack(application.id)}>
              Withdraw
            </button>
          )}
        </section>
      ))}
    </Page>
  );
}

/** The terms that are signed. */
export function OfferPage() {
  const { id = '' } = useParams({ strict: false });
  const [{ data, error }, query] = useQuery({ query: OneOffer, variables: { id } });
  const [key] = useState(newKey);
  const accept = useAction(Accept);
  const decline = useAction(DeclineOffer);
  const navigate = useNavigate();
  if (!data) return <Pending error={error} retry={query} />;
  const { offer } = data;
  const sign = async () => {
    const done = await accept.run({ id, key });
    if (done) await navigate({ to: '/expert/engagements/$id', params: { id: done.acceptOffer.id } });
  };
  const refuse = async () => {
    if (await decline.run({ id })) query({ requestPolicy: 'network-only' });
  };
  return (
    <Page title={`Offer: ${offer.openingTitle}`}>
      <p>
        <StateTag state={offer.state} /> {offer.labName} offers {money(offer.rate)} an hour, at most{' '}
        {offer.weeklyCapHours} hours a week, from {day(offer.startsOn)}, with {offer.noticeDays} days of
        notice for both sides.
      </p>
      <h2>One hour</h2>
      <Tally tally={offer.hour} />
      <h2>A full week</h2>
      <Tally tally={offer.week} />
      <p className="quiet">
        {offer.takeRateExplanation} When you accept, all of this is frozen. The money of each week is held
        before it begins.
      </p>
      <ProblemNotice problem={accept.problem ?? decline.problem} />
      {offer.state === 'SENT' && (
        <div className="row">
          <button
            type="button"
            className="button main"
            disabled={accept.isSending}
            onClick={() => void sign()}
          >
            Accept the offer
          </button>
          <button type="button" className="button" disabled={decline.isSending} onClick={() => void refuse()}>
            Decline
          </button>
        </div>
      )}
    </Page>
  );
}
