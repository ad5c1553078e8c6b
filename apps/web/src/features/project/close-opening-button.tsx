import { graphql } from '../../gql';
import { Confirm } from '../../ui/confirm';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const CloseOpening = graphql(`
  mutation CloseOpening($id: ID!) {
    closeOpening(openingId: $id)
  }
`);

/** Closes an opening for good. */
export function CloseOpeningButton({
  opening: { id, title, seatsFilled },
}: {
  readonly opening: { readonly id: string; readonly title: string; readonly seatsFilled: number };
}) {
  const close = useAction(CloseOpening);
  const send = async () => {
    const done = await close.run({ id });
    if (done) say('The opening is closed.');
    return done;
  };
  return (
    <Confirm
      button="Close the opening"
      title={`Close ${title}?`}
      verb="Close the opening"
      run={send}
      isSending={close.isSending}
      problem={close.problem}
    >
      <p>
        Nobody can apply any more, and no new offer can be sent; whoever applied or is invited is told, and
        offers that are out stand until they are answered. Closing cannot be taken back; a new project can say
        the same again.
      </p>
      <p>
        {seatsFilled > 0
          ? 'Engagements that run go on, with their terms and their pay, until their notice ends.'
          : 'Nobody is engaged, so no money moves.'}
      </p>
    </Confirm>
  );
}
