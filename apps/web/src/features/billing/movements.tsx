import { money, type Money } from '../../lib/money';
import { moment } from '../../lib/time';
import { DataTable, type Column } from '../../ui/data-table';
import { Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { WithdrawRefund } from './withdraw-refund';

interface Movement {
  readonly id: string;
  readonly state: string;
  readonly failureReason?: string | null;
  readonly requestedAt: string;
  readonly clearedAt?: string | null;
  /** When, and how much of it, the bank took back after a lost dispute. */
  readonly takenBackAt?: string | null;
  readonly takenBack?: Money | null;
  readonly amount: Money;
}

const FUNDING_WORDS: Readonly<Record<string, string>> = {
  REQUESTED: 'Asked for',
  PROCESSING: 'On its way',
  ARRIVED: 'Arrived, not spendable yet',
  CLEARED: 'Cleared',
  FAILED: 'Failed',
};
const REFUND_WORDS: Readonly<Record<string, string>> = {
  REQUESTED: 'Being handed to the bank',
  WAITING: 'Not sent yet',
  SENT: 'Sent, not arrived yet',
  SUCCEEDED: 'Back with you',
  FAILED: 'Failed, back in the balance',
  WITHDRAWN: 'Withdrawn, back in the balance',
};

const columnsOf = (names: Readonly<Record<string, string>>): Column<Movement>[] => [
  { id: 'at', header: 'Asked for', cell: ({ requestedAt }) => moment(requestedAt) },
  {
    id: 'state',
    header: 'State',
    cell: (row) => (
      <>
        <StateTag state={row.state} text={names[row.state]} />{' '}
        {row.clearedAt && <span className="quiet">on {moment(row.clearedAt)}</span>}{' '}
        {row.state !== 'REQUESTED' && row.failureReason}
        <TakenBack {...row} />
      </>
    ),
  },
  { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
];

/** That the bank took a payment back since, whole or in part, and when. */
function TakenBack({ takenBackAt, takenBack, amount }: Movement) {
  if (!takenBackAt || !takenBack) return null;
  const what = takenBack.minor === amount.minor ? 'Taken' : `${money(takenBack)} taken`;
  return (
    <>
      <StateTag state="FAILED" text={`${what} back by the bank`} />{' '}
      <span className="quiet">on {moment(takenBackAt)}, after a lost dispute</span>
    </>
  );
}

const isWaiting = ({ state }: Movement) => state === 'WAITING';
const WITHDRAWING: Column<Movement> = {
  id: 'withdraw',
  header: 'Changed your mind?',
  cell: (row) => isWaiting(row) && <WithdrawRefund {...row} waitsFor="the balance" />,
};

/** Money that came in, newest first. */
export function Fundings({
  fundings,
  total,
}: {
  readonly fundings: readonly Movement[];
  readonly total: number;
}) {
  if (fundings.length === 0) return null;
  return (
    <Section title="Money in">
      <DataTable label="Fundings" columns={columnsOf(FUNDING_WORDS)} rows={fundings} keyOf={({ id }) => id} />
      <Older shown={fundings.length} total={total} />
    </Section>
  );
}

/** Money that went back, newest first. */
export function Refunds({
  refunds,
  total,
  mayWithdraw,
}: {
  readonly refunds: readonly Movement[];
  readonly total: number;
  /** Whether the reader may withdraw what waits. */
  readonly mayWithdraw: boolean;
}) {
  if (refunds.length === 0) return null;
  const columns = columnsOf(REFUND_WORDS);
  return (
    <Section title="Money back">
      <DataTable
        label="Refunds"
        columns={mayWithdraw && refunds.some(isWaiting) ? [...columns, WITHDRAWING] : columns}
        rows={refunds}
        keyOf={({ id }) => id}
      />
      <Older shown={refunds.length} total={total} />
    </Section>
  );
}

function Older({ shown, total }: { readonly shown: number; readonly total: number }) {
  return total > shown ? (
    <p className="quiet">
      The newest {shown} of {total}.
    </p>
  ) : null;
}
