import { graphql } from '../../gql';
import { moment } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Button } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { ProblemNotice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { InviteMember } from './invite-member-form';
import { roleName } from './lab-roles';

const Revoke = graphql(`
  mutation RevokeLabInvitation($id: ID!) {
    revokeLabInvitation(id: $id) {
      id
    }
  }
`);

interface OpenInvitation {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** Invitations that nobody has taken yet: sent again, or taken back. */
export function OpenInvitations({ invitations }: { readonly invitations: readonly OpenInvitation[] }) {
  const resend = useAction(InviteMember);
  const revoke = useAction(Revoke);
  if (invitations.length === 0) return null;
  const again = async ({ email, role }: OpenInvitation) => {
    if (await resend.run({ input: { email, role, idempotencyKey: newKey() } }))
      say(`Sent again to ${email}. The earlier link no longer works.`);
  };
  const takeBack = async ({ id, email }: OpenInvitation) => {
    if (await revoke.run({ id })) say(`The invitation of ${email} no longer works.`);
  };
  const columns: Column<OpenInvitation>[] = [
    { id: 'email', header: 'Mail', cell: ({ email }) => <span className="breakable">{email}</span> },
    { id: 'role', header: 'Role', cell: ({ role }) => roleName(role) },
    { id: 'sent', header: 'Sent', cell: ({ createdAt }) => moment(createdAt) },
    { id: 'ends', header: 'Works until', cell: ({ expiresAt }) => moment(expiresAt) },
    {
      id: 'actions',
      header: 'Change',
      cell: (row) => (
        <span className="actions">
          <Button
            name={`Send the invitation of ${row.email} again`}
            isSending={resend.isSending}
            onPress={() => void again(row)}
          >
            Send again
          </Button>
          <Button
            name={`Take back the invitation of ${row.email}`}
            isSending={revoke.isSending}
            onPress={() => void takeBack(row)}
          >
            Take back
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Section title="Not taken yet">
      <ProblemNotice problem={resend.problem ?? revoke.problem} />
      <DataTable label="Open invitations" columns={columns} rows={invitations} keyOf={({ id }) => id} />
    </Section>
  );
}
