import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OnePayoutRunQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { payoutWords } from '../../lib/record-words';
import { day, duration, moment } from '../../lib/time';
import { counted, words } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { Facts, Figures } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';

const OnePayoutRun = graphql(`
  query OnePayoutRun($id: ID!) {
    payoutRun(id: $id) {
      startedByName
      run {
        id
        trigger
        startedAt
        finishedAt
        period
        payoutCount
        blockedCount
        failedCount
      }
      sums {
        state
        count
        retried
        retries
        amount {
          minor
          currency
        }
      }
      gates {
        gate
        count
        amount {
          minor
          currency
        }
      }
      times {
        paid
        medianSeconds
        p95Seconds
        slowestSeconds
        slowestPayoutId
        onTime
        late
        overdue
      }
      approvers {
        name
        count
      }
    }
  }
`);

type Detail = OnePayoutRunQuery['payoutRun'];

/** One run: what it asked for, what waits and where, how long it took, and whether the promised day was kept. */
export function PayoutRunPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: OnePayoutRun, variables: { id } });
  return (
    <Ready query={query} title="Payout run">
      {({ payoutRun }) => (
        <Page
          title={`Payout run of ${moment(payoutRun.run.startedAt)}`}
          about="What the run asked the bank for, what waits at a gate, and how long the money took."
          back={<Link to="/admin/payouts">All payouts</Link>}
        >
          <Bad detail={payoutRun} />
          <About detail={payoutRun} />
          <Section
            title="What it came to"
            action={
              <Link to="/admin/payouts" search={{ run: payoutRun.run.id } as never}>
                Show its payouts
              </Link>
            }
          >
            <Sums detail={payoutRun} />
          </Section>
          <Section title="Held, by gate">
            <Gates detail={payoutRun} />
          </Section>
          <Section title="Time to the bank">
            <Times detail={payoutRun} />
          </Section>
        </Page>
      )}
    </Ready>
  );
}

/** What a person has to look at, first. */
function Bad({ detail: { sums, times, run } }: { readonly detail: Detail }) {
  const of = (state: string) =>
    sums.filter((each) => each.state === state).reduce((sum, { count }) => sum + count, 0);
  const said = [
    of('UNKNOWN') > 0 &&
      `${counted(of('UNKNOWN'), 'payout has', 'payouts have')} no answer from the bank yet. Each is looked up and asked for again by itself; none is sent twice.`,
    of('FAILED') > 0 &&
      `${counted(of('FAILED'), 'payout was', 'payouts were')} refused. The money is kept; the next run tries again.`,
    of('RETURNED') > 0 && `${counted(of('RETURNED'), 'payout', 'payouts')} came back from the bank.`,
    times.overdue > 0 &&
      `${counted(times.overdue, 'payout is', 'payouts are')} not in the bank although the promised day is over.`,
    run.failedCount > 0 &&
      `${counted(run.failedCount, 'expert', 'experts')} could not be looked at; the next run takes them.`,
  ].filter((each) => each !== false);
  if (said.length === 0)
    return <Notice tone="good">Nothing was refused, came back, is late or is without an answer.</Notice>;
  return (
    <Notice tone="bad">
      <ul>
        {said.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </Notice>
  );
}

function About({ detail: { run, startedByName, approvers } }: { readonly detail: Detail }) {
  const by = run.trigger === 'DAILY' ? 'The daily run' : (startedByName ?? 'The product itself');
  return (
    <Facts
      facts={[
        ['Started by', run.period ? `${by}, for ${day(run.period)}` : by],
        ['Finished', run.finishedAt ? moment(run.finishedAt) : 'Still running'],
        [
          'Approved by',
          approvers.length === 0
            ? 'Nothing needed an approval'
            : approvers.map(({ name, count }) => `${name} (${counted(count, 'payout')})`).join(', '),
        ],
      ]}
    />
  );
}

function Sums({ detail: { sums } }: { readonly detail: Detail }) {
  if (sums.length === 0)
    return (
      <Empty>
        None of its payouts is with it any more: what waited was taken by a later run, or nothing was payable.
      </Empty>
    );
  return (
    <DataTable
      label="Payouts of the run, by state and currency"
      rows={sums}
      keyOf={({ state, amount }) => state + amount.currency}
      columns={[
        { id: 'state', header: 'State', cell: ({ state }) => payoutWords(state) },
        { id: 'count', header: 'Payouts', isFigure: true, cell: ({ count }) => count.toLocaleString('en') },
        { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
        {
          id: 'retries',
          header: 'Tried again',
          isFigure: true,
          cell: ({ retried, retries }) =>
            retried === 0 ? 'None' : `${retried.toLocaleString('en')}, ${counted(retries, 'time')}`,
        },
      ]}
    />
  );
}

function Gates({ detail: { gates } }: { readonly detail: Detail }) {
  if (gates.length === 0) return <Empty>Nothing of this run waits at a gate.</Empty>;
  return (
    <>
      <p className="quiet">A payout that several gates hold is counted at each.</p>
      <DataTable
        label="What waits, by gate"
        rows={gates}
        keyOf={({ gate, amount }) => gate + amount.currency}
        columns={[
          { id: 'gate', header: 'Gate', cell: ({ gate }) => words(gate) },
          { id: 'count', header: 'Payouts', isFigure: true, cell: ({ count }) => count.toLocaleString('en') },
          { id: 'amount', header: 'Amount', isFigure: true, cell: ({ amount }) => money(amount) },
        ]}
      />
    </>
  );
}

function Times({ detail: { times } }: { readonly detail: Detail }) {
  const { paid, medianSeconds, p95Seconds, slowestSeconds, onTime, late, overdue } = times;
  if (paid === 0) return <Empty>Nothing of this run is in a bank yet.</Empty>;
  const took = (seconds: number | null) => (seconds === null ? '' : duration(Math.round(seconds)));
  return (
    <Figures
      figures={[
        { label: 'Half took at most', value: took(medianSeconds), about: 'From the request to the bank.' },
        { label: '95 of 100 took at most', value: took(p95Seconds) },
        { label: 'The slowest took', value: took(slowestSeconds) },
        {
          label: 'By the promised day',
          value: `${onTime.toLocaleString('en')} of ${(paid + overdue).toLocaleString('en')}`,
          about: `${late.toLocaleString('en')} after it, ${overdue.toLocaleString('en')} not there yet. Days are UTC.`,
          ...(late + overdue > 0 && { tone: 'bad' as const }),
        },
      ]}
    />
  );
}
