import { Link } from '@tanstack/react-router';
import { graphql } from '../../gql';
import type { ReconciliationQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { money } from '../../lib/money';
import { rules, said } from '../../lib/rules';
import { distance, moment } from '../../lib/time';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { LongTextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { ProblemNotice } from '../../ui/notice';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const TakeBreak = graphql(`
  mutation TakeBreak($id: ID!) {
    takeBreak(id: $id)
  }
`);
const ResolveBreak = graphql(`
  mutation ResolveBreak($id: ID!, $reason: String!) {
    resolveBreak(id: $id, reason: $reason)
  }
`);

type Break = ReconciliationQuery['reconciliationBreaks']['edges'][number]['node'];

/** What each kind of difference means, in words. */
export const BREAK_KINDS: readonly (readonly [string, string])[] = [
  ['MISSING_IN_LEDGER', 'Not in the ledger'],
  ['MISSING_IN_RAIL', 'Not at the bank'],
  ['AMOUNT_DIFF', 'Another amount'],
  ['CURRENCY_DIFF', 'Another currency'],
  ['DUPLICATE', 'Twice at the bank'],
  ['TIMING', 'Under way'],
];
const KIND_WORDS = new Map(BREAK_KINDS);

/** What the bank and the ledger do not say alike, each with what can be done about it. */
export function BreakTable({
  rows,
  onDone,
}: {
  readonly rows: readonly Break[];
  readonly onDone: () => void;
}) {
  return (
    <DataTable
      label="Differences"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'what',
          header: 'What',
          cell: ({ kind, foundAt }) => (
            <>
              {KIND_WORDS.get(kind) ?? kind}
              <div className="quiet">
                <time dateTime={foundAt} title={moment(foundAt)}>
                  found {distance(foundAt)}
                </time>
              </div>
            </>
          ),
        },
        {
          id: 'bank',
          header: 'Bank',
          cell: ({ rail, movementId }) => (
            <>
              {rail ? money(rail) : 'Nothing'} <div className="quiet code">{movementId}</div>
            </>
          ),
        },
        {
          id: 'ledger',
          header: 'Ledger',
          cell: ({ ledger, ledgerTransactionId }) =>
            ledger && ledgerTransactionId ? (
              <Link to="/admin/ledger/transactions/$id" params={{ id: ledgerTransactionId }}>
                {money(ledger)}
              </Link>
            ) : (
              'Nothing'
            ),
        },
        {
          id: 'done',
          header: 'Looked after',
          cell: (row) => <Owner row={row} onDone={onDone} />,
        },
      ]}
    />
  );
}

function Owner({ row, onDone }: { readonly row: Break; readonly onDone: () => void }) {
  const { id, state, endedAt, reason, isMine, ownerId } = row;
  const { run, isSending, problem } = useAction(TakeBreak);
  if (state !== 'OPEN')
    return (
      <>
        Ended {endedAt && moment(endedAt)}
        <div className="quiet">{reason ?? 'Both sides say the same now.'}</div>
      </>
    );
  if (isMine) return <Resolve id={id} onDone={onDone} />;
  return (
    <>
      <p className="quiet">{ownerId ? 'Somebody else looks after it.' : 'Nobody looks after it.'}</p>
      <ProblemNotice problem={problem} />
      <Button
        weight="plain"
        isSending={isSending}
        onPress={() => void run({ id }).then((done) => done && onDone())}
      >
        Take it
      </Button>
    </>
  );
}

function Resolve({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: said('Write why it can end, in a sentence.') }),
    write: ResolveBreak,
    variables: ({ reason }) => ({ id, reason }),
    onDone: () => {
      say('Ended. Your reason is in the journal.');
      onDone();
    },
  });
  return (
    <Form form={form} button="End it" weight="plain">
      <LongTextField form={form} name="reason" label="Why it can end" />
    </Form>
  );
}
