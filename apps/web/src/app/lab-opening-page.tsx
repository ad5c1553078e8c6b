import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { CloseOpeningButton } from '../features/project/close-opening-button';
import { InvitePanel } from '../features/application/invite-panel';
import { Pipeline } from '../features/application/pipeline';
import type { Candidate, Standing } from '../features/matching/candidate';
import { Shortlist } from '../features/matching/shortlist';
import { graphql } from '../gql';
import type { LabOpeningQuery } from '../gql/graphql';
import { useFilters } from '../lib/filters';
import { firstDay } from '../lib/first-day';
import { money } from '../lib/money';
import { useLabRights } from '../lib/viewer';
import { counted } from '../lib/words';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Page, Ready } from '../ui/page';
import { StateTag } from '../ui/state-tag';
import { Tabs } from '../ui/tabs';
import { say } from '../ui/toast';

const LabOpening = graphql(`
  query LabOpening($id: ID!, $mayHire: Boolean!) {
    publicOpening(id: $id) {
      id
      title
      state
      projectId
      projectTitle
      seats
      seatsFilled
      hoursPerWeek
      weeks
      startsOn
      rateMin {
        minor
        currency
      }
      rateMax {
        minor
        currency
      }
    }
    pipeline(openingId: $id) @include(if: $mayHire) {
      id
      expertId
      expertName
      note
      state
      declineReason
      createdAt
      whyNoOffer
      offers {
        id
        state
        sentAt
        expiresAt
        startsOn
        weeklyCapHours
        noticeDays
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
      }
    }
    openingInvitations(openingId: $id) @include(if: $mayHire) {
      id
      expertId
      expertName
      message
      state
      createdAt
    }
  }
`);

type Opening = LabOpeningQuery['publicOpening'];

/** One opening of the lab: who fits, and where everybody is who was asked or applied. */
export function LabOpeningPage() {
  const { id = '' } = useParams({ strict: false });
  const [{ view }] = useFilters({ view: '' });
  const { mayHire, mayReview } = useLabRights();
  const query = useQuery({ query: LabOpening, variables: { id, mayHire } });
  return (
    <Ready query={query} title="Opening">
      {({ publicOpening: opening, pipeline = [], openingInvitations = [] }) => {
        const waiting = (pipeline ?? []).filter(({ state }) => state === 'APPLIED').length;
        const shown = view || (waiting > 0 ? 'pipeline' : 'shortlist');
        const tabs = [
          { code: 'shortlist', label: 'Shortlist' },
          { code: 'pipeline', label: waiting > 0 ? `Pipeline, ${waiting} waiting` : 'Pipeline' },
        ];
        return (
          <Page
            title={opening.title}
            about={<Summary opening={opening} />}
            back={
              <Link to="/lab/projects/$id" params={{ id: opening.projectId }}>
                {opening.projectTitle}
              </Link>
            }
            action={
              mayHire &&
              opening.state !== 'CLOSED' && (
                <>
                  {waiting > 0 && (
                    <Link
                      className="button"
                      to="/lab/projects/$id/seats"
                      params={{ id: opening.projectId }}
                      search={{ opening: id } as never}
                    >
                      Propose seats
                    </Link>
                  )}
                  <CloseOpeningButton opening={opening} />
                </>
              )
            }
          >
            {opening.state === 'CLOSED' && (
              <Notice>This opening is closed: nobody can apply, and no offer can be sent any more.</Notice>
            )}
            {mayHire && <Tabs name="view" label="Parts of this opening" tabs={tabs} value={shown} />}
            {mayHire && shown === 'pipeline' ? (
              <Pipeline
                applications={pipeline ?? []}
                invitations={openingInvitations ?? []}
                opening={opening}
                isOpen={opening.state === 'OPEN'}
                shortlist={
                  <Link
                    className="button main"
                    to="/lab/openings/$id"
                    params={{ id }}
                    search={{ view: 'shortlist' } as never}
                  >
                    Go to the shortlist
                  </Link>
                }
              />
            ) : mayReview ? (
              <ShortlistOf
                opening={opening}
                standings={standingsOf(pipeline, openingInvitations)}
                stopped={stoppedOf(pipeline)}
              />
            ) : (
              <Notice>Shortlists are for owners, managers and reviewers of your lab.</Notice>
            )}
          </Page>
        );
      }}
    </Ready>
  );
}

