import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { duration } from '../../lib/time';
import { counted } from '../../lib/words';
import { ChoiceFilter, DayFilter, FilterBar } from '../../ui/filters';
import { Empty, Ready, Sheet } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { Tally } from '../../ui/tally';
import { ChargeTable } from './charge-table';

const EarnedLinesQuery = graphql(`
  query EarnedLines($after: String, $engagementId: ID, $from: DateTime, $to: DateTime) {
    myCharges(first: 20, after: $after, engagementId: $engagementId, from: $from, to: $to) {
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
          seconds
          chargedAt
          timesheetId
          engagementId
          kind
          reason
          hour {
            price {
              minor
              currency
            }
            pay {
              minor
              currency
            }
          }
          tally {
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
          line {
            id
            kind
            note
            startsAt
          }
        }
      }
    }
    myChargeSums(engagementId: $engagementId, from: $from, to: $to) {
      currency
      lines
      seconds
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
    myEngagements(first: 100) {
      edges {
        node {
          id
          openingTitle
          labName
        }
      }
    }
  }
`);

const DAY_MS = 86_400_000;

/** Every line that was charged, with its three numbers; by engagement and by date, with sums and as a file. */
export function EarnedLines() {
  const [{ after, engagement, from, to }, change] = useFilters({
    after: '',
    engagement: '',
    from: '',
    to: '',
  });
  const query = useQuery({
    query: EarnedLinesQuery,
    variables: {
      after: after || null,
      engagementId: engagement || null,
      from: from ? `${from}T00:00:00Z` : null,
      to: to ? new Date(Date.parse(to) + DAY_MS).toISOString() : null,
    },
  });
  const engagements = query[0].data?.myEngagements.edges ?? [];
  const file = new URLSearchParams(
    Object.entries({ engagementId: engagement, from, to }).filter(([, value]) => value !== ''),
  );
  return (
    <>
      <FilterBar>
        <ChoiceFilter
          label="Engagement"
          value={engagement}
          options={[
            ['', 'All'] as const,
            ...engagements.map(({ node }) => [node.id, `${node.openingTitle}, ${node.labName}`] as const),
          ]}
          onChange={(id) => change({ engagement: id })}
        />
        <DayFilter label="Approved from (UTC)" value={from} onChange={(day) => change({ from: day })} />
        <DayFilter label="to" value={to} onChange={(day) => change({ to: day })} />
        <a className="button" href={`/statements/expert.csv?${file}`} download>
          Download as CSV
        </a>
      </FilterBar>
      <Ready query={query}>
        {({ myCharges: { edges, pageInfo, totalCount }, myChargeSums }) => (
          <>
            {edges.length === 0 && (
              <Empty>
                {engagement || from || to
                  ? 'No line fits these filters.'
                  : 'Nothing is earned yet. A line is earned the moment that it is approved.'}
              </Empty>
            )}
            {myChargeSums.map((sum) => (
              <Sheet key={sum.currency} label={`Sum in ${sum.currency}`}>
                <Tally tally={sum} label={`${counted(sum.lines, 'line')}, ${duration(sum.seconds)}`} />
              </Sheet>
            ))}
            {edges.length > 0 && (
              <>
                <ChargeTable label="Earned lines" rows={edges.map(({ node }) => node)} />
                <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
              </>
            )}
          </>
        )}
      </Ready>
    </>
  );
}
