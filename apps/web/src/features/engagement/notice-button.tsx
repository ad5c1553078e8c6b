import { useState } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Section } from '../../ui/page';
import { Tally, type TallyAmounts } from '../../ui/tally';
import { say } from '../../ui/toast';

const GiveNotice = graphql(`
  mutation LabGivesNotice($input: GiveNoticeInput!) {
    giveNotice(input: $input) {
      id
    }
  }
`);

interface Ended {
  readonly id: string;
  readonly expertName: string;
  readonly noticeDays: number;
  /** A full week, which may still be worked until the end. */
  readonly week: TallyAmounts;
}

/** Ends an engagement with the notice that was agreed; asks once, with the reason that the expert reads. */
export function NoticeButton(ended: Ended) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title="End this engagement">
      <p>
        It ends {counted(ended.noticeDays, 'day')} after you give notice. Work goes on until then and is paid.
      </p>
      <Button weight="danger" onPress={() => setOpen(true)}>
        Give notice
      </Button>
      <Panel title={`Give notice to ${ended.expertName}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <NoticeForm {...ended} onDone={() => setOpen(false)} />
      </Panel>
    </Section>
  );
}

function NoticeForm({ id, expertName, noticeDays, week, onDone }: Ended & { readonly onDone: () => void }) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: said('Give the reason in a sentence: the expert reads it.', 2000) }),
    write: GiveNotice,
    variables: ({ reason }, idempotencyKey) => ({ input: { engagementId: id, reason, idempotencyKey } }),
    onDone: () => {
      say(`Notice is given; ${expertName} is told.`);
      onDone();
    },
    keepAs: `notice-${id}`,
  });
  return (
    <Form form={form} button="Give notice">
      <p>
        The engagement ends in {counted(noticeDays, 'day')}. This cannot be taken back. Until then{' '}
        {expertName} may work as before, at most:
      </p>
      <Tally tally={week} label="A full week" />
      <LongTextField form={form} name="reason" label="Reason" hint={`${expertName} reads it.`} rows={3} />
    </Form>
  );
}
