import { Download } from 'lucide-react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabMovementListQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money, type Money } from '../../lib/money';
import { moment } from '../../lib/time';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';

const LabMovementList = graphql(`
  query LabMovementList($after: String) {
    labMovements(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          at
          words
          about
          has {
            minor
            currency
          }
          owes {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Row = LabMovementListQuery['labMovements']['edges'][number]['node'];

const COLUMNS: Column<Row>[] = [
  { id: 'at', header: 'When', cell: ({ at }) => moment(at) },
  {
    id: 'what',
    header: 'What',
    cell: ({ words, about }) => (
      <>
        {words}
        {about && <div className="quiet">{about}</div>}
      </>
    ),
  },
  { id: 'has', header: 'You have', isFigure: true, cell: ({ has }) => signed(has) },
  { id: 'owes', header: 'You owe', isFigure: true, cell: ({ owes }) => signed(owes) },
];

/** Every movement of the lab's money, newest first: added up, they are what it has and owes. */
export function LabMovements() {
  const [{ movements }, change] = useFilters({ movements: '' });
  const query = useQuery({ query: LabMovementList, variables: { after: movements || null } });
  return (
    <Section
      title="Every movement"
      action={
        <span className="row">
          <a className="button" href="/statements/lab-money.csv" download>
            <Download size={18} aria-hidden /> Download movements (CSV)
          </a>
          <a className="button" href="/statements/lab-money.pdf" download>
            <Download size={18} aria-hidden /> PDF
          </a>
        </span>
      }
    >
      <Ready query={query}>
        {({ labMovements: { edges, pageInfo, totalCount } }) =>
          edges.length === 0 ? (
            <Empty>Nothing has moved yet.</Empty>
          ) : (
            <>
              <p className="quiet">
                Added up, they are what you have, held money included, and what you owe by invoice and from
                lost disputes.
              </p>
              <DataTable
                label="Movements"
                columns={COLUMNS}
                rows={edges.map(({ node }) => node)}
                keyOf={({ id }) => id}
              />
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ movements: next })} />
            </>
          )
        }
      </Ready>
    </Section>
  );
}

/** A change with its sign; nothing where nothing changed. */
function signed(change: Money): string {
  if (change.minor === '0') return '';
  return change.minor.startsWith('-') ? money(change) : `+${money(change)}`;
}