function Summary({ opening }: { readonly opening: Opening }) {
  return (
    <>
      <StateTag state={opening.state} /> {money(opening.rateMin)} to {money(opening.rateMax)} an hour,{' '}
      {opening.seatsFilled} of {counted(opening.seats, 'seat')} taken, {counted(opening.hoursPerWeek, 'hour')}{' '}
      a week for {counted(opening.weeks, 'week')}. First day: {firstDay(opening)}.
    </>
  );
}

function standingsOf(
  pipeline: LabOpeningQuery['pipeline'],
  invitations: LabOpeningQuery['openingInvitations'],
): Map<string, Standing> {
  return new Map([
    ...(invitations ?? []).flatMap(({ expertId, state }) =>
      state === 'WITHDRAWN'
        ? []
        : [[expertId, state === 'DECLINED' ? 'DECLINED' : 'INVITED'] as readonly [string, Standing]],
    ),
    ...(pipeline ?? []).map(({ expertId, state }) => [expertId, state as Standing] as const),
  ]);
}

/** To whom no offer can be sent now, and why. */
function stoppedOf(pipeline: LabOpeningQuery['pipeline']): Map<string, string> {
  return new Map(
    (pipeline ?? []).flatMap(({ expertId, whyNoOffer }) =>
      whyNoOffer ? [[expertId, whyNoOffer] as const] : [],
    ),
  );
}

/** The shortlist with what the lab can do from it. */
function ShortlistOf({
  opening,
  standings,
  stopped,
}: {
  readonly opening: Opening;
  readonly standings: Map<string, Standing>;
  readonly stopped: ReadonlyMap<string, string>;
}) {
  const { mayHire } = useLabRights();
  const [asked, setAsked] = useState<Candidate>();
  const navigate = useNavigate();
  const invite = (candidate: Candidate) => {
    if (!mayHire) say('Only an owner or a manager of your lab invites.');
    else if (opening.state !== 'OPEN') say('This opening takes nobody any more.');
    else if (standings.has(candidate.expertId)) say(`${candidate.expertName} is asked already.`);
    else setAsked(candidate);
  };
  const offer = ({ expertId, expertName }: Candidate) => {
    if (!mayHire) return say('Only an owner or a manager of your lab sends offers.');
    if (standings.get(expertId) !== 'APPLIED')
      return say(`${expertName} has to apply before you can send an offer. Invite them.`);
    const why = stopped.get(expertId);
    if (why) return say(`No offer can be sent to ${expertName} now. ${why}`);
    void navigate({ to: '.', search: { view: 'pipeline' } as never, hash: `applicant-${expertId}` });
  };
  const mayAct = mayHire && opening.state === 'OPEN';
  const mayOffer = ({ expertId }: Candidate) =>
    mayAct && standings.get(expertId) === 'APPLIED' && !stopped.has(expertId);
  const mayInvite = ({ expertId }: Candidate) => mayAct && !standings.has(expertId);
  const actionsOf = (candidate: Candidate) => {
    if (mayOffer(candidate))
      return (
        <Button
          weight="main"
          name={`Offer terms to ${candidate.expertName}`}
          onPress={() => offer(candidate)}
        >
          Offer
        </Button>
      );
    return (
      mayInvite(candidate) && (
        <Button name={`Invite ${candidate.expertName}`} onPress={() => invite(candidate)}>
          Invite
        </Button>
      )
    );
  };
  return (
    <>
      <Shortlist
        openingId={opening.id}
        standings={standings}
        actionsOf={actionsOf}
        mayInvite={mayInvite}
        mayOffer={mayOffer}
        mayMark={mayHire}
        onInvite={invite}
        onOffer={offer}
      />
      {asked && (
        <InvitePanel
          openingId={opening.id}
          expertId={asked.expertId}
          expertName={asked.expertName}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
