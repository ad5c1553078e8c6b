import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { WaitingMoneyPageQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { CURRENCY_OPTIONS, money } from '../../lib/money';
import { accountKindWords } from '../../lib/record-words';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Bars } from '../../ui/bars';
import { Button } from '../../ui/button';
import { ExpertFilter } from '../../ui/expert-filter';
import { LabFilter, useLabs } from '../../ui/lab-filter';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { SavedViews } from '../../ui/saved-views';

const WaitingMoneyPageDocument = graphql(`
  query WaitingMoneyPage($kind: String, $ownerId: ID, $currency: String, $fromDays: Int) {
    waitingMoney(kind: $kind, ownerId: $ownerId, currency: $currency, fromDays: $fromDays) {
      id
      kind
      fromDays
      toDays
      count
      since
      accountCode
      ledgerTransactionId
      amount {
        minor
        currency
      }
    }
  }
`);
const WaitingItems = graphql(`
  query WaitingItems($after: String, $kind: String, $ownerId: ID, $currency: String, $fromDays: Int) {
    waitingItems(
      first: 50
      after: $after
      kind: $kind
      ownerId: $ownerId
      currency: $currency
      fromDays: $fromDays
    ) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          kind
          accountCode
          ownerName
          since
          days
          ledgerTransactionId
          amount {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Row = WaitingMoneyPageQuery['waitingMoney'][number];

const NO_FILTER = { after: '', kind: '', owner: '', currency: '', days: '' };
const KINDS = [
  'expert_payable',
  'payout_on_its_way',
  'work_reserve',
  'rail_pending',
  'refund_clearing',
  'dispute_clearing',
  'lab_receivable',
  'expert_receivable',
  'unapplied_cash',
  'suspense',
] as const;
const OWN_WORDS: Readonly<Record<string, string>> = {
  payout_on_its_way: 'Payouts on their way to a bank',
  suspense: 'Not told apart yet',
};
const kindWords = (kind: string) => OWN_WORDS[kind] ?? accountKindWords(kind);
const AGES = [
  ['', 'Any time'],
  ['4', '4 days and more'],
  ['8', '8 days and more'],
  ['15', '15 days and more'],
  ['31', '31 days and more'],
] as const;

/** Money that sits where it should only pass through, by age, with the oldest of each named. */
export function WaitingMoneyPage() {
  const [filters, change] = useFilters(NO_FILTER);
  const { kind, owner, currency, days, after } = filters;
  const choice = {
    kind: kind || null,
    ownerId: owner.trim() || null,
    currency: currency || null,
    fromDays: days ? Number(days) : null,
  };
  const ages = useQuery({ query: WaitingMoneyPageDocument, variables: choice });
  const items = useQuery({ query: WaitingItems, variables: { ...choice, after: after || null } });
  const isLab = useLabs().some(([id]) => id === owner);
  const isFiltered = kind !== '' || owner !== '' || currency !== '' || days !== '';
  return (
    <Page
      title="Where money waits"
      about="Money on accounts that should empty themselves: earned and not paid, reserved, on its way, in dispute. What came first leaves first, so its age is that of what is left."
    >
      <FilterBar>
        <ChoiceFilter
          label="Where"
          value={kind}
          options={[['', 'Everywhere'], ...KINDS.map((each) => [each, kindWords(each)] as const)]}
          onChange={(next) => change({ kind: next })}
        />
        <ChoiceFilter
          label="Waits for"
          value={days}
          options={AGES}
          onChange={(next) => change({ days: next })}
        />
        <ChoiceFilter
          label="Currency"
          value={currency}
          options={[['', 'All'], ...CURRENCY_OPTIONS]}
          onChange={(next) => change({ currency: next })}
        />
        <LabFilter value={isLab ? owner : ''} onChange={(next) => change({ owner: next })} />
        <ExpertFilter value={isLab ? '' : owner} onChange={(next) => change({ owner: next })} />
        {isFiltered && (
          <Button weight="quiet" onPress={() => change(NO_FILTER)}>
            Show everything
          </Button>
        )}
      </FilterBar>
      <SavedViews />
      <Section title="By age">
        <Ready query={ages}>
          {({ waitingMoney: rows }) =>
            rows.length === 0 ? (
              <Empty>
                {isFiltered
                  ? 'Nothing that waits fits these filters.'
                  : 'Nothing waits. What comes in has gone on.'}
              </Empty>
            ) : (
              <>
                {[...new Set(rows.map((row) => `${row.kind} ${row.amount.currency}`))].map((pair) => (
                  <AgesOf
                    key={pair}
                    rows={rows.filter((row) => `${row.kind} ${row.amount.currency}` === pair)}
                  />
                ))}
              </>
            )
          }
        </Ready>
      </Section>
      <Section
        title="Item by item, the oldest first"
        action={
          <ExportLinks
            list="waiting-items"
            query={{ kind, ownerId: owner.trim(), currency, fromDays: days }}
          />
        }
      >
        <Ready query={items}>
          {({ waitingItems: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && (
                <Empty>
                  {isFiltered ? 'Nothing fits. Show everything to see the rest.' : 'Nothing waits.'}
                </Empty>
              )}
              {edges.length > 0 && <Items rows={edges.map(({ node }) => node)} />}
              {totalCount > 0 && (
                <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
              )}
            </>
          )}
        </Ready>
      </Section>
    </Page>
  );
}

const OLD_DAYS = 15;

/** The ages of one kind and currency, the youngest first, with the way to the oldest. */
function AgesOf({ rows }: { readonly rows: readonly Row[] }) {
  const [oldest] = rows;
  if (!oldest) return null;
  const { kind, since, amount, ledgerTransactionId } = oldest;
  return (
    <Bars
      label={`${kindWords(kind)}, ${amount.currency}`}
      bars={rows.toReversed().map((row) => ({
        label:
          row.toDays === null || row.toDays === undefined
            ? `${row.fromDays} days and more`
            : `${row.fromDays} to ${row.toDays} days`,
        value: Number(row.amount.minor),
        text: `${money(row.amount)} (${row.count})`,
        tone: row.fromDays >= OLD_DAYS ? ('bad' as const) : ('lab' as const),
      }))}
      note={
        <>
          The oldest waits since {moment(since)}.{' '}
          {ledgerTransactionId && (
            <Link to="/admin/ledger/transactions/$id" params={{ id: ledgerTransactionId }}>
              Open what brought it there
            </Link>
          )}
        </>
      }
    />
  );
}

function Items({
  rows,
}: {
  readonly rows: readonly {
    readonly id: string;
    readonly kind: string;
    readonly accountCode?: string | null;
    readonly ownerName?: string | null;
    readonly since: string;
    readonly days: number;
    readonly ledgerTransactionId?: string | null;
    readonly amount: { readonly minor: string; readonly currency: string };
  }[];
}) {
  return (
    <DataTable
      label="Money that waits"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'since',
          header: 'Since',
          cell: ({ since, ledgerTransactionId }) =>
            ledgerTransactionId ? (
              <Link to="/admin/ledger/transactions/$id" params={{ id: ledgerTransactionId }}>
                {moment(since)}
              </Link>
            ) : (
              moment(since)
            ),
        },
        { id: 'days', header: 'Waits for', isFigure: true, cell: ({ days }) => counted(days, 'day') },
        {
          id: 'where',
          header: 'Where',
          cell: ({ kind, accountCode }) =>
            accountCode ? (
              <Link to="/admin/ledger/accounts/$code" params={{ code: accountCode }}>
                {kindWords(kind)}
              </Link>
            ) : (
              kindWords(kind)
            ),
        },
        { id: 'whose', header: 'Whose', cell: ({ ownerName }) => ownerName ?? 'The platform' },
        { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
      ]}
    />
  );
}
