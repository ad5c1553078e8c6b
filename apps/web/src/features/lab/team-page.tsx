import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabTeamQuery } from '../../gql/graphql';
import { useLabRights, useViewer } from '../../lib/viewer';
import { Confirm } from '../../ui/confirm';
import { DataTable, type Column } from '../../ui/data-table';
import { Facts } from '../../ui/figures';
import { Page, Ready, Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { InviteMemberForm } from './invite-member-form';
import { LAB_ROLES, roleName } from './lab-roles';
import { RoleButton } from './role-button';
import { OpenInvitations } from './open-invitations';

const LabTeam = graphql(`
  query LabTeam {
    myLab {
      id
      name
      members {
        id
        name
        email
        role
      }
      invitations {
        id
        email
        role
        createdAt
        expiresAt
      }
    }
  }
`);
const Remove = graphql(`
  mutation RemoveLabMember($id: ID!) {
    removeLabMember(memberId: $id) {
      id
    }
  }
`);
const Leave = graphql(`
  mutation LeaveLab {
    leaveLab
  }
`);

type Member = LabTeamQuery['myLab']['members'][number];

/** Who acts for the lab, in which role. */
export function TeamPage() {
  const query = useQuery({ query: LabTeam });
  const { mayManage } = useLabRights();
  return (
    <Page title="Team" about="Who acts for the lab, and what each may do.">
      <Ready query={query}>
        {({ myLab: { name, members, invitations } }) => {
          const owners = members.filter(({ role }) => role === 'OWNER').length;
          return (
            <>
              <DataTable
                label="Members"
                columns={columnsOf(mayManage, owners)}
                rows={members}
                keyOf={({ id }) => id}
              />
              <LeaveButton labName={name} members={members} owners={owners} />
              {mayManage ? (
                <>
                  <Section title="Invite somebody">
                    <InviteMemberForm />
                  </Section>
                  <OpenInvitations invitations={invitations} />
                </>
              ) : (
                <p className="quiet">Only an owner invites, changes roles and removes members.</p>
              )}
              <Section title="What each role may do">
                <Facts facts={LAB_ROLES.map(({ label, about }) => [label, about] as const)} />
              </Section>
            </>
          );
        }}
      </Ready>
    </Page>
  );
}

function columnsOf(mayManage: boolean, owners: number): Column<Member>[] {
  const isLastOwner = ({ role }: Member) => role === 'OWNER' && owners === 1;
  const columns: Column<Member>[] = [
    { id: 'name', header: 'Name', cell: ({ name }) => name, sortBy: ({ name }) => name },
    { id: 'email', header: 'Mail', cell: ({ email }) => <span className="breakable">{email}</span> },
    { id: 'role', header: 'Role', cell: ({ role }) => roleName(role), sortBy: ({ role }) => role },
  ];
  if (!mayManage) return columns;
  return [
    ...columns,
    {
      id: 'change',
      header: 'Change',
      cell: (member) =>
        isLastOwner(member) ? (
          <span className="quiet">The last owner stays: make somebody else an owner first.</span>
        ) : (
          <span className="actions">
            <RoleButton member={member} />
            <RemoveButton member={member} />
          </span>
        ),
    },
  ];
}

function RemoveButton({ member: { id, name } }: { readonly member: Member }) {
  const viewer = useViewer();
  const remove = useAction(Remove);
  if (viewer?.name === name) return null;
  const send = async () => {
    const done = await remove.run({ id });
    if (done) say(`${name} no longer acts for the lab.`);
    return done;
  };
  return (
    <Confirm
      button="Remove"
      title={`Remove ${name}?`}
      verb="Remove"
      run={send}
      isSending={remove.isSending}
      problem={remove.problem}
    >
      <p>
        {name} can open none of the lab’s pages from now on. What they did stays on record. You can invite
        them again.
      </p>
    </Confirm>
  );
}

function LeaveButton({
  labName,
  members,
  owners,
}: {
  readonly labName: string;
  readonly members: readonly Member[];
  readonly owners: number;
}) {
  const viewer = useViewer();
  const leave = useAction(Leave);
  const own = members.find(({ email }) => email === viewer?.email);
  if (!own) return null;
  if (own.role === 'OWNER' && owners === 1)
    return (
      <p className="quiet">You are the last owner, so you cannot leave: make somebody else an owner first.</p>
    );
  const send = async () => {
    const done = await leave.run({});
    if (done) window.location.assign('/home');
    return done;
  };
  return (
    <>
      <Confirm
        button="Leave the lab"
        weight="quiet"
        title={`Leave ${labName}?`}
        verb="Leave the lab"
        run={send}
        isSending={leave.isSending}
        problem={leave.problem}
      >
        <p>You can open none of its pages from now on. An owner can invite you again.</p>
      </Confirm>
    </>
  );
}
