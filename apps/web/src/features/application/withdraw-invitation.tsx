import { graphql } from '../../gql';
import { Confirm } from '../../ui/confirm';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const WithdrawInvitation = graphql(`
  mutation WithdrawInvitation($id: ID!) {
    withdrawInvitation(id: $id)
  }
`);

/** Takes an invitation back that nobody has answered. */
export function WithdrawInvitationButton({
  invitation: { id, expertName },
}: {
  readonly invitation: { readonly id: string; readonly expertName: string };
}) {
  const withdraw = useAction(WithdrawInvitation);
  const send = async () => {
    const done = await withdraw.run({ id });
    if (done) say('The invitation is withdrawn.');
    return done;
  };
  return (
    <Confirm
      button="Withdraw"
      name={`Withdraw the invitation of ${expertName}`}
      weight="quiet"
      title={`Withdraw the invitation of ${expertName}?`}
      verb="Withdraw the invitation"
      run={send}
      isSending={withdraw.isSending}
      problem={withdraw.problem}
    >
      <p>{expertName} is told. While the opening takes people they may still apply on their own.</p>
    </Confirm>
  );
}
