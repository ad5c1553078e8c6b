import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabChargeListQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { percent } from '../../lib/money';
import { duration, moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { DataTable, type Column } from '../../ui/data-table';
import { ChoiceFilter, DayFilter, FilterBar } from '../../ui/filters';
import { TimeCell } from '../../ui/hour-cell';
import { Empty, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { Tally, TallyLine } from '../../ui/tally';
import { ChargedFor } from './charged-for';

const LabChargeList = graphql(`
  query LabChargeList($after: String, $engagementId: ID, $from: DateTime, $to: DateTime) {
    labChargeSums(engagementId: $engagementId, from: $from, to: $to) {
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
    labCharges(first: 20, after: $after, engagementId: $engagementId, from: $from, to: $to) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          expertName
          seconds
          chargedAt
          labFeePpm
          takeRateWords
          timesheetId
          engagementId
          kind
          reason
          line {
            id
            kind
            note
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
`);
const ChargedEngagements = graphql(`
  query ChargedEngagements {
    labEngagements(first: 100) {
      edges {
        node {
          id
          expertName
          openingTitle
        }
      }
    }
  }
`);

type Row = LabChargeListQuery['labCharges']['edges'][number]['node'];
const DAY_MS = 86_400_000;

const COLUMNS: Column<Row>[] = [
  { id: 'charged', header: 'Charged', cell: ({ chargedAt }) => moment(chargedAt) },
  {
    id: 'expert',
    header: 'Expert',
    cell: ({ expertName, timesheetId, engagementId }) =>
      timesheetId ? (
        <Link to="/lab/time/$id" params={{ id: timesheetId }}>
          {expertName}
        </Link>
      ) : (
        <Link to="/lab/engagements/$id" params={{ id: engagementId }}>
          {expertName}
        </Link>
      ),
  },
  {
    id: 'line',
    header: 'For',
    cell: (charge) => <ChargedFor {...charge} />,
  },
  {
    id: 'time',
    header: 'Time',
    isFigure: true,
    cell: (line) => <TimeCell {...line} />,
  },
  {
    id: 'rate',
    header: 'Take rate',
    isFigure: true,
    cell: ({ labFeePpm, takeRateWords, tally: { takeRatePpm } }) => (
      <>
        {percent(takeRatePpm)}
        {takeRatePpm !== labFeePpm && <div className="quiet">{takeRateWords}</div>}
      </>
    ),
  },
  {
    id: 'tally',
    header: 'Price = pay + fee',
    isFigure: true,
    cell: ({ id, tally }) => (
      <span data-charge={id}>
        <TallyLine tally={tally} />
      </span>
    ),
  },
];

/** Every charged line with its three numbers, their sum, and the same as a file. */
export function LabCharges() {
  const [filters, change] = useFilters({ after: '', engagement: '', from: '', to: '' });
  const { after, engagement, from, to } = filters;
  const query = useQuery({
    query: LabChargeList,
    variables: {
      after: after || null,
      engagementId: engagement || null,
      from: from ? `${from}T00:00:00Z` : null,
      to: to ? new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS).toISOString() : null,
    },
  });
  const [{ data }] = useQuery({ query: ChargedEngagements });
  const engagements = (data?.labEngagements.edges ?? []).map(
    ({ node }) => [node.id, `${node.expertName}, ${node.openingTitle}`] as const,
  );
  const isFiltered = engagement !== '' || from !== '' || to !== '';
  return (
    <Section
      title="Charged lines"
      action={
        <span className="row">
          <a className="button" href={statementAddress(filters, 'csv')} download>
            <Download size={18} aria-hidden /> Download statement (CSV)
          </a>
          <a className="button" href={statementAddress(filters, 'pdf')} download>
            <Download size={18} aria-hidden /> PDF
          </a>
        </span>
      }
    >
      <FilterBar>
        <ChoiceFilter
          label="Engagement"
          value={engagement}
          options={[['', 'All'], ...engagements]}
          onChange={(next) => change({ engagement: next })}
        />
        <DayFilter label="From" value={from} onChange={(next) => change({ from: next })} />
        <DayFilter label="To" value={to} onChange={(next) => change({ to: next })} />
      </FilterBar>
      <Ready query={query}>
        {({ labChargeSums, labCharges: { edges, pageInfo, totalCount } }) =>
          edges.length === 0 ? (
            <Empty>
              {isFiltered
                ? 'No line was charged for this engagement in these days. Days are UTC.'
                : 'Nothing is charged yet. A line is charged the moment it is approved.'}
            </Empty>
          ) : (
            <>
              {labChargeSums.map((sum) => (
                <Tally
                  key={sum.currency}
                  tally={sum}
                  label={`Sum of ${counted(sum.lines, 'line')}, ${duration(sum.seconds)}`}
                />
              ))}
              <DataTable
                label="Charged lines"
                columns={COLUMNS}
                rows={edges.map(({ node }) => node)}
                keyOf={({ id }) => id}
              />
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            </>
          )
        }
      </Ready>
    </Section>
  );
}

/** The address of the same lines as a file. */
function statementAddress(
  {
    engagement,
    from,
    to,
  }: {
    readonly engagement: string;
    readonly from: string;
    readonly to: string;
  },
  ending: 'csv' | 'pdf',
): string {
  const wanted = new URLSearchParams();
  if (engagement) wanted.set('engagementId', engagement);
  if (from) wanted.set('from', from);
  if (to) wanted.set('to', to);
  return `/statements/lab.${ending}${wanted.size > 0 ? `?${wanted.toString()}` : ''}`;
}
