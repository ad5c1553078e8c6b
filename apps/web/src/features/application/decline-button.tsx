import { useState } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';

const Decline = graphql(`
  mutation DeclineApplicant($input: DeclineApplicationInput!) {
    declineApplication(input: $input)
  }
`);

interface Declined {
  readonly applicationId: string;
  readonly expertName: string;
}

/** Declines an application; nobody is declined without a reason. */
export function DeclineButton({ applicationId, expertName }: Declined) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="row">
      <Button weight="quiet" name={`Decline ${expertName}`} onPress={() => setOpen(true)}>
        Decline
      </Button>
      <Panel title={`Decline ${expertName}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <DeclineForm applicationId={applicationId} expertName={expertName} onDone={() => setOpen(false)} />
      </Panel>
    </div>
  );
}

function DeclineForm({ applicationId, expertName, onDone }: Declined & { readonly onDone: () => void }) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: said('Give the reason in a sentence: the expert reads it.', 2000) }),
    write: Decline,
    variables: ({ reason }) => ({ input: { applicationId, reason } }),
    onDone: () => {
      say(`${expertName} is declined and reads your reason.`);
      onDone();
    },
    keepAs: `decline-${applicationId}`,
  });
  return (
    <Form form={form} button="Decline with this reason">
      <p>This cannot be taken back. {expertName} may apply to your other openings.</p>
      <LongTextField form={form} name="reason" label="Reason" hint="The expert reads it." rows={3} />
    </Form>
  );
}
