import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { duration, moment } from '../../lib/time';
import { Panel } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { Facts } from '../../ui/figures';
import { Empty, Ready } from '../../ui/page';
import type { ContractCheckRow } from './contract-checks-page';

const AssessedLines = graphql(`
  query AssessedLines($engagementId: ID!, $from: DateTime!, $to: DateTime!) {
    allCharges(first: 100, engagementId: $engagementId, from: $from, to: $to) {
      edges {
        node {
          id
          takeRateWords
          assessments {
            id
            side
            formulaVersion
            basis {
              minor
              currency
            }
            computed {
              minor
              currency
            }
            charged {
              minor
              currency
            }
          }
        }
      }
    }
  }
`);

/** One charged line: its contract, how each fee was worked out, and where it stands in the ledger and the journal. */
export function LineOfContract({
  row,
  onClose,
}: {
  readonly row: ContractCheckRow;
  readonly onClose: () => void;
}) {
  const to = new Date(Date.parse(row.chargedAt) + 1).toISOString();
  const query = useQuery({
    query: AssessedLines,
    variables: { engagementId: row.engagementId, from: row.chargedAt, to },
  });
  return (
    <Panel title={`${row.expertName} for ${row.labName}`} isOpen onClose={onClose}>
      <Facts
        facts={[
          ['Project', row.projectTitle],
          ['Charged', moment(row.chargedAt)],
          ['By the contract', `${duration(row.seconds)} at ${money(row.rate)} an hour: ${money(row.agreed)}`],
          ['Charged as agreed pay', money(row.charged)],
          ['Pay', `${money(row.pay)}; the ledger has ${money(row.payBooked)}`],
          [
            'Follow it',
            <span key="links" className="row">
              <Link to="/admin/ledger/transactions/$id" params={{ id: row.ledgerTransactionId }}>
                Ledger transaction
              </Link>
              <Link to="/admin/journal" search={{ subject: row.engagementId } as never}>
                Contract in the journal
              </Link>
            </span>,
          ],
        ]}
      />
      <Ready query={query}>
        {({ allCharges: { edges } }) => {
          const found = edges.find(({ node }) => node.id === row.id)?.node;
          if (!found || found.assessments.length === 0)
            return <Empty>How its fees were worked out was not kept. The nightly check writes it.</Empty>;
          return (
            <>
              <p>{found.takeRateWords}</p>
              <DataTable
                label="How each fee was worked out"
                rows={found.assessments}
                keyOf={({ id }) => id}
                columns={[
                  {
                    id: 'side',
                    header: 'Paid by',
                    cell: ({ side }) => (side === 'LAB' ? 'The lab' : 'The expert'),
                  },
                  { id: 'basis', header: 'Agreed pay', isFigure: true, cell: ({ basis }) => money(basis) },
                  {
                    id: 'computed',
                    header: 'By the percentage',
                    isFigure: true,
                    cell: ({ computed }) => money(computed),
                  },
                  { id: 'charged', header: 'Charged', isFigure: true, cell: ({ charged }) => money(charged) },
                ]}
              />
            </>
          );
        }}
      </Ready>
    </Panel>
  );
}
