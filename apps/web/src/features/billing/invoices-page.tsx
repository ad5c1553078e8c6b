import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabInvoicesQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { useLabRights } from '../../lib/viewer';
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
        {({ labCredit, purchaseOrders, invoices: { edges, pageInfo, totalCount } }) => (
          <>
            {labCredit.length === 0 && (
              <Notice>
                You pay ahead: work is held from money that is in. Paying by invoice needs terms that we agree
                on with your lab first; write to us, and they appear here.
              </Notice>
            )}
            {labCredit.map((credit) => (
              <CreditShown key={credit.limit.currency} credit={credit} />
            ))}
            {mayFund && labCredit.length > 0 && (
              <div className="halves">
                <Section title="Get money by invoice">
                  <IssueInvoiceForm credits={labCredit} orders={purchaseOrders} />
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
              {edges.length > 0 && <InvoiceTable invoices={edges.map(({ node }) => node)} mayPay={mayFund} />}
              {totalCount > 0 && (
                <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
              )}
            </Section>
          </>
        )}
      </Ready>
    </Page>
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
