import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { moment } from '../../lib/time';
import { useViewer } from '../../lib/viewer';
import { Button } from '../../ui/button';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Page, Ready } from '../../ui/page';
import { useAction } from '../../ui/use-action';
import { LAB_ROLES, roleName } from './lab-roles';

const Invited = graphql(`
  query LabInvitation($token: String!) {
    labInvitation(token: $token) {
      labName
      email
      role
      expiresAt
    }
  }
`);
const Join = graphql(`
  mutation JoinLab($token: String!) {
    joinLab(token: $token)
  }
`);

/** Takes an invitation to a lab, by the secret in the link's last part. */
export function JoinPage() {
  const token = window.location.hash.slice(1);
  const query = useQuery({ query: Invited, variables: { token }, pause: token === '' });
  const join = useAction(Join);
  const viewer = useViewer();
  const take = async () => {
    if (await join.run({ token })) window.location.assign('/lab');
  };
  if (token === '')
    return (
      <Page title="Join a lab">
        <p>The link is not whole. Open it again from the email, or ask for a new invitation.</p>
      </Page>
    );
  return (
    <Ready query={query} title="Join a lab">
      {({ labInvitation: { labName, email, role, expiresAt } }) => {
        const isOther = viewer !== null && viewer.email.toLowerCase() !== email.toLowerCase();
        return (
          <Page title={`Join ${labName}`} about={`${labName} invites ${email} to act for it.`}>
            <p>
              <strong>{roleName(role)}.</strong> {LAB_ROLES.find(({ code }) => code === role)?.about}
            </p>
            <p className="quiet">The invitation ends on {moment(expiresAt)}.</p>
            <ProblemNotice problem={join.problem} />
            {isOther && (
              <Notice tone="warning">
                You are signed in as {viewer.email}. Sign out, sign in as {email}, and open the link again.
              </Notice>
            )}
            {viewer && !isOther && (
              <Button weight="main" isSending={join.isSending} onPress={() => void take()}>
                Take the invitation
              </Button>
            )}
            {!viewer && (
              <>
                <p>Sign in with {email} first, or create an account with it. Then open the link again.</p>
                <div className="row">
                  <a className="button main" href="/sign-up">
                    Create an account
                  </a>
                  <a className="button" href="/sign-in">
                    Sign in
                  </a>
                </div>
              </>
            )}
          </Page>
        );
      }}
    </Ready>
  );
}
