import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Notice } from '../../ui/notice';
import { Empty, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import type { ChargeChoice } from './take-rates-page';

const FeeDrifts = graphql(`
  query FeeDrifts(
    $after: String
    $runId: ID
    $kind: String
    $labId: ID
    $expertId: ID
    $from: DateTime
    $to: DateTime
  ) {
    feeDrifts(
      first: 50
      after: $after
      runId: $runId
      kind: $kind
      labId: $labId
      expertId: $expertId
      from: $from
      to: $to
    ) {
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
          sentence
          chargeId
          chargedAt
          labName
          expertName
          fee {
            minor
            currency
          }
        }
      }
    }
  }
`);

/** What each class means, in words. */
export const CLASSES: Readonly<Record<string, string>> = {
  MISSING: 'No assessment',
  CURRENCY: 'Currency',
  POLICY: 'Policy',
  CODE: 'Formula',
  ROUNDING: 'Rounding',
  OVERRIDE: 'Charged otherwise',
};

/** The filters of the page that this list has for itself: the recompute, the class, and where its pages stand. */
export interface DriftFilters {
  readonly run: string;
  readonly what: string;
  readonly next: string;
}

/** What a recompute found, filtered as the page is, and to take away. */
export function FeeDriftList({
  runs,
  choice,
  filters: { run, what, next },
  change,
}: {
  readonly runs: readonly { readonly id: string; readonly finishedAt: string; readonly drifted: number }[];
  readonly choice: ChargeChoice;
  readonly filters: DriftFilters;
  readonly change: (changes: Partial<DriftFilters>) => void;
}) {
  const asked = { ...choice, runId: run || null, kind: what || null };
  const query = useQuery({ query: FeeDrifts, variables: { ...asked, after: next || null } });
  const shown = runs.find(({ id }) => id === run) ?? runs[0];
  return (
    <>
      <FilterBar>
        <ChoiceFilter
          label="Worked out"
          value={run}
          options={[
            ['', 'The last time'],
            ...runs.map(({ id, finishedAt, drifted }) => [id, `${moment(finishedAt)}: ${drifted}`] as const),
          ]}
          onChange={(chosen) => change({ run: chosen, next: '' })}
        />
        <ChoiceFilter
          label="What differs"
          value={what}
          options={[['', 'All'], ...Object.entries(CLASSES)]}
          onChange={(chosen) => change({ what: chosen, next: '' })}
        />
        <ExportLinks
          list="fee-drift"
          query={Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, value ?? undefined]))}
        />
      </FilterBar>
      <Ready query={query}>
        {({ feeDrifts: { edges, pageInfo, totalCount } }) =>
          totalCount === 0 ? (
            <Empty>
              {shown && shown.drifted > 0
                ? 'None of what differs is of these. Show everything, or choose another class.'
                : 'No charge differed.'}
            </Empty>
          ) : (
            <>
              {totalCount >= 10_000 && (
                <Notice tone="warning">The first 10,000 are kept; there are more.</Notice>
              )}
              <DataTable
                label="Charges whose fee differs"
                rows={edges.map(({ node }) => node)}
                keyOf={({ id }) => id}
                columns={[
                  { id: 'kind', header: 'What', cell: ({ kind }) => CLASSES[kind] ?? kind },
                  { id: 'sentence', header: 'How', cell: ({ sentence }) => sentence },
                  { id: 'at', header: 'Charged', cell: ({ chargedAt }) => day(chargedAt) },
                  { id: 'lab', header: 'Lab', cell: ({ labName }) => labName },
                  { id: 'expert', header: 'Expert', cell: ({ expertName }) => expertName },
                  { id: 'fee', header: 'Platform kept', isFigure: true, cell: ({ fee }) => money(fee) },
                  { id: 'charge', header: 'Charge', cell: ({ chargeId }) => <code>{chargeId}</code> },
                ]}
              />
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(place) => change({ next: place })} />
            </>
          )
        }
      </Ready>
    </>
  );
}
