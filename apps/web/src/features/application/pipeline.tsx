import type { ReactNode } from 'react';
import type { LabOpeningQuery } from '../../gql/graphql';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Empty, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { NoFunding } from './no-funding';
import { ApplicationSheet } from './application-sheet';
import { WithdrawInvitationButton } from './withdraw-invitation';

type Application = NonNullable<LabOpeningQuery['pipeline']>[number];
type Invitation = NonNullable<LabOpeningQuery['openingInvitations']>[number];

const INVITATION_WORDS: Readonly<Record<string, string>> = {
  SENT: 'Not answered yet',
  DECLINED: 'Declined',
  WITHDRAWN: 'Withdrawn by you',
};

const GROUPS = [
  ['APPLIED', 'Waiting for your answer'],
  ['OFFERED', 'An offer is out'],
  ['ENGAGED', 'Engaged'],
  ['DECLINED', 'Declined'],
  ['WITHDRAWN', 'Withdrew'],
] as const;

/** Where everybody is who was invited or applied: first those who wait for the lab. */
export function Pipeline({
  applications,
  invitations,
  opening,
  isOpen,
  shortlist,
}: {
  readonly applications: readonly Application[];
  readonly invitations: readonly Invitation[];
  readonly opening: LabOpeningQuery['publicOpening'];
  /** Whether a seat is left, so that an offer can be sent. */
  readonly isOpen: boolean;
  /** The way to the shortlist. */
  readonly shortlist: ReactNode;
}) {
  const asked = invitations.filter(
    ({ expertId }) => !applications.some((application) => application.expertId === expertId),
  );
  if (applications.length === 0 && asked.length === 0)
    return (
      <>
        {isOpen && <NoFunding currency={opening.rateMax.currency} />}
        <Empty action={shortlist}>
          Nobody has applied and nobody is invited yet. The shortlist says who fits.
        </Empty>
      </>
    );
  return (
    <>
      {isOpen && <NoFunding currency={opening.rateMax.currency} />}
      {GROUPS.map(([state, title]) => {
        const found = applications.filter((application) => application.state === state);
        return (
          found.length > 0 && (
            <Section key={state} title={`${title} (${found.length})`}>
              {found.map((application) => (
                <ApplicationSheet
                  key={application.id}
                  application={application}
                  opening={opening}
                  isOpen={isOpen}
                />
              ))}
            </Section>
          )
        );
      })}
      {asked.length > 0 && (
        <Section title={`Invited, not applied (${asked.length})`}>
          <p className="quiet">
            {counted(asked.length, 'invitation')} without an application. Nobody has to answer one.
          </p>
          <ul className="waiting">
            {asked.map((invitation) => (
              <li key={invitation.id}>
                <div>
                  <strong>{invitation.expertName}</strong>{' '}
                  <StateTag state={invitation.state} text={INVITATION_WORDS[invitation.state]} />
                  {invitation.message && <div>{invitation.message}</div>}
                </div>
                <span>
                  <span className="quiet">{moment(invitation.createdAt)}</span>{' '}
                  {invitation.state === 'SENT' && <WithdrawInvitationButton invitation={invitation} />}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
