import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { FeeRunsQuery } from '../../gql/graphql';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Empty, Ready, Section } from '../../ui/page';
import { useAction } from '../../ui/use-action';
import { CLASSES, FeeDriftList, type DriftFilters } from './fee-drifts';
import type { ChargeChoice } from './take-rates-page';

const FeeRuns = graphql(`
  query FeeRuns {
    takeRateRuns {
      id
      askedById
      finishedAt
      looked
      drifted
      byClass {
        kind
        count
      }
    }
  }
`);
const RecomputeFees = graphql(`
  mutation RecomputeFees {
    recomputeFees {
      id
    }
  }
`);

type Run = FeeRunsQuery['takeRateRuns'][number];

/** Every fee worked out again: what the newest run came to, what it or another one found, and the runs before it. */
export function FeeRecompute({
  choice,
  filters,
  change,
}: {
  readonly choice: ChargeChoice;
  readonly filters: DriftFilters;
  readonly change: (changes: Partial<DriftFilters>) => void;
}) {
  const query = useQuery({ query: FeeRuns });
  const { run, isSending, problem } = useAction(RecomputeFees);
  const recompute = async () => {
    if (await run({})) query[1]({ requestPolicy: 'network-only' });
  };
  return (
    <Section
      title="Every fee worked out again"
      action={
        <Button isSending={isSending} onPress={() => void recompute()}>
          Work all fees out again
        </Button>
      }
    >
      <ProblemNotice problem={problem} />
      <Ready query={query}>
        {({ takeRateRuns: [newest, ...earlier] }) =>
          newest ? (
            <>
              <Verdict run={newest} />
              <FeeDriftList runs={[newest, ...earlier]} choice={choice} filters={filters} change={change} />
              {earlier.length > 0 && <Runs runs={[newest, ...earlier]} />}
            </>
          ) : (
            <Empty>
              Nothing was worked out again yet. It happens every night, from what each fee was charged by.
            </Empty>
          )
        }
      </Ready>
    </Section>
  );
}

function Verdict({ run: { looked, drifted, finishedAt, byClass } }: { readonly run: Run }) {
  if (drifted === 0)
    return (
      <Notice tone="good">
        {moment(finishedAt)}: {counted(looked, 'charge')} worked out again from what was kept of each, and
        each policy resolved again. None differs.
      </Notice>
    );
  const classes = byClass.map(({ kind, count }) => `${CLASSES[kind] ?? kind}: ${count}`).join(', ');
  return (
    <Notice tone="bad">
      {moment(finishedAt)}: {counted(drifted, 'charge differs', 'charges differ')} of {looked}. {classes}.
      Stop payouts of these experts, open the charges below, and take back what is wrong by a reversal.
    </Notice>
  );
}

function Runs({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <details>
      <summary>{counted(runs.length, 'run')}, the last first</summary>
      <DataTable
        label="Runs"
        rows={runs}
        keyOf={({ id }) => id}
        columns={[
          { id: 'at', header: 'Done', cell: ({ finishedAt }) => moment(finishedAt) },
          { id: 'who', header: 'Why', cell: ({ askedById }) => (askedById ? 'Asked for' : 'Nightly') },
          { id: 'looked', header: 'Charges', isFigure: true, cell: ({ looked }) => looked },
          { id: 'drifted', header: 'Differ', isFigure: true, cell: ({ drifted }) => drifted },
        ]}
      />
    </details>
  );
}
