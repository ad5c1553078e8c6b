import { money, type Money } from '../../lib/money';
import { payoutWords } from '../../lib/record-words';
import { day, moment } from '../../lib/time';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { StateTag } from '../../ui/state-tag';

/** A payout as the audit reads it. */
export interface PayoutRow {
  readonly id: string;
  readonly expertId: string;
  readonly expertName: string;
  readonly state: string;
  readonly attempt: number;
  readonly createdAt: string;
  readonly requestedAt?: string | null;
  readonly transferredAt?: string | null;
  readonly paidAt?: string | null;
  readonly promisedOn?: string | null;
  readonly feeBorneBy: string;
  readonly exchangeRate?: string | null;
  readonly railFee?: Money | null;
  readonly bankAmount?: Money | null;
  readonly failureReason?: string | null;
  readonly railTransferId?: string | null;
  readonly ledgerTransactionId?: string | null;
  readonly runId: string;
  readonly amount: Money;
  readonly blocks: readonly Block[];
}

interface Block {
  readonly gate: string;
  readonly reason: string;
  readonly decidedBy: string;
  readonly until?: string | null;
  readonly since: string;
  readonly runAt?: string | null;
}

const DECIDERS: Readonly<Record<string, string>> = {
  EXPERT: 'The expert acts',
  PLATFORM: 'Staff acts',
  TIME: 'Opens by itself',
};

/** Payouts, one a row; each opens to what it paid. */
export function PayoutTable({
  label,
  rows,
  onOpen,
}: {
  readonly label: string;
  readonly rows: readonly PayoutRow[];
  readonly onOpen: (id: string) => void;
}) {
  return (
    <DataTable
      label={label}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'expert',
          header: 'Expert',
          cell: ({ id, expertName, amount }) => (
            <Button
              weight="quiet"
              name={`Open the payout of ${money(amount)} to ${expertName}`}
              onPress={() => onOpen(id)}
            >
              {expertName}
            </Button>
          ),
        },
        { id: 'made', header: 'Made', cell: ({ createdAt }) => moment(createdAt) },
        {
          id: 'state',
          header: 'State',
          cell: ({ state }) => <StateTag state={state} text={payoutWords(state)} />,
        },
        { id: 'why', header: 'Why it waits', cell: (payout) => <Why payout={payout} /> },
        { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
      ]}
    />
  );
}

/** Who decides, and when; what waits for its expert says since when, and with which run it goes. */
function dateWords({ decidedBy, until, since, runAt }: Block): string {
  const who = DECIDERS[decidedBy] ?? decidedBy;
  if (until) return `${who} ${decidedBy === 'PLATFORM' ? 'by' : 'on'} ${moment(until)}.`;
  return `${who}. Waits since ${day(since)}; once that is done, it goes with the next run${runAt ? `, ${moment(runAt)}` : ''}.`;
}

/** What holds a payout: the gate, who acts, until when. */
export function Why({ payout: { state, failureReason, blocks } }: { readonly payout: PayoutRow }) {
  return (
    <>
      {failureReason && <div className="error">{failureReason}</div>}
      {state === 'GATED' && blocks.length === 0 && 'Nothing holds it any more: it goes with the next run.'}
      {blocks.map((block) => (
        <div key={block.gate}>
          {block.reason} <span className="quiet">{dateWords(block)}</span>
        </div>
      ))}
    </>
  );
}
