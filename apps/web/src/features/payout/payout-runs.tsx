import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { moment } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { Empty, Ready, Section } from '../../ui/page';

const PayoutRunList = graphql(`
  query PayoutRunList {
    payoutRuns(first: 10) {
      totalCount
      edges {
        node {
          id
          startedAt
          finishedAt
          trigger
          payoutCount
          blockedCount
          failedCount
        }
      }
    }
  }
`);

/** The last runs and what each did. */
export function PayoutRuns() {
  const query = useQuery({ query: PayoutRunList });
  return (
    <Section title="Last runs">
      <Ready query={query}>
        {({ payoutRuns: { edges } }) =>
          edges.length === 0 ? (
            <Empty>No run was made yet. One runs every day.</Empty>
          ) : (
            <DataTable
              label="Payout runs"
              rows={edges.map(({ node }) => node)}
              keyOf={({ id }) => id}
              columns={[
                {
                  id: 'began',
                  header: 'Began',
                  cell: ({ id, startedAt }) => (
                    <Link to="/admin/payouts/runs/$id" params={{ id }}>
                      {moment(startedAt)}
                    </Link>
                  ),
                },
                {
                  id: 'why',
                  header: 'Started by',
                  cell: ({ trigger }) => (trigger === 'DAILY' ? 'The daily run' : 'Somebody, by hand'),
                },
                {
                  id: 'done',
                  header: 'Finished',
                  cell: ({ finishedAt }) => (finishedAt ? moment(finishedAt) : 'Still running'),
                },
                {
                  id: 'asked',
                  header: 'Asked for',
                  isFigure: true,
                  cell: ({ payoutCount }) => payoutCount.toLocaleString('en'),
                },
                {
                  id: 'held',
                  header: 'Held at a gate',
                  isFigure: true,
                  cell: ({ blockedCount }) => blockedCount.toLocaleString('en'),
                },
                {
                  id: 'left',
                  header: 'Left for the next run',
                  isFigure: true,
                  cell: ({ failedCount }) => failedCount.toLocaleString('en'),
                },
              ]}
            />
          )
        }
      </Ready>
    </Section>
  );
}
