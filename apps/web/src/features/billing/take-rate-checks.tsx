import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { chargedForWords } from '@tallystick/domain';
import { graphql } from '../../gql';
import type { TakeRateChecksQuery } from '../../gql/graphql';
import { money, percent } from '../../lib/money';
import { day, duration, moment } from '../../lib/time';
import { useViewer } from '../../lib/viewer';
import { counted } from '../../lib/words';
import { DataTable, type Column } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { Notice } from '../../ui/notice';
import { Empty, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { TakeBackCharge } from './take-back-charge';
import type { ChargeChoice } from './take-rates-page';

const Checks = graphql(`
  query TakeRateChecks($after: String, $labId: ID, $expertId: ID, $from: DateTime, $to: DateTime) {
    allCharges(first: 50, after: $after, labId: $labId, expertId: $expertId, from: $from, to: $to) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          labName
          expertName
          kind
          reason
          seconds
          chargedAt
          ledgerTransactionId
          rate {
            minor
            currency
          }
          agreed {
            minor
            currency
          }
          tally {
            takeRatePpm
            price {
              minor
              currency
            }
            pay {
              minor
              currency
            }
            fee {
              minor
              currency
            }
          }
          takeRateCheck {
            isRight
            policy {
              id
              scope
              words
              effectiveFrom
            }
            expected {
              fee {
                minor
                currency
              }
            }
            difference {
              minor
              currency
            }
          }
        }
      }
    }
  }
`);

type Row = TakeRateChecksQuery['allCharges']['edges'][number]['node'];

const isWrong = ({ takeRateCheck }: Row) => takeRateCheck?.isRight === false;

/** What charges are filtered by, for an address. */
function chosen({ labId, expertId, from, to }: ChargeChoice): Record<string, string | undefined> {
  return {
    labId: labId ?? undefined,
    expertId: expertId ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
  };
}

/** Each charge with what its policy gives, what was charged and the difference; what differs comes first. */
export function TakeRateChecks({
  choice,
  after,
  onPage,
}: {
  readonly choice: ChargeChoice;
  readonly after: string;
  readonly onPage: (after: string) => void;
}) {
  const query = useQuery({ query: Checks, variables: { ...choice, after: after || null } });
  return (
    <Section title="Charge by charge" action={<ExportLinks list="charges" query={chosen(choice)} />}>
      <Ready query={query}>
        {({ allCharges: { edges, pageInfo, totalCount } }) => {
          const rows = edges.map(({ node }) => node);
          const wrong = rows.filter(isWrong);
          return (
            <>
              {rows.length === 0 && <Empty>No charge fits. A longer time or another lab shows more.</Empty>}
              {rows.length > 0 && <Verdict wrong={wrong.length} looked={rows.length} />}
              {rows.length > 0 && <ChargeTable rows={[...wrong, ...rows.filter((row) => !isWrong(row))]} />}
              {totalCount > 0 && <Pager pageInfo={pageInfo} total={totalCount} onPage={onPage} />}
            </>
          );
        }}
      </Ready>
    </Section>
  );
}

function Verdict({ wrong, looked }: { readonly wrong: number; readonly looked: number }) {
  return wrong === 0 ? (
    <Notice tone="good">
      {counted(looked, 'charge')} on this page: each is, to the cent, what its policy gives.
    </Notice>
  ) : (
    <Notice tone="bad">
      <p>
        {counted(wrong, 'charge differs', 'charges differ')} from the policy. Stop payouts of these experts,
        open the ledger transaction, and take the charge back here.
      </p>
    </Notice>
  );
}

function ChargeTable({ rows }: { readonly rows: readonly Row[] }) {
  const roles = useViewer()?.staffRoles ?? [];
  const mayTakeBack = roles.some((role) => role === 'FINANCE' || role === 'ADMIN');
  return (
    <DataTable
      label="Charges beside their policy"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'at',
          header: 'Charged',
          cell: ({ chargedAt, ledgerTransactionId }) => (
            <Link to="/admin/ledger/transactions/$id" params={{ id: ledgerTransactionId }}>
              {moment(chargedAt)}
            </Link>
          ),
        },
        {
          id: 'who',
          header: 'Lab and expert',
          cell: ({ labName, expertName, seconds, rate, kind, reason }) => (
            <>
              {labName}, {expertName}
              <div className="quiet">
                {kind === 'TIME'
                  ? `${duration(seconds)} at ${money(rate)} an hour`
                  : `${chargedForWords(kind)}: ${reason ?? ''}`}
              </div>
            </>
          ),
        },
        { id: 'policy', header: 'Policy then in force', cell: policyOf },
        {
          id: 'rate',
          header: 'Charged rate',
          isFigure: true,
          cell: ({ tally }) => percent(tally.takeRatePpm),
        },
        {
          id: 'expected',
          header: 'Expected',
          isFigure: true,
          cell: ({ takeRateCheck }) => (takeRateCheck ? money(takeRateCheck.expected.fee) : ''),
        },
        { id: 'actual', header: 'Kept', isFigure: true, cell: ({ tally }) => money(tally.fee) },
        { id: 'difference', header: 'Difference', isFigure: true, cell: (row) => <Difference row={row} /> },
        ...(mayTakeBack ? [TAKING_BACK] : []),
      ]}
    />
  );
}

const TAKING_BACK: Column<Row> = {
  id: 'back',
  header: 'Take back',
  cell: (row) =>
    row.kind === 'REVERSAL' ? (
      <span className="quiet">Takes another back</span>
    ) : (
      <TakeBackCharge line={row} />
    ),
};

const WHOM: Readonly<Record<string, string>> = {
  DEFAULT: 'For everybody',
  PROMO: 'A promotion',
  PROJECT: 'For this project',
  LAB_EXPERT: 'For this lab and expert',
};

function policyOf({ takeRateCheck }: Row): string {
  if (!takeRateCheck) return 'Cannot be read';
  const { scope, words, effectiveFrom } = takeRateCheck.policy;
  return `${WHOM[scope] ?? 'For this lab'}, from ${day(effectiveFrom)}: ${words}`;
}

function Difference({ row: { takeRateCheck } }: { readonly row: Row }) {
  if (!takeRateCheck) return null;
  return takeRateCheck.isRight ? (
    'None'
  ) : (
    <>
      <span className="tag bad">Differs</span> {money(takeRateCheck.difference)}
    </>
  );
}
