import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabInvoicesQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { counted } from '../../lib/words';
import { Figures } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { InvoiceTable } from './invoice-table';
import { IssueInvoiceForm } from './issue-invoice-form';
import { PurchaseOrders } from './purchase-orders';

const LabInvoices = graphql(`
  query LabInvoices($after: String) {
    labCredit {
      dueDays
      limit {
        minor
        currency
      }
      owed {
        minor
        currency
      }
      left {
        minor
        currency
      }
    }
    purchaseOrders {
      id
      number
      endsOn
      amount {
        minor
        currency
      }
      invoiced {
        minor
        currency
      }
      left {
        minor
        currency
      }
    }
    open: invoices(first: 100, state: "OPEN") {
      edges {
        node {
          id
          number
          dueOn
          isBeingPaid
          daysOverdue
          amount {
            minor
            currency
          }
        }
      }
    }
    invoices(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          number
          state
          issuedAt
          dueOn
          isBeingPaid
          daysOverdue
          paidAt
          purchaseOrderNumber
          amount {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Credit = LabInvoicesQuery['labCredit'][number];
type Open = LabInvoicesQuery['open']['edges'][number]['node'];

/** A lab pays later: what it may owe, its purchase orders, its invoices. */
export function InvoicesPage() {
  const [{ after }, change] = useFilters({ after: '' });
  const query = useQuery({ query: LabInvoices, variables: { after: after || null } });
  const { mayFund } = useLabRights();
  return (
    <Page
      title="Invoices"
      about="Money now, paid by a day that is agreed."
      back={<Link to="/lab/billing">Billing</Link>}
    >
      <Ready query={query}>
        {({ labCredit, purchaseOrders, open, invoices: { edges, pageInfo, totalCount } }) => {
          const late = firstDue(open.edges.map(({ node }) => node));
          return (
            <>
              {labCredit.length === 0 && (
                <Notice>
                  You pay ahead: work is held from money that is in. Paying by invoice needs terms that we
                  agree on with your lab first; write to us, and they appear here.
                </Notice>
              )}
              {labCredit.map((credit) => (
                <CreditShown key={credit.limit.currency} credit={credit} />
              ))}
              {mayFund && labCredit.length > 0 && (
                <div className="halves">
                  <Section title="Get money by invoice">
                    {late ? (
                      <Late invoice={late} />
                    ) : (
                      <IssueInvoiceForm credits={labCredit} orders={purchaseOrders} />
                    )}
                  </Section>
                  <Section title="Purchase orders">
                    <PurchaseOrders
                      orders={purchaseOrders}
                      currencies={labCredit.map(({ limit }) => limit.currency)}
                    />
                  </Section>
                </div>
              )}
              <Section title="Your invoices">
                {edges.length === 0 && <Empty>There is no invoice yet.</Empty>}
                {edges.length > 0 && (
                  <InvoiceTable invoices={edges.map(({ node }) => node)} mayPay={mayFund} />
                )}
                {totalCount > 0 && (
                  <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
                )}
              </Section>
            </>
          );
        }}
      </Ready>
    </Page>
  );
}

/** Of the invoices that are late the one that was due first: nothing is given by invoice before it is paid. */
function firstDue(open: readonly Open[]): Open | undefined {
  const late = open.filter(({ daysOverdue }) => daysOverdue > 0);
  return late.sort((one, other) => one.dueOn.localeCompare(other.dueOn))[0];
}

/** What is late, since when, and what to do. */
function Late({ invoice: { number, amount, dueOn, daysOverdue, isBeingPaid } }: { readonly invoice: Open }) {
  return (
    <Notice tone="warning">
      Nothing can be issued now: invoice {number} over {money(amount)} was due on {day(dueOn)},{' '}
      {counted(daysOverdue, 'day')} ago.{' '}
      {isBeingPaid
        ? 'Its payment is on its way; once it has arrived, the form is here again.'
        : 'Pay it from the list below; then the form is here again.'}
    </Notice>
  );
}

function CreditShown({ credit: { limit, owed, left, dueDays } }: { readonly credit: Credit }) {
  return (
    <Figures
      figures={[
        { label: 'You owe', value: money(owed), about: 'the sum of open invoices', tone: 'lab' },
        { label: 'Left', value: money(left), about: `of a limit of ${money(limit)}` },
        { label: 'Paid within', value: `${dueDays} days`, about: 'of the day on which an invoice is issued' },
      ]}
    />
  );
}
