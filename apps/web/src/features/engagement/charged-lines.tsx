import { Link } from '@tanstack/react-router';
import { chargedForWords } from '@tallystick/domain';
import { useQuery, type UseQueryResponse } from 'urql';
import { graphql } from '../../gql';
import type { LinesOfEngagementQuery } from '../../gql/graphql';
import { day } from '../../lib/time';
import { counted } from '../../lib/words';
import { DataTable, type Column } from '../../ui/data-table';
import { HourCell, TimeCell } from '../../ui/hour-cell';
import { Ready } from '../../ui/page';
import { TallyLine } from '../../ui/tally';

const LinesOfEngagement = graphql(`
  query LinesOfEngagement($id: ID!) {
    labCharges(first: 10, engagementId: $id) {
      ...NewestLines
    }
  }
  fragment NewestLines on ChargeConnection {
    totalCount
    edges {
      node {
        id
        kind
        reason
        seconds
        chargedAt
        line {
          id
          kind
          startsAt
        }
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
      }
    }
  }
`);
const OwnLinesOfEngagement = graphql(`
  query OwnLinesOfEngagement($id: ID!) {
    myCharges(first: 10, engagementId: $id) {
      ...NewestLines
    }
  }
`);

type Lines = LinesOfEngagementQuery['labCharges'];
type Line = Lines['edges'][number]['node'];

/** The newest charged lines of an engagement as its lab sees them, each with what an hour of it cost. */
export function LinesForLab({ id }: { readonly id: string }) {
  const query = useQuery({ query: LinesOfEngagement, variables: { id } });
  return (
    <Newest query={query} linesOf={({ labCharges }) => labCharges} all={`/lab/engagements/${id}/statement`} />
  );
}

/** The same lines, and the same numbers, as their expert sees them. */
export function LinesForExpert({ id }: { readonly id: string }) {
  const query = useQuery({ query: OwnLinesOfEngagement, variables: { id } });
  return (
    <Newest
      query={query}
      linesOf={({ myCharges }) => myCharges}
      all={`/expert/engagements/${id}/statement`}
    />
  );
}

function Newest<Data>({
  query,
  linesOf,
  all,
}: {
  readonly query: UseQueryResponse<Data>;
  readonly linesOf: (data: Data) => Lines;
  /** Where all of them are. */
  readonly all: string;
}) {
  return (
    <Ready query={query}>
      {(data) => {
        const { edges, totalCount } = linesOf(data);
        if (edges.length === 0)
          return <p>Nothing is charged yet. A line is charged the moment it is approved.</p>;
        return (
          <>
            <DataTable
              label="Charged lines"
              columns={COLUMNS}
              rows={edges.map(({ node }) => node)}
              keyOf={({ id }) => id}
            />
            {totalCount > edges.length && (
              <p className="quiet">
                The newest {edges.length} of {counted(totalCount, 'line')}.{' '}
                <Link to={all}>All are in the statement</Link>
              </p>
            )}
          </>
        );
      }}
    </Ready>
  );
}

const COLUMNS: readonly Column<Line>[] = [
  {
    id: 'for',
    header: 'For',
    cell: ({ kind, reason, line, chargedAt }) => (
      <>
        {kind === 'REVERSAL' && line && 'Taken back: '}
        {chargedForWords(line?.kind ?? kind)} on {day(line?.startsAt ?? chargedAt)}
        {!line && reason && <span className="quiet">: {reason}</span>}
      </>
    ),
  },
  {
    id: 'time',
    header: 'Time',
    isFigure: true,
    cell: ({ kind, seconds }) => <TimeCell kind={kind} seconds={seconds} />,
  },
  {
    id: 'hour',
    header: 'An hour',
    isFigure: true,
    cell: ({ kind, hour }) => <HourCell kind={kind} hour={hour} />,
  },
  {
    id: 'tally',
    header: 'Price = pay + fee',
    isFigure: true,
    cell: ({ tally }) => <TallyLine tally={tally} />,
  },
];
