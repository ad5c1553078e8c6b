import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { AnyInvoiceQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Facts } from '../../ui/figures';
import { Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { INVOICE_WORDS, invoiceMoveWords } from './invoice-words';

const AnyInvoice = graphql(`
  query AnyInvoice($id: ID!) {
    anyInvoice(id: $id) {
      id
      number
      labId
      labName
      state
      issuedAt
      dueOn
      daysOverdue
      paidAt
      amount {
        minor
        currency
      }
      order {
        number
        endsOn
        amount {
          minor
          currency
        }
        left {
          minor
          currency
        }
      }
      payments {
        id
        state
        requestedAt
      }
      moves {
        id
        kind
        at
      }
    }
  }
`);

type Invoice = AnyInvoiceQuery['anyInvoice'];

const PAYMENTS: Readonly<Record<string, string>> = {
  REQUESTED: 'Asked for',
  PROCESSING: 'On its way',
  ARRIVED: 'Arrived, not available yet',
  CLEARED: 'Arrived',
  FAILED: 'Failed',
};

/** One invoice of any lab, with its order, its payments and what the ledger has about it. */
export function AnyInvoicePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery({ query: AnyInvoice, variables: { id } });
  return (
    <Ready query={query}>
      {({ anyInvoice: invoice }) => (
        <Page
          title={`${invoice.number}: ${money(invoice.amount)}`}
          about={`Invoice to ${invoice.labName}, with its purchase order, its payments and the ledger.`}
          back={<Link to="/admin/invoices">Invoices</Link>}
        >
          <Standing invoice={invoice} />
          <Payments invoice={invoice} />
          <Moves invoice={invoice} />
        </Page>
      )}
    </Ready>
  );
}

function Standing({ invoice }: { readonly invoice: Invoice }) {
  const { state, daysOverdue, order, paidAt } = invoice;
  const isLate = daysOverdue > 0;
  return (
    <Facts
      facts={[
        [
          'Lab',
          <Link key="lab" to="/admin/labs/$id" params={{ id: invoice.labId }}>
            {invoice.labName}
          </Link>,
        ],
        [
          'State',
          <StateTag
            key="state"
            state={isLate ? 'FAILED' : state === 'OPEN' ? 'WAITING' : state}
            text={isLate ? `Late by ${counted(daysOverdue, 'day')}` : INVOICE_WORDS.get(state)}
          />,
        ],
        ['Issued', moment(invoice.issuedAt)],
        ['Due', day(invoice.dueOn)],
        paidAt ? ['Paid', moment(paidAt)] : null,
        order
          ? [
              'Purchase order',
              `${order.number}: ${money(order.left)} of ${money(order.amount)} left${order.endsOn ? `, until ${day(order.endsOn)}` : ''}`,
            ]
          : ['Purchase order', 'None'],
      ]}
    />
  );
}

function Payments({ invoice: { payments, state } }: { readonly invoice: Invoice }) {
  return (
    <Section title="Payments">
      {payments.length === 0 ? (
        <p>{state === 'VOID' ? 'None: it was taken back.' : 'The lab has not begun to pay it.'}</p>
      ) : (
        <ul>
          {payments.map((payment) => (
            <li key={payment.id}>
              {moment(payment.requestedAt)}: <StateTag state={payment.state} text={PAYMENTS[payment.state]} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Moves({ invoice: { moves } }: { readonly invoice: Invoice }) {
  return (
    <Section title="In the ledger">
      <ul>
        {moves.map(({ id, kind, at }) => (
          <li key={id}>
            {moment(at)}:{' '}
            <Link to="/admin/ledger/transactions/$id" params={{ id }}>
              {invoiceMoveWords(kind)}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
