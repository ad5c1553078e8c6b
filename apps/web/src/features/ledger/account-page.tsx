import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { accountKindWords, transactionWords } from '../../lib/record-words';
import { moment } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { DayFilter, FilterBar } from '../../ui/filters';
import { ExportLinks } from '../../ui/export-links';
import { Figures } from '../../ui/figures';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { AccountLink } from './account-link';
import { PHASES } from './phases';

const LedgerStatement = graphql(`
  query LedgerStatement($code: ID!, $after: String, $at: DateTime) {
    ledgerAccount(code: $code, at: $at) {
      code
      kind
      ownerName
      openedAt
      posted {
        minor
        currency
      }
      held {
        minor
        currency
      }
      available {
        minor
        currency
      }
    }
    ledgerStatement(code: $code, first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          transactionId
          kind
          phase
          debit
          credit
          effectiveAt
          amount {
            minor
            currency
          }
        }
      }
    }
  }
`);

/** One account: its sum, and every posting on it. */
export function LedgerAccountPage() {
  const { code = '' } = useParams({ strict: false }) as { code?: string };
  const [{ after, on }, change] = useFilters({ after: '', on: '' });
  const query = useQuery({
    query: LedgerStatement,
    variables: { code, after: after || null, at: endOf(on) },
  });
  return (
    <Ready query={query} title="Account">
      {({ ledgerAccount: account, ledgerStatement: { edges, pageInfo, totalCount } }) => (
        <Page
          title={accountKindWords(account.kind)}
          about={`${account.ownerName ?? 'The platform'}. Opened on ${moment(account.openedAt)}.`}
          back={<Link to="/admin/ledger">All accounts</Link>}
        >
          <FilterBar>
            <DayFilter label="As it was at the end of" value={on} onChange={(next) => change({ on: next })} />
          </FilterBar>
          <Figures
            figures={[
              { label: 'On it', value: money(account.posted), about: 'The sum of all its postings' },
              { label: 'Reserved', value: money(account.held), about: 'Held for weeks of work' },
              {
                label: 'Free',
                value: money(account.available),
                about: 'What is on it less what is reserved',
              },
            ]}
          />
          <Section title="Postings" action={<ExportLinks list="postings" query={{ account: code }} />}>
            {edges.length === 0 && <Empty>Nothing was posted on this account yet.</Empty>}
            {edges.length > 0 && (
              <DataTable
                label="Postings on this account"
                rows={edges.map(({ node }) => node)}
                keyOf={({ id }) => id}
                columns={[
                  { id: 'at', header: 'When', cell: ({ effectiveAt }) => moment(effectiveAt) },
                  {
                    id: 'what',
                    header: 'What',
                    cell: ({ transactionId, kind, phase }) => (
                      <>
                        <Link to="/admin/ledger/transactions/$id" params={{ id: transactionId }}>
                          {transactionWords(kind)}
                        </Link>
                        {PHASES[phase] && <div className="quiet">{PHASES[phase]}</div>}
                      </>
                    ),
                  },
                  {
                    id: 'other',
                    header: 'Other account',
                    cell: ({ debit, credit }) => <AccountLink code={debit === code ? credit : debit} />,
                  },
                  {
                    id: 'debit',
                    header: 'Debit',
                    isFigure: true,
                    cell: ({ debit, amount }) => (debit === code ? money(amount) : ''),
                  },
                  {
                    id: 'credit',
                    header: 'Credit',
                    isFigure: true,
                    cell: ({ credit, amount }) => (credit === code ? money(amount) : ''),
                  },
                ]}
              />
            )}
            {totalCount > 0 && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            )}
          </Section>
        </Page>
      )}
    </Ready>
  );
}

/** The last instant of a day (UTC); null without one, which is now. */
function endOf(day: string): string | null {
  return day ? `${day}T23:59:59.999Z` : null;
}
