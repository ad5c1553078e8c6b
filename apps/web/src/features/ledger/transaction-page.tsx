import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { subjectWords, transactionWords } from '../../lib/record-words';
import { moment } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { Facts } from '../../ui/figures';
import { Page, Ready, Section } from '../../ui/page';
import { AccountLink } from './account-link';
import { PHASES } from './phases';

const OneTransaction = graphql(`
  query OneTransaction($id: ID!) {
    ledgerTransaction(id: $id) {
      id
      kind
      subjectType
      subjectId
      actor
      effectiveAt
      reversesId
      reversedById
      postings {
        id
        line
        debit
        credit
        phase
        amount {
          minor
          currency
        }
      }
    }
  }
`);

/** One business fact in the book, with every posting that it made. */
export function LedgerTransactionPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: OneTransaction, variables: { id } });
  return (
    <Ready query={query} title="Ledger transaction">
      {({ ledgerTransaction: found }) => (
        <Page
          title={transactionWords(found.kind)}
          about="One business fact, posted once. Each posting debits one account and credits another by the same amount, so both sides are always equal."
          back={<Link to="/admin/ledger">All accounts</Link>}
        >
          <Facts
            facts={[
              ['When', moment(found.effectiveAt)],
              [
                'About',
                <Link key="about" to="/admin/journal" search={{ subject: found.subjectId } as never}>
                  {subjectWords(found.subjectType)}: its rows in the journal
                </Link>,
              ],
              [
                'By',
                found.actor === 'system' ? (
                  'The product itself'
                ) : (
                  <Link key="by" to="/admin/journal" search={{ actor: found.actor } as never}>
                    A person: what they did
                  </Link>
                ),
              ],
              found.reversesId ? ['Takes back', <Other key="back" id={found.reversesId} />] : null,
              found.reversedById ? ['Taken back by', <Other key="by-other" id={found.reversedById} />] : null,
            ]}
          />
          <Section title="Postings">
            <DataTable
              label="Postings of this transaction"
              rows={found.postings}
              keyOf={({ id: posting }) => posting}
              columns={[
                { id: 'line', header: 'Line', cell: ({ line }) => line },
                { id: 'debit', header: 'Debit', cell: ({ debit }) => <AccountLink code={debit} /> },
                { id: 'credit', header: 'Credit', cell: ({ credit }) => <AccountLink code={credit} /> },
                { id: 'does', header: 'Does', cell: ({ phase }) => PHASES[phase] ?? 'Moves the money' },
                { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
              ]}
            />
          </Section>
        </Page>
      )}
    </Ready>
  );
}

function Other({ id }: { readonly id: string }) {
  return (
    <Link to="/admin/ledger/transactions/$id" params={{ id }}>
      The other transaction
    </Link>
  );
}
