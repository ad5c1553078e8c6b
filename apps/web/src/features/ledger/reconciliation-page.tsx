import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ReconciliationQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { SavedViews } from '../../ui/saved-views';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { BREAK_AGES, BREAK_KINDS, BreakTable } from './break-table';

const Reconciliation = graphql(`
  query Reconciliation($after: String, $state: String, $kind: String, $isMine: Boolean, $age: String) {
    reconciliationRuns {
      id
      isOnDemand
      finishedAt
      looked
      matched
      openBreaks
      proofs {
        currency
        ledger {
          minor
          currency
        }
        rail {
          minor
          currency
        }
        railPending {
          minor
          currency
        }
        difference {
          minor
          currency
        }
      }
    }
    reconciliationBreaks(first: 50, after: $after, state: $state, kind: $kind, isMine: $isMine, age: $age) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          kind
          state
          movementId
          ledgerTransactionId
          foundAt
          endedAt
          ownerName
          isMine
          ageDays
          dueAt
          isLate
          notes {
            id
            authorName
            words
            at
          }
          reason
          rail {
            minor
            currency
          }
          ledger {
            minor
            currency
          }
        }
      }
    }
  }
`);
const ReconcileNow = graphql(`
  mutation ReconcileNow {
    reconcileRail
  }
`);

type Run = ReconciliationQuery['reconciliationRuns'][number];

const NO_FILTER = { after: '', state: 'OPEN', kind: '', mine: '', age: '' };

/** The bank beside the book: whether both say the same, and what they do not say alike. */
export function ReconciliationPage() {
  const [{ after, state, kind, mine, age }, change] = useFilters(NO_FILTER);
  const query = useQuery({
    query: Reconciliation,
    variables: {
      after: after || null,
      state: state === 'ALL' ? null : state,
      kind: kind || null,
      isMine: mine === 'yes' || null,
      age: age || null,
    },
  });
  const { run, isSending, problem } = useAction(ReconcileNow);
  const again = () => query[1]({ requestPolicy: 'network-only' });
  const compare = async () => {
    if (!(await run({}))) return;
    say('The comparison has begun. It is listed here when it is done.');
    setTimeout(again, 3000);
  };
  return (
    <Page
      title="Reconciliation"
      about="Every movement on the balance at the bank is one entry of the ledger. Both are compared every night."
      action={
        <Button weight="main" isSending={isSending} onPress={() => void compare()}>
          Compare now
        </Button>
      }
    >
      <ProblemNotice problem={problem} />
      <Ready query={query}>
        {({ reconciliationRuns: runs, reconciliationBreaks: { edges, pageInfo, totalCount } }) => (
          <>
            <Proof newest={runs[0]} />
            <Section title="Differences">
              <FilterBar>
                <ChoiceFilter
                  label="State"
                  value={state}
                  options={[
                    ['OPEN', 'Open'],
                    ['CLEARED', 'Ended by themselves'],
                    ['RESOLVED', 'Ended by a person'],
                    ['ALL', 'All'],
                  ]}
                  onChange={(next) => change({ state: next, after: '' })}
                />
                <ChoiceFilter
                  label="What"
                  value={kind}
                  options={[['', 'All'], ...BREAK_KINDS]}
                  onChange={(next) => change({ kind: next, after: '' })}
                />
                <ChoiceFilter
                  label="How old"
                  value={age}
                  options={[['', 'All'], ...BREAK_AGES]}
                  onChange={(next) => change({ age: next, after: '' })}
                />
                <ChoiceFilter
                  label="Looked after by"
                  value={mine}
                  options={[
                    ['', 'Anybody'],
                    ['yes', 'Me'],
                  ]}
                  onChange={(next) => change({ mine: next, after: '' })}
                />
              </FilterBar>
              <SavedViews />
              <ExportLinks
                list="breaks"
                query={{
                  state: state === 'ALL' ? '' : state,
                  kind,
                  age,
                  isMine: mine === 'yes' ? 'true' : '',
                }}
              />
              {edges.length === 0 ? (
                <Empty>
                  {kind || age || mine
                    ? 'No difference fits these filters. Take one away to see more.'
                    : 'Nothing differs here. Choose another state to see what ended.'}
                </Empty>
              ) : (
                <BreakTable rows={edges.map(({ node }) => node)} onDone={again} />
              )}
              {totalCount > 0 && (
                <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
              )}
            </Section>
            <Runs runs={runs} />
          </>
        )}
      </Ready>
    </Page>
  );
}

function Proof({ newest }: { readonly newest?: Run }) {
  if (!newest) return <Empty>Nothing was compared yet. It happens every night; or compare now.</Empty>;
  const isEqual = newest.proofs.every(({ difference }) => difference.minor === '0');
  return (
    <Section title="Proof of the day">
      <Notice tone={isEqual && newest.openBreaks === 0 ? 'good' : 'bad'}>
        {moment(newest.finishedAt)}:{' '}
        {isEqual ? 'the ledger and the bank say the same in every currency' : 'the balances differ'};{' '}
        {newest.openBreaks === 0
          ? 'no difference is open.'
          : `${counted(newest.openBreaks, 'difference is', 'differences are')} open.`}
        {!isEqual &&
          newest.openBreaks === 0 &&
          ' People have ended what explains it; both sides still have to be brought together.'}{' '}
        {!isEqual && <Link to="/admin/audit">Prove the books</Link>}
      </Notice>
      <DataTable
        label="Balances by currency"
        rows={newest.proofs}
        keyOf={({ currency }) => currency}
        columns={[
          { id: 'currency', header: 'Currency', cell: ({ currency }) => currency },
          { id: 'ledger', header: 'Ledger', isFigure: true, cell: ({ ledger }) => money(ledger) },
          { id: 'rail', header: 'Bank', isFigure: true, cell: ({ rail }) => money(rail) },
          {
            id: 'pending',
            header: 'Not available yet',
            isFigure: true,
            cell: ({ railPending }) => money(railPending),
          },
          {
            id: 'difference',
            header: 'Difference',
            isFigure: true,
            cell: ({ difference }) => money(difference),
          },
        ]}
      />
    </Section>
  );
}

function Runs({ runs }: { readonly runs: readonly Run[] }) {
  if (runs.length === 0) return null;
  return (
    <Section title="Comparisons">
      <DataTable
        label="Comparisons, the last first"
        rows={runs}
        keyOf={({ id }) => id}
        columns={[
          { id: 'at', header: 'Done', cell: ({ finishedAt }) => moment(finishedAt) },
          { id: 'why', header: 'Why', cell: ({ isOnDemand }) => (isOnDemand ? 'Asked for' : 'Nightly') },
          { id: 'looked', header: 'Movements', isFigure: true, cell: ({ looked }) => looked },
          { id: 'matched', header: 'Newly matched', isFigure: true, cell: ({ matched }) => matched },
          { id: 'open', header: 'Differences', isFigure: true, cell: ({ openBreaks }) => openBreaks },
        ]}
      />
    </Section>
  );
}
