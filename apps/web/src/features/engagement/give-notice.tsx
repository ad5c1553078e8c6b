import { useState } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';

const Give = graphql(`
  mutation ExpertGivesNotice($input: GiveNoticeInput!) {
    giveNotice(input: $input) {
      id
      state
      endsAt
      endReason
    }
  }
`);

/** Ends an engagement with the agreed notice: asks once, with the reason that the lab reads. */
export function GiveNotice({
  engagement: { id, labName, noticeDays },
}: {
  readonly engagement: { readonly id: string; readonly labName: string; readonly noticeDays: number };
}) {
  const [isOpen, setOpen] = useState(false);
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({
      reason: rules
        .string()
        .check(
          rules.trim(),
          rules.minLength(10, 'Give the reason in a sentence of at least 10 characters: the lab reads it.'),
          rules.maxLength(2000, 'At most 2000 characters fit here.'),
        ),
    }),
    write: Give,
    variables: ({ reason }, idempotencyKey) => ({ input: { engagementId: id, reason, idempotencyKey } }),
    onDone: () => {
      setOpen(false);
      say('Notice is given. The lab was told.');
    },
  });
  return (
    <>
      <Button onPress={() => setOpen(true)}>Give notice</Button>
      <Panel title={`End the engagement with ${labName}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>
          It ends in {counted(noticeDays, 'day')}. Until then you may work and are paid. Notice cannot be
          taken back.
        </p>
        <Form form={form} button="Give notice">
          <LongTextField form={form} name="reason" label="Reason" hint="The lab reads it." rows={3} />
        </Form>
      </Panel>
    </>
  );
}
