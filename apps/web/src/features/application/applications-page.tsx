import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { MyApplicationsQuery } from '../../gql/graphql';
import { distance, moment } from '../../lib/time';
import { Confirm } from '../../ui/confirm';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section, Sheet } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Steps, type Step } from '../../ui/steps';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { Invitations } from './invitations';

const Applications = graphql(`
  query MyApplications {
    myApplications {
      id
      openingId
      openingTitle
      state
      note
      declineReason
      createdAt
      opening {
        id
        labName
        state
      }
      offers {
        id
        state
        sentAt
        expiresAt
      }
    }
    myInvitations {
      id
      openingId
      message
      state
      createdAt
      opening {
        id
        title
        labName
        state
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
      }
    }
  }
`);
const WithdrawApplication = graphql(`
  mutation WithdrawApplication($id: ID!) {
    withdrawApplication(id: $id)
  }
`);

type Application = MyApplicationsQuery['myApplications'][number];

const STATES: Readonly<Record<string, string>> = {
  APPLIED: 'With the lab',
  OFFERED: 'You have an offer',
  ENGAGED: 'Engaged',
  DECLINED: 'Not taken',
  WITHDRAWN: 'Withdrawn',
};

/** Where the expert's applications and invitations stand. */
export function ApplicationsPage() {
  const query = useQuery({ query: Applications });
  return (
    <Page title="Applications" about="Where each one stands, and who acts next.">
      <Ready query={query}>
        {({ myApplications, myInvitations }) => (
          <>
            <Invitations invitations={myInvitations} />
            <Section title="Your applications">
              {myApplications.length === 0 && (
                <Empty
                  action={
                    <Link className="button" to="/expert/openings">
                      See openings
                    </Link>
                  }
                >
                  You have not applied yet.
                </Empty>
              )}
              {myApplications.map((application) => (
                <ApplicationSheet key={application.id} application={application} />
              ))}
            </Section>
          </>
        )}
      </Ready>
    </Page>
  );
}

function ApplicationSheet({ application }: { readonly application: Application }) {
  const { openingTitle, openingId, opening, state, offers, declineReason } = application;
  const offer = offers.find((each) => each.state === 'SENT');
  return (
    <Sheet label={openingTitle}>
      <div className="spread">
        <h3>
          <Link to="/expert/openings/$id" params={{ id: openingId }}>
            {openingTitle}
          </Link>
          {opening && `, ${opening.labName}`}
        </h3>
        <StateTag state={state} text={STATES[state]} />
      </div>
      {state === 'DECLINED' && (
        <Notice tone="bad">The lab did not take it. Its reason: {declineReason ?? 'none was given'}</Notice>
      )}
      <Steps label={`Steps of ${openingTitle}`} steps={stepsOf(application)} />
      {application.note && (
        <details>
          <summary>What you wrote</summary>
          <p>{application.note}</p>
        </details>
      )}
      <div className="row">
        {offer && (
          <Link className="button main" to="/expert/offers/$id" params={{ id: offer.id }}>
            Read the offer
          </Link>
        )}
        {(state === 'APPLIED' || state === 'OFFERED') && <Withdraw application={application} />}
        {state === 'ENGAGED' && (
          <Link className="button" to="/expert/engagements">
            See your engagements
          </Link>
        )}
      </div>
    </Sheet>
  );
}

/** From the application to the engagement, with who acts at each step. */
function stepsOf({ state, createdAt, offers }: Application): Step[] {
  const [last] = offers;
  const isEnded = state === 'DECLINED' || state === 'WITHDRAWN';
  const applied: Step = { label: 'You applied', state: 'done', at: createdAt };
  if (isEnded)
    return [
      applied,
      ...(last ? [offerStep(last)] : []),
      { label: state === 'DECLINED' ? 'The lab declined' : 'You withdrew', state: 'done' },
    ];
  const past = last && state === 'APPLIED' ? [offerStep(last)] : [];
  return [
    applied,
    ...past,
    {
      label: 'The lab reads it',
      state: state === 'APPLIED' ? 'now' : 'done',
      about: state === 'APPLIED' ? 'The lab acts. An email comes when it does.' : undefined,
    },
    {
      label: 'The lab makes an offer',
      state: state === 'APPLIED' ? 'waiting' : 'done',
      at: state === 'APPLIED' ? undefined : last?.sentAt,
    },
    {
      label: 'You accept the offer',
      state: state === 'OFFERED' ? 'now' : state === 'ENGAGED' ? 'done' : 'waiting',
      about:
        state === 'OFFERED' && last
          ? `You act, until ${moment(last.expiresAt)} (${distance(last.expiresAt)}).`
          : undefined,
    },
    { label: 'You are engaged', state: state === 'ENGAGED' ? 'done' : 'waiting' },
  ];
}

const ENDED: Readonly<Record<string, string>> = {
  DECLINED: 'You declined an offer',
  WITHDRAWN: 'The lab took an offer back',
  EXPIRED: 'An offer lapsed unanswered',
  ACCEPTED: 'You accepted an offer',
  SENT: 'The lab made an offer',
};

function offerStep({ state, sentAt }: Application['offers'][number]): Step {
  return { label: ENDED[state] ?? 'An offer', state: 'done', at: sentAt };
}

function Withdraw({ application: { id, openingTitle, state } }: { readonly application: Application }) {
  const { run, isSending, problem } = useAction(WithdrawApplication);
  return (
    <Confirm
      button="Withdraw"
      title={`Withdraw from ${openingTitle}?`}
      verb="Withdraw the application"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({ id });
        if (done) say('Withdrawn. The lab was told.');
        return done;
      }}
    >
      <p>
        The lab is told. {state === 'OFFERED' && 'The offer that waits for you ends too. '}You cannot apply
        for this opening again.
      </p>
    </Confirm>
  );
}
