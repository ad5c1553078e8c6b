import { graphql } from '../../gql';
import { Confirm } from '../../ui/confirm';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const CloseProject = graphql(`
  mutation CloseProject($id: ID!) {
    closeProject(id: $id) {
      id
    }
  }
`);

/** Closes a project with all of its openings, for good. */
export function CloseProjectButton({
  project: { id, title },
}: {
  readonly project: { readonly id: string; readonly title: string };
}) {
  const close = useAction(CloseProject);
  const send = async () => {
    const done = await close.run({ id });
    if (done) say('The project is closed.');
    return done;
  };
  return (
    <Confirm
      button="Close the project"
      title={`Close ${title}?`}
      verb="Close the project"
      run={send}
      isSending={close.isSending}
      problem={close.problem}
    >
      <p>
        All of its openings close. Whoever applied or is invited is told; offers that are out stand until they
        are answered. Closing cannot be taken back.
      </p>
      <p>Engagements that run go on, with their terms and their pay, until their notice ends.</p>
    </Confirm>
  );
}
