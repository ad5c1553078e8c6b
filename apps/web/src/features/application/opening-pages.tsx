import { parseAmount, type Currency } from '@tallystick/domain';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { moment, today } from '../../lib/time';
import { newKey, words } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { FitView } from '../../ui/fit-view';
import { Empty, Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { Tally } from '../../ui/tally';
import { useAction } from '../../ui/use-action';

const LabOpening = graphql(`
  query LabOpening($id: ID!) {
    publicOpening(id: $id) {
      id
      title
      state
      seats
      seatsFilled
      rateMin {
        minor
        currency
      }
      rateMax {
        minor
        currency
      }
    }
    shortlist(openingId: $id, first: 20) {
      state
      askedAt
      scoredAt
      candidateCount
      eligibleCount
      removed {
        code
        count
      }
      fits {
        edges {
          node {
            id
            expertId
            expertName
            rank
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
    pipeline(openingId: $id) {
      id
      expertId
      expertName
      note
      state
      createdAt
      offers {
        id
        state
        expiresAt
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
      }
    }
  }
`);
const Invite = graphql(`
  mutation InviteExpert($input: InviteExpertInput!) {
    inviteExpert(input: $input)
  }
`);
const Offer = graphql(`
  mutation SendOffer($input: SendOfferInput!) {
    sendOffer(input: $input) {
      id
    }
  }
`);
const Decline = graphql(`
  mutation DeclineApplication($input: DeclineApplicationInput!) {
    declineApplication(input: $input)
  }
`);
const Withdraw = graphql(`
  mutation WithdrawOffer($id: ID!) {
    withdrawOffer(id: $id) {
      id
    }
  }
`);

/** One opening of the lab: who applied, who fits. */
export function LabOpeningPage() {
  const { id = '' } = useParams({ strict: false });
  const [{ data, error }, query] = useQuery({ query: LabOpening, variables: { id } });
  const invite = useAction(Invite);
  const [invited, setInvited] = useState<string[]>([]);
  const reload = () => query({ requestPolicy: 'network-only' });
  if (!data) return <Pending error={error} retry={reload} />;
  const { publicOpening: opening, shortlist, pipeline } = data;
  const ask = async (expertId: string) => {
    if (await invite.run({ input: { openingId: id, expertId, message: '', idempotencyKey: newKey() } }))
      setInvited([...invited, expertId]);
  };
  return (
    <Page title={opening.title}>
      <p>
        <StateTag state={opening.state} /> {money(opening.rateMin)} to {money(opening.rateMax)} an hour,{' '}
        {opening.seatsFilled} of {opening.seats} seats taken
      </p>
      <h2>Applications</h2>
      {pipeline.length === 0 && (
        <Empty>Nobody has applied yet. Invite somebody from the shortlist below.</Empty>
      )}
      {pipeline.map((application) => (
        <section className="sheet" key={application.id} aria-label={application.expertName}>
          <strong>{application.expertName}</strong> <StateTag state={application.state} />
          {application.note && <p>{application.note}</p>}
          {application.offers.map((offer) => (
            <div key={offer.id}>
              <p>
                Offer: <StateTag state={offer.state} />{' '}
                {offer.state === 'SENT' && `open until ${moment(offer.expiresAt)}`}
              </p>
              <Tally tally={offer.hour} />
              {offer.state === 'SENT' && <WithdrawButton id={offer.id} onDone={reload} />}
            </div>
          ))}
          {application.state === 'APPLIED' && (
            <OfferForm
              applicationId={application.id}
              currency={opening.rateMax.currency}
              rate={opening.rateMax.minor}
              onDone={reload}
            />
          )}
        </section>
      ))}
      <h2>Shortlist</h2>
      {shortlist.state === 'WAITING' ? (
        <p className="notice" role="status">
          Scoring waits for the worker{shortlist.askedAt ? `, since ${moment(shortlist.askedAt)}` : ''}.{' '}
          <button type="button" className="button" onClick={reload}>
            Look again
          </button>
        </p>
      ) : (
        <p className="quiet">
          {shortlist.candidateCount} experts looked at, {shortlist.eligibleCount} pass every gate.{' '}
          {shortlist.removed.map(({ code, count }) => `${words(code)} removed ${count}.`).join(' ')}
        </p>
      )}
      <ProblemNotice problem={invite.problem} />
      {shortlist.fits.edges.map(({ node }) => (
        <section className="sheet" key={node.id} aria-label={node.expertName}>
          <h3>
            {node.rank}. {node.expertName}
          </h3>
          <FitView fit={node} />
          {invited.includes(node.expertId) ? (
            <span className="tag good">Invited</span>
          ) : (
            <button type="button" className="button" onClick={() => void ask(node.expertId)}>
              Invite
            </button>
          )}
        </section>
      ))}
    </Page>
  );
}

function WithdrawButton({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { run, isSending, problem } = useAction(Withdraw);
  const send = async () => {
    if (await run({ id })) onDone();
  };
  return (
    <>
      <ProblemNotice problem={problem} />
      <button type="button" className="button" disabled={isSending} onClick={() => void send()}>
        Withdraw the offer
      </button>
    </>
  );
}

function OfferForm({
  applicationId,
  currency,
  rate,
  onDone,
}: {
  readonly applicationId: string;
  readonly currency: string;
  readonly rate: string;
  readonly onDone: () => void;
}) {
  const [values, set] = useState({
    rateMinorPerHour: (Number(rate) / 100).toFixed(2),
    weeklyCapHours: '10',
    noticeDays: '7',
    startsOn: today(),
    reason: '',
  });
  const [key] = useState(newKey);
  const offer = useAction(Offer);
  const decline = useAction(Decline);
  const field = (name: keyof typeof values) => ({
    name,
    value: values[name],
    problem: name === 'reason' ? decline.problem : offer.problem,
    onChange: (value: string) => set({ ...values, [name]: value }),
  });
  const send = async () => {
    const amount = parseAmount(values.rateMinorPerHour, currency as Currency);
    const input = {
      applicationId,
      rateMinorPerHour: amount.ok ? amount.value.toString() : '',
      weeklyCapHours: Number(values.weeklyCapHours) || 0,
      noticeDays: Number(values.noticeDays) || 0,
      startsOn: values.startsOn,
      idempotencyKey: key,
    };
    if (await offer.run({ input })) onDone();
  };
  const refuse = async () => {
    if (await decline.run({ input: { applicationId, reason: values.reason } })) onDone();
  };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ProblemNotice problem={offer.problem?.field ? undefined : offer.problem} />
        <div className="grid">
          <Field label="Pay an hour" {...field('rateMinorPerHour')} />
          <Field label="Weekly cap, hours" {...field('weeklyCapHours')} />
          <Field label="Notice, days" {...field('noticeDays')} />
          <Field label="First day" type="date" {...field('startsOn')} />
        </div>
        <button className="button main" disabled={offer.isSending}>
          Send the offer
        </button>
      </form>
      <details>
        <summary>Decline instead</summary>
        <Field label="Reason" hint="The expert reads it." {...field('reason')} />
        <button type="button" className="button" disabled={decline.isSending} onClick={() => void refuse()}>
          Decline with this reason
        </button>
      </details>
    </>
  );
}
