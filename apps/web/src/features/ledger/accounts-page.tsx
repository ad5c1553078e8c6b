import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { CURRENCY_OPTIONS, money } from '../../lib/money';
import { ACCOUNT_KIND_OPTIONS, accountKindWords } from '../../lib/record-words';
import { ExportLinks } from '../../ui/export-links';
import { DataTable } from '../../ui/data-table';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';

const LedgerAccounts = graphql(`
  query LedgerAccounts($after: String, $kind: String, $currency: String, $ownerId: ID) {
    ledgerAccounts(first: 50, after: $after, kind: $kind, currency: $currency, ownerId: $ownerId) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          code
          kind
          ownerName
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
      }
    }
  }
`);

/** Every account of the book, with what is on it. */
export function LedgerPage() {
  const [filters, change] = useFilters({ after: '', kind: '', currency: '', owner: '' });
  const { after, kind, currency, owner } = filters;
  const query = useQuery({
    query: LedgerAccounts,
    variables: {
      after: after || null,
      kind: kind || null,
      currency: currency || null,
      ownerId: owner || null,
    },
  });
  return (
    <Page
      title="Ledger"
      action={<ExportLinks list="postings" />}
      about="Where each cent is. Every amount is summed from its postings when you look. Open an account to follow it."
    >
      <FilterBar>
        <ChoiceFilter
          label="Kind"
          value={kind}
          options={[['', 'All kinds'], ...ACCOUNT_KIND_OPTIONS]}
          onChange={(next) => change({ kind: next })}
        />
        <ChoiceFilter
          label="Currency"
          value={currency}
          options={[['', 'All'], ...CURRENCY_OPTIONS]}
          onChange={(next) => change({ currency: next })}
        />
      </FilterBar>
      <Ready query={query}>
        {({ ledgerAccounts: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && (
              <Empty>
                {kind || currency || owner
                  ? 'No account fits. Choose another kind or currency.'
                  : 'Nothing was booked yet. The first funds of a lab open the first accounts.'}
              </Empty>
            )}
            {edges.length > 0 && (
              <DataTable
                label="Accounts"
                rows={edges.map(({ node }) => node)}
                keyOf={({ code }) => code}
                columns={[
                  {
                    id: 'account',
                    header: 'Account',
                    cell: ({ code, kind: of }) => (
                      <Link to="/admin/ledger/accounts/$code" params={{ code }}>
                        {accountKindWords(of)}
                      </Link>
                    ),
                  },
                  { id: 'owner', header: 'Whose', cell: ({ ownerName }) => ownerName ?? 'The platform' },
                  { id: 'posted', header: 'On it', isFigure: true, cell: ({ posted }) => money(posted) },
                  { id: 'held', header: 'Reserved', isFigure: true, cell: ({ held }) => money(held) },
                  {
                    id: 'available',
                    header: 'Free',
                    isFigure: true,
                    cell: ({ available }) => money(available),
                  },
                ]}
              />
            )}
            {totalCount > 0 && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            )}
          </>
        )}
      </Ready>
    </Page>
  );
}
