import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { PaidBonusesQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { moment } from '../../lib/time';
import { useLabRights } from '../../lib/viewer';
import { DataTable, type Column } from '../../ui/data-table';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { TallyLine } from '../../ui/tally';
import { GiveBonuses } from './give-bonuses';

const PaidBonuses = graphql(`
  query PaidBonuses($after: String) {
    bonusFiles(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          name
          bonuses
          paidAt
          sums {
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
          }
        }
      }
    }
  }
`);

type Row = PaidBonusesQuery['bonusFiles']['edges'][number]['node'];

const COLUMNS: readonly Column<Row>[] = [
  { id: 'paid', header: 'Paid', cell: ({ paidAt }) => moment(paidAt) },
  { id: 'name', header: 'File', cell: ({ name }) => name },
  { id: 'bonuses', header: 'Bonuses', isFigure: true, cell: ({ bonuses }) => bonuses },
  {
    id: 'tally',
    header: 'Price = pay + fee',
    isFigure: true,
    cell: ({ sums }) =>
      sums.map(({ tally }) => (
        <div key={tally.price.currency}>
          <TallyLine tally={tally} />
        </div>
      )),
  },
];

/** A lab gives bonuses to many experts by a file, and sees what it gave. */
export function BonusesPage() {
  const [{ after }, change] = useFilters({ after: '' });
  const query = useQuery({ query: PaidBonuses, variables: { after: after || null } });
  const { mayFund } = useLabRights();
  return (
    <Page
      title="Bonuses"
      about="Something extra for good work, for one expert or many at once, from a file."
      back={<Link to="/lab/billing">Billing</Link>}
    >
      {mayFund ? (
        <Section title="Give bonuses">
          <ol>
            <li>
              <a href="/bonuses/template.csv" download>
                <Download size={16} aria-hidden /> Download the template
              </a>
              : a row for everybody who works for you now.
            </li>
            <li>Write amount and reason beside those who get one, and leave the rest empty.</li>
            <li>Choose the file. You see every row and what it costs before anything is paid.</li>
          </ol>
          <GiveBonuses />
        </Section>
      ) : (
        <Notice>An owner or somebody in finance gives bonuses. You see what was given.</Notice>
      )}
      <Section title="Paid">
        <Ready query={query}>
          {({ bonusFiles: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && <Empty>No bonus has been given yet.</Empty>}
              {edges.length > 0 && (
                <DataTable
                  label="Paid files of bonuses"
                  columns={COLUMNS}
                  rows={edges.map(({ node }) => node)}
                  keyOf={({ id }) => id}
                />
              )}
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
