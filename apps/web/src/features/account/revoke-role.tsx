import { graphql } from '../../gql';
import { words } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const RevokeStaff = graphql(`
  mutation RevokeStaff($accountId: ID!, $role: String!) {
    revokeStaffRole(accountId: $accountId, role: $role)
  }
`);

/** A staff role of a person, and the way to end it. */
export function RevokeRole({
  user: { id, name },
  role,
}: {
  readonly user: { readonly id: string; readonly name: string };
  readonly role: string;
}) {
  const { run, isSending, problem } = useAction(RevokeStaff);
  const revoke = async () => {
    const done = await run({ accountId: id, role });
    if (done) say(`${name} is no longer ${role.toLowerCase()}.`);
    return done;
  };
  return (
    <div>
      Staff, {role.toLowerCase()}{' '}
      <Confirm
        button="End"
        name={`End the role ${role.toLowerCase()} of ${name}`}
        weight="quiet"
        title={`End the role ${words(role).toLowerCase()} of ${name}?`}
        verb="End the role"
        run={revoke}
        problem={problem}
        isSending={isSending}
      >
        <p>It ends at once, on every page that is open. What {name} decided stays as it is.</p>
      </Confirm>
    </div>
  );
}
