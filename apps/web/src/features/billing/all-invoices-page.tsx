import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { AllInvoicesQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { counted } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { INVOICE_AGES, INVOICE_STATES, INVOICE_WORDS } from './invoice-words';

const AllInvoices = graphql(`
  query AllInvoices($after: String, $state: String, $labId: ID, $age: String) {
    invoiceSums(labId: $labId) {
      standing
      count
      amount {
        minor
        currency
      }
    }
    allInvoices(first: 50, after: $after, state: $state, labId: $labId, age: $age) {
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
          labName
          state
          issuedAt
          dueOn
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
    labs(first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

type Invoice = AllInvoicesQuery['allInvoices']['edges'][number]['node'];
type Sum = AllInvoicesQuery['invoiceSums'][number];

/** The invoices of all labs: what is late, since when, and what it comes to. */
export function AllInvoicesPage() {
  const [{ after, state, labId, age }, change] = useFilters({ after: '', state: '', labId: '', age: '' });
  const query = useQuery({
    query: AllInvoices,
    variables: { after: after || null, state: state || null, labId: labId || null, age: age || null },
  });
  return (
    <Page
      title="Invoices"
      about="Money that labs have at once and pay later: what is open and how late it is, what was paid, what was taken back."
      action={<ExportLinks list="invoices" query={{ state: age ? '' : state, labId, age }} />}
    >
      <Ready query={query}>
        {({ invoiceSums, allInvoices: { edges, pageInfo, totalCount }, labs }) => (
          <>
            <Sums sums={invoiceSums} />
            <Section title="All invoices">
              <FilterBar>
                <ChoiceFilter
                  label="State"
                  value={age ? 'OPEN' : state}
                  options={[['', 'All'], ...INVOICE_STATES]}
                  onChange={(next) => change({ state: next, age: '', after: '' })}
                />
                <ChoiceFilter
                  label="How late"
                  value={age}
                  options={[['', 'All'], ...INVOICE_AGES]}
                  onChange={(next) => change({ age: next, state: '', after: '' })}
                />
                <ChoiceFilter
                  label="Lab"
                  value={labId}
                  options={[['', 'All'], ...labs.edges.map(({ node }) => [node.id, node.name] as const)]}
                  onChange={(next) => change({ labId: next, after: '' })}
                />
              </FilterBar>
              {edges.length === 0 ? (
                <Empty>
                  {state || age || labId
                    ? 'No invoice is like this.'
                    : 'No invoice was issued yet. A lab pays by invoice once finance has set its terms on the lab’s page.'}
                </Empty>
              ) : (
                <InvoicesShown rows={edges.map(({ node }) => node)} />
              )}
              {totalCount > edges.length && (
                <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
              )}
            </Section>
          </>
        )}
      </Ready>
    </Page>
  );
}

/** One row a standing, one column a currency: nothing of two currencies is added up. */
function Sums({ sums }: { readonly sums: readonly Sum[] }) {
  if (sums.length === 0) return null;
  const currencies = [...new Set(sums.map(({ amount }) => amount.currency))].sort();
  const standings = [...INVOICE_AGES, ...INVOICE_STATES].filter(([code]) =>
    sums.some(({ standing }) => standing === code),
  );
  const of = (code: string, currency: string) =>
    sums.find(({ standing, amount }) => standing === code && amount.currency === currency);
  return (
    <Section title="How old they are">
      <DataTable
        label="Sums of invoices by standing and currency"
        rows={standings}
        keyOf={([code]) => code}
        columns={[
          { id: 'standing', header: 'Standing', cell: ([, words]) => words },
          ...currencies.map((currency) => ({
            id: currency,
            header: currency,
            isFigure: true,
            cell: ([code]: readonly [string, string]) => {
              const sum = of(code, currency);
              return sum ? (
                <>
                  {money(sum.amount)} <div className="quiet">{counted(sum.count, 'invoice')}</div>
                </>
              ) : (
                '0'
              );
            },
          })),
        ]}
      />
    </Section>
  );
}

function InvoicesShown({ rows }: { readonly rows: readonly Invoice[] }) {
  return (
    <DataTable
      label="Invoices, the newest first"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'number',
          header: 'Invoice',
          cell: ({ id, number, purchaseOrderNumber }) => (
            <>
              <Link to="/admin/invoices/$id" params={{ id }}>
                {number}
              </Link>
              {purchaseOrderNumber && <div className="quiet">Purchase order {purchaseOrderNumber}</div>}
            </>
          ),
        },
        { id: 'lab', header: 'Lab', cell: ({ labName }) => labName },
        { id: 'issued', header: 'Issued', cell: ({ issuedAt }) => day(issuedAt) },
        {
          id: 'state',
          header: 'State',
          cell: ({ state, daysOverdue, dueOn, paidAt }) =>
            daysOverdue > 0 ? (
              <StateTag state="FAILED" text={`Late by ${counted(daysOverdue, 'day')}`} />
            ) : (
              <>
                <StateTag state={state === 'OPEN' ? 'WAITING' : state} text={INVOICE_WORDS.get(state)} />
                <div className="quiet">
                  {paidAt ? `on ${day(paidAt)}` : state === 'OPEN' && `by ${day(dueOn)}`}
                </div>
              </>
            ),
        },
        { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
      ]}
    />
  );
}
