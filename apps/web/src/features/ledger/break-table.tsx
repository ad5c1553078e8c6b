import { Link } from '@tanstack/react-router';
import type { ReconciliationQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { BreakOwner } from './break-owner';

type Break = ReconciliationQuery['reconciliationBreaks']['edges'][number]['node'];

/** What each kind of difference means, in words. */
export const BREAK_KINDS: readonly (readonly [string, string])[] = [
  ['MISSING_IN_LEDGER', 'Not in the ledger'],
  ['MISSING_IN_RAIL', 'Not at the bank'],
  ['AMOUNT_DIFF', 'Another amount'],
  ['CURRENCY_DIFF', 'Another currency'],
  ['DUPLICATE', 'Twice at the bank'],
  ['TIMING', 'Not matched yet'],
  ['BALANCE', 'Another balance'],
];
const KIND_WORDS = new Map(BREAK_KINDS);

/** How old a difference is, in words. */
export const BREAK_AGES: readonly (readonly [string, string])[] = [
  ['DAYS_0_1', 'Up to 1 day'],
  ['DAYS_2_3', '2 to 3 days'],
  ['DAYS_4_7', '4 to 7 days'],
  ['DAYS_OVER_7', 'More than 7 days'],
];

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
          cell: ({ kind, foundAt, ageDays, rail, ledger }) => (
            <>
              {KIND_WORDS.get(kind) ?? kind}
              {kind === 'BALANCE' && rail && ledger && (
                <div>
                  {money({ ...rail, minor: String(BigInt(rail.minor) - BigInt(ledger.minor)) })} that no other
                  difference explains
                </div>
              )}
              <div className="quiet">
                <time dateTime={foundAt} title={moment(foundAt)}>
                  {counted(ageDays, 'day')} old
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
            ) : ledger ? (
              money(ledger)
            ) : (
              'Nothing'
            ),
        },
        {
          id: 'done',
          header: 'Looked after',
          cell: (row) => <BreakOwner row={row} onDone={onDone} />,
        },
      ]}
    />
  );
}
