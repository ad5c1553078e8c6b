import { Link } from '@tanstack/react-router';
import { graphql } from '../../gql';
import type { MyApplicationsQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { moment } from '../../lib/time';
import { Section, Sheet } from '../../ui/page';
import { Decline } from './decline';

const DeclineInvitation = graphql(`
  mutation DeclineInvitation($id: ID!, $reason: String) {
    declineInvitation(id: $id, reason: $reason)
  }
`);

type Invitation = MyApplicationsQuery['myInvitations'][number];

/** Labs that ask the expert to apply, and wait for an answer. */
export function Invitations({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const open = invitations.filter(({ state }) => state === 'SENT');
  if (open.length === 0) return null;
  return (
    <Section title="Invitations">
      {open.map((invitation) => (
        <InvitationSheet key={invitation.id} invitation={invitation} />
      ))}
    </Section>
  );
}

function InvitationSheet({
  invitation: { id, opening, openingId, message, createdAt },
}: {
  readonly invitation: Invitation;
}) {
  const title = opening?.title ?? 'A closed opening';
  return (
    <Sheet label={`Invitation to ${title}`}>
      <h3>
        {opening?.labName ?? 'A lab'} invites you to {title}
      </h3>
      {message && <p>“{message}”</p>}
      {opening && (
        <p>
          <strong className="expert">
            {money(opening.rateMin)} to {money(opening.rateMax)}
          </strong>{' '}
          an hour for you, {opening.hoursPerWeek} hours a week for {opening.weeks} weeks.
        </p>
      )}
      <p className="quiet">Sent on {moment(createdAt)}.</p>
      <div className="row">
        {opening?.state === 'OPEN' && (
          <Link className="button main" to="/expert/openings/$id" params={{ id: openingId }}>
            Read it and accept by applying
          </Link>
        )}
        <Decline
          id={id}
          button="Decline the invitation"
          title={`Decline the invitation to ${title}?`}
          said="Declined. The lab was told."
          write={DeclineInvitation}
        >
          <p>The lab is told. It cannot invite you to this opening again, but you can still apply.</p>
        </Decline>
      </div>
    </Sheet>
  );
}
