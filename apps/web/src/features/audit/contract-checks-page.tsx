import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ContractChecksQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { duration, moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { exported, MoneyFilterBar, useMoneyFilters } from './money-filters';
import { LineOfContract } from './line-of-contract';

const ContractChecks = graphql(`
  query ContractChecks(
    $after: String
    $labId: ID
    $expertId: ID
    $currency: String
    $from: DateTime
    $to: DateTime
    $isDifferent: Boolean
  ) {
    contractChecks(
      first: 50
      after: $after
      labId: $labId
      expertId: $expertId
      currency: $currency
      from: $from
      to: $to
      isDifferent: $isDifferent
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
          chargedAt
          kind
          engagementId
          labName
          expertName
          projectTitle
          seconds
          isOtherTerms
          isDifferent
          ledgerTransactionId
          rate {
            minor
            currency
          }
          agreed {
            minor
            currency
          }
          charged {
            minor
            currency
          }
          agreedDifference {
            minor
            currency
          }
          feeAgreed {
            minor
            currency
          }
          feeTaken {
            minor
            currency
          }
          feeDifference {
            minor
            currency
          }
          pay {
            minor
            currency
          }
          payBooked {
            minor
            currency
          }
        }
      }
    }
  }
`);

const OWN = { open: '' };

export type ContractCheckRow = ContractChecksQuery['contractChecks']['edges'][number]['node'];

/** Each charged line beside its contract: what differs first, then all. */
export function ContractChecksPage() {
  const { filters, change, choice, after, page } = useMoneyFilters(OWN);
  const different = useQuery({ query: ContractChecks, variables: { ...choice, isDifferent: true } });
  const all = useQuery({ query: ContractChecks, variables: { ...choice, after } });
  const rows = [different, all].flatMap(
    ([{ data }]) => data?.contractChecks.edges.map(({ node }) => node) ?? [],
  );
  const opened = rows.find(({ id }) => id === filters.open);
  const show = (open: string) => change({ open, after: filters.after } as never);
  return (
    <Page
      title="Contract against charged"
      about="Was each line charged as its contract says? Signed rate x approved time beside what was charged, and the agreed fee beside the fee that the ledger has."
    >
      <MoneyFilterBar filters={filters} change={change as never} time="Charged" defaults={OWN} />
      <Section
        title="What differs"
        action={
          <ExportLinks list="contract-checks" query={{ ...exported({ ...choice }), isDifferent: 'true' }} />
        }
      >
        <Ready query={different}>
          {({ contractChecks: { edges, totalCount } }) =>
            edges.length === 0 ? (
              <Notice tone="good">
                Nothing differs: every line was charged as its contract says, to the cent.
              </Notice>
            ) : (
              <>
                <Notice tone="bad">
                  {counted(totalCount, 'line differs', 'lines differ')} from the contract. Hold the payouts of
                  these experts, open the ledger transaction, and take back what is wrong.
                </Notice>
                <Checks label="Lines that differ" rows={edges.map(({ node }) => node)} onOpen={show} />
              </>
            )
          }
        </Ready>
      </Section>
      <Section
        title="All lines"
        action={<ExportLinks list="contract-checks" query={exported({ ...choice })} />}
      >
        <Ready query={all}>
          {({ contractChecks: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && (
                <Empty>No charged line fits. A longer time or another lab shows more.</Empty>
              )}
              {edges.length > 0 && (
                <Checks label="Charged lines" rows={edges.map(({ node }) => node)} onOpen={show} />
              )}
              {totalCount > 0 && <Pager pageInfo={pageInfo} total={totalCount} onPage={page} />}
            </>
          )}
        </Ready>
      </Section>
      {opened && <LineOfContract row={opened} onClose={() => show('')} />}
    </Page>
  );
}

const KINDS: Readonly<Record<string, string>> = { BONUS: 'Bonus', REVERSAL: 'Taken back' };

function Checks({
  label,
  rows,
  onOpen,
}: {
  readonly label: string;
  readonly rows: readonly ContractCheckRow[];
  readonly onOpen: (id: string) => void;
}) {
  return (
    <DataTable
      label={label}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'at',
          header: 'Charged',
          cell: ({ id, chargedAt, expertName }) => (
            <button
              type="button"
              className="button quiet"
              aria-label={`Open the line of ${expertName} charged ${moment(chargedAt)}`}
              onClick={() => onOpen(id)}
            >
              {moment(chargedAt)}
            </button>
          ),
        },
        {
          id: 'who',
          header: 'Lab and expert',
          cell: ({ labName, expertName, kind, seconds, rate }) => (
            <>
              {labName}, {expertName}
              <div className="quiet">{KINDS[kind] ?? `${duration(seconds)} at ${money(rate)} an hour`}</div>
            </>
          ),
        },
        { id: 'agreed', header: 'Agreed pay', isFigure: true, cell: ({ agreed }) => money(agreed) },
        { id: 'charged', header: 'Charged', isFigure: true, cell: ({ charged }) => money(charged) },
        {
          id: 'fee',
          header: 'Fee agreed',
          isFigure: true,
          cell: ({ feeAgreed }) => (feeAgreed ? money(feeAgreed) : ''),
        },
        { id: 'taken', header: 'Fee taken', isFigure: true, cell: ({ feeTaken }) => money(feeTaken) },
        { id: 'difference', header: 'Difference', isFigure: true, cell: (row) => <Difference row={row} /> },
        {
          id: 'ledger',
          header: 'Ledger',
          cell: ({ ledgerTransactionId }) => (
            <Link to="/admin/ledger/transactions/$id" params={{ id: ledgerTransactionId }}>
              Follow
            </Link>
          ),
        },
      ]}
    />
  );
}

function Difference({ row }: { readonly row: ContractCheckRow }) {
  if (!row.isDifferent) return 'None';
  return (
    <>
      <span className="tag bad">Differs</span>
      {row.agreedDifference.minor !== '0' && <div>Pay {money(row.agreedDifference)}</div>}
      {row.feeDifference.minor !== '0' && <div>Fee {money(row.feeDifference)}</div>}
      {row.isOtherTerms && <div>Other terms</div>}
      {row.pay.minor !== row.payBooked.minor && <div>Ledger has {money(row.payBooked)}</div>}
    </>
  );
}
