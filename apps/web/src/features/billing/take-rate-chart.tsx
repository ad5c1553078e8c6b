import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { TakeRateHistoryByWeekQuery } from '../../gql/graphql';
import { money, percent } from '../../lib/money';
import { day } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { LineChart } from '../../ui/line-chart';
import { Empty, Ready, Section } from '../../ui/page';
import type { ChargeChoice } from './take-rates-page';

const TakeRateHistoryByWeek = graphql(`
  query TakeRateHistoryByWeek($labId: ID, $expertId: ID, $from: DateTime, $to: DateTime) {
    takeRateWeeks(labId: $labId, expertId: $expertId, from: $from, to: $to) {
      id
      weekStart
      currency
      takeRatePpm
      agreed {
        minor
        currency
      }
      fee {
        minor
        currency
      }
    }
  }
`);

type Week = TakeRateHistoryByWeekQuery['takeRateWeeks'][number];

/** The lowest upper edge of the chart: 20 % of agreed pay. */
const LEAST_TOP_PPM = 200_000;

/** The take rate that was really charged, week by week. */
export function TakeRateChart({ choice }: { readonly choice: ChargeChoice }) {
  const query = useQuery({ query: TakeRateHistoryByWeek, variables: choice });
  return (
    <Section title="Over time">
      <Ready query={query}>
        {({ takeRateWeeks: weeks }) =>
          weeks.length === 0 ? (
            <Empty>Nothing was charged in this time. The line begins with the first approved hour.</Empty>
          ) : (
            <LineChart
              label="Kept by the platform, as a share of agreed pay, by week of charging (Monday to Monday, UTC)"
              series={seriesOf(weeks)}
              top={Math.max(LEAST_TOP_PPM, ...weeks.map(({ takeRatePpm }) => takeRatePpm))}
              timeOf={day}
              valueOf={percent}
            >
              <WeekTable weeks={weeks} />
            </LineChart>
          )
        }
      </Ready>
    </Section>
  );
}

function seriesOf(weeks: readonly Week[]) {
  const currencies = [...new Set(weeks.map(({ currency }) => currency))];
  return currencies.map((label) => ({
    label,
    points: weeks
      .filter(({ currency }) => currency === label)
      .map(({ weekStart, takeRatePpm }) => ({
        at: weekStart,
        value: takeRatePpm,
        text: percent(takeRatePpm),
      })),
  }));
}

function WeekTable({ weeks }: { readonly weeks: readonly Week[] }) {
  return (
    <DataTable
      label="Take rate by week"
      rows={weeks}
      keyOf={({ id }) => id}
      columns={[
        { id: 'week', header: 'Week of', cell: ({ weekStart }) => day(weekStart) },
        { id: 'agreed', header: 'Agreed pay', isFigure: true, cell: ({ agreed }) => money(agreed) },
        { id: 'fee', header: 'Platform kept', isFigure: true, cell: ({ fee }) => money(fee) },
        {
          id: 'rate',
          header: 'Take rate',
          isFigure: true,
          cell: ({ takeRatePpm }) => percent(takeRatePpm),
        },
      ]}
    />
  );
}
