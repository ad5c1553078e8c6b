import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { day, moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Empty, Ready, Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { HeldAges } from './held-ages';
import { ReleaseHold } from './release-hold';

const PayoutGates = graphql(`
  query PayoutGates {
    payoutSwitch {
      isStopped
      reason
      byName
      at
      reviewOn
      isOpeningAsked
    }
    heldMoney {
      gate
      fromDays
      toDays
      count
      amount {
        minor
        currency
      }
    }
    payoutHolds(first: 50) {
      totalCount
      edges {
        node {
          id
          expertId
          expertName
          kind
          reason
          placedByName
          placedAt
          reviewOn
        }
      }
    }
  }
`);
const StopPayouts = graphql(`
  mutation StopPayouts($reason: String!) {
    stopPayouts(reason: $reason) {
      isStopped
    }
  }
`);
const OpenPayouts = graphql(`
  mutation OpenPayouts($reason: String!) {
    openPayouts(reason: $reason) {
      isStopped
      isOpeningAsked
    }
  }
`);

/** What holds money: the switch, the holds of staff, and how long money has waited at each gate. */
export function GatesOfPayouts() {
  const query = useQuery({ query: PayoutGates });
  return (
    <Section title="Gates">
      <Ready query={query}>
        {({ payoutSwitch, heldMoney, payoutHolds: { edges } }) => (
          <>
            <Switch {...payoutSwitch} />
            {edges.length > 0 && (
              <DataTable
                label="Holds that stand"
                rows={edges.map(({ node }) => node)}
                keyOf={({ id }) => id}
                columns={[
                  { id: 'expert', header: 'Expert', cell: ({ expertName }) => expertName },
                  { id: 'why', header: 'Why', cell: ({ reason }) => reason },
                  {
                    id: 'by',
                    header: 'Placed by',
                    cell: ({ placedByName, placedAt }) =>
                      `${placedByName ?? 'The list of sanctions'}, ${moment(placedAt)}`,
                  },
                  { id: 'review', header: 'Look again by', cell: ({ reviewOn }) => day(reviewOn) },
                  { id: 'act', header: 'Release', cell: (hold) => <ReleaseHold hold={hold} /> },
                ]}
              />
            )}
            {heldMoney.length === 0 ? (
              <Empty>No money waits at a gate.</Empty>
            ) : (
              <HeldAges rows={heldMoney} />
            )}
          </>
        )}
      </Ready>
    </Section>
  );
}

interface Standing {
  readonly isStopped: boolean;
  readonly reason?: string | null;
  readonly byName?: string | null;
  readonly at?: string | null;
  readonly isOpeningAsked: boolean;
}

function Switch({ isStopped, reason, byName, at, isOpeningAsked }: Standing) {
  const [isOpen, setOpen] = useState(false);
  const verb = isStopped ? 'Ask to open payouts' : 'Stop all payouts';
  return (
    <>
      {isStopped ? (
        <Notice tone="bad">
          All payouts are stopped{byName && ` by ${byName}`}
          {at && ` since ${moment(at)}`}: {reason}{' '}
          {isOpeningAsked && 'Somebody has asked to open them; another person decides under Approvals.'}
        </Notice>
      ) : (
        <p className="quiet">Payouts are open. One person stops them; opening them again takes two.</p>
      )}
      {!isOpeningAsked && <Button onPress={() => setOpen(true)}>{verb}</Button>}
      {isOpen && <SwitchForm isStopped={isStopped} verb={verb} onClose={() => setOpen(false)} />}
    </>
  );
}

function SwitchForm({
  isStopped,
  verb,
  onClose,
}: {
  readonly isStopped: boolean;
  readonly verb: string;
  readonly onClose: () => void;
}) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({
      reason: rules
        .string()
        .check(
          rules.refine(
            (text) => text.trim().length >= 10,
            `Say why, in at least ${counted(10, 'character')}.`,
          ),
        ),
    }),
    write: isStopped ? OpenPayouts : StopPayouts,
    variables: ({ reason }) => ({ reason }),
    onDone: () => {
      say(isStopped ? 'Another person was asked.' : 'All payouts are stopped.');
      onClose();
    },
  });
  return (
    <Panel title={verb} isOpen onClose={onClose}>
      <p>
        {isStopped
          ? 'Another person reads why and approves. Then payouts go on with the next run.'
          : 'Nothing more is handed to the bank from this moment on. What is there already goes on.'}
      </p>
      <Form form={form} button={verb}>
        <TextField form={form} name="reason" label="Why" hint={isStopped ? undefined : 'Experts read it.'} />
      </Form>
    </Panel>
  );
}
