import { useState } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { DateField } from '../../ui/date-field';
import { TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';

const Release = graphql(`
  mutation ReleasePayoutHold($id: ID!, $reason: String!) {
    releasePayoutHold(id: $id, reason: $reason)
  }
`);
const Hold = graphql(`
  mutation HoldPayouts($input: HoldPayoutsInput!) {
    holdPayouts(input: $input)
  }
`);

const REASON = rules
  .string()
  .check(rules.refine((text) => text.trim().length >= 10, 'Say why, in at least 10 characters.'));

/** Lets an expert's payouts go again. */
export function ReleaseHold({
  hold,
}: {
  readonly hold: { readonly id: string; readonly expertName: string };
}) {
  const [isOpen, setOpen] = useState(false);
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: REASON }),
    write: Release,
    variables: ({ reason }) => ({ id: hold.id, reason }),
    onDone: ({ releasePayoutHold }) => {
      say(releasePayoutHold ? 'The hold is released.' : 'Another person was asked to approve it.');
      setOpen(false);
    },
  });
  return (
    <>
      <Button weight="quiet" name={`Release the hold on ${hold.expertName}`} onPress={() => setOpen(true)}>
        Release
      </Button>
      {isOpen && (
        <Panel title={`Release the hold on ${hold.expertName}`} isOpen onClose={() => setOpen(false)}>
          <p>Where much is held, or a list of sanctions holds it, another person has to approve it.</p>
          <Form form={form} button="Release">
            <TextField form={form} name="reason" label="Why" />
          </Form>
        </Panel>
      )}
    </>
  );
}

/** Holds all payouts of an expert, with a reason that they read and a day on which somebody looks again. */
export function HoldExpert({ expert }: { readonly expert: { readonly id: string; readonly name: string } }) {
  const [isOpen, setOpen] = useState(false);
  const form = useAppForm({
    values: { reason: '', reviewOn: '' },
    rules: rules.object({
      reason: REASON,
      reviewOn: rules
        .string()
        .check(rules.refine((text) => text !== '', 'Choose a day within the next 14 days.')),
    }),
    write: Hold,
    variables: ({ reason, reviewOn }, idempotencyKey) => ({
      input: { expertId: expert.id, reason, reviewOn: `${reviewOn}T00:00:00Z`, idempotencyKey },
    }),
    onDone: () => {
      say('The payouts are held; the expert was told.');
      setOpen(false);
    },
  });
  return (
    <>
      <Button onPress={() => setOpen(true)}>Hold payouts of {expert.name}</Button>
      {isOpen && (
        <Panel title={`Hold payouts of ${expert.name}`} isOpen onClose={() => setOpen(false)}>
          <p>
            Nothing more is sent to them before somebody releases it. They are told at once, with your reason.
          </p>
          <Form form={form} button="Hold payouts">
            <TextField form={form} name="reason" label="Why" hint="The expert reads it." />
            <DateField form={form} name="reviewOn" label="Look again by" hint="Within 14 days." />
          </Form>
        </Panel>
      )}
    </>
  );
}
