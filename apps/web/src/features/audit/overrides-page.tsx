import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OverridesQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money, percent } from '../../lib/money';
import { moment } from '../../lib/time';
import { Button } from '../../ui/button';
import { ExpertFilter } from '../../ui/expert-filter';
import { LabFilter } from '../../ui/lab-filter';
import { DataTable } from '../../ui/data-table';
import { ExportLinks } from '../../ui/export-links';
import { ChoiceFilter, DayFilter, FilterBar, SearchFilter } from '../../ui/filters';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { SavedViews } from '../../ui/saved-views';

const Overrides = graphql(`
  query Overrides(
    $after: String
    $kind: String
    $actorId: ID
    $labId: ID
    $expertId: ID
    $isHasty: Boolean
    $from: DateTime
    $to: DateTime
  ) {
    overrides(
      first: 50
      after: $after
      kind: $kind
      actorId: $actorId
      labId: $labId
      expertId: $expertId
      isHasty: $isHasty
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
          at
          kind
          actorName
          askedByName
          subjectId
          labName
          expertName
          summary
          reason
          labFeePpm
          expertFeePpm
          labFeeBeforePpm
          expertFeeBeforePpm
          secondsAfter
          isOffHours
          isQuick
          amount {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Row = OverridesQuery['overrides']['edges'][number]['node'];

const NO_FILTER = { after: '', kind: '', actor: '', lab: '', expert: '', hasty: '', from: '', to: '' };
const DAY_MS = 86_400_000;
const KINDS: Readonly<Record<string, string>> = {
  OWN_REQUEST: 'Own request or matter, refused',
  TAKE_RATE: 'Take rate set',
  HOLD_RELEASED: 'Hold released',
  PAYOUTS_STOPPED: 'All payouts stopped',
  PAYOUTS_OPENED: 'Payouts opened again',
  DIFFERENCE_ENDED: 'Difference ended by hand',
  APPROVED: 'Approved',
  DECLINED: 'Declined',
};

/** What people did by hand where the product would have gone its own way, and what they tried and may not. */
export function OverridesPage() {
  const [filters, change] = useFilters(NO_FILTER);
  const { kind, hasty, from, to, after } = filters;
  const id = (text: string) => text.trim() || null;
  const asked = {
    kind: kind || null,
    actorId: id(filters.actor),
    labId: id(filters.lab),
    expertId: id(filters.expert),
    from: from ? `${from}T00:00:00.000Z` : null,
    to: to ? new Date(Date.parse(to) + DAY_MS).toISOString() : null,
  };
  const query = useQuery({
    query: Overrides,
    variables: { ...asked, isHasty: hasty === 'true' || null, after: after || null },
  });
  const isFiltered = Object.entries(filters).some(([name, value]) => name !== 'after' && value !== '');
  const exported = { ...asked, isHasty: hasty || null };
  return (
    <Page
      title="Overrides and approvals"
      about="What people did by hand: take rates that were set, holds that were released, what was approved, and who tried to approve their own request. Straight from the journal."
    >
      <FilterBar>
        <ChoiceFilter
          label="What"
          value={kind}
          options={[['', 'Everything'], ...Object.entries(KINDS)]}
          onChange={(next) => change({ kind: next })}
        />
        <ChoiceFilter
          label="How"
          value={hasty}
          options={[
            ['', 'However it was done'],
            ['true', 'Within a minute, or at night or a weekend'],
          ]}
          onChange={(next) => change({ hasty: next })}
        />
        <DayFilter label="From" value={from} onChange={(next) => change({ from: next })} />
        <DayFilter label="Until" value={to} onChange={(next) => change({ to: next })} />
        <SearchFilter
          label="Id of the account"
          value={filters.actor}
          onChange={(actor) => change({ actor })}
        />
        <LabFilter value={filters.lab} onChange={(lab) => change({ lab })} />
        <ExpertFilter value={filters.expert} onChange={(expert) => change({ expert })} />
        {isFiltered && (
          <Button weight="quiet" onPress={() => change(NO_FILTER)}>
            Show everything
          </Button>
        )}
      </FilterBar>
      <SavedViews />
      <Section
        title="Newest first"
        action={
          <ExportLinks
            list="overrides"
            query={Object.fromEntries(
              Object.entries(exported).map(([name, value]) => [name, value ?? undefined]),
            )}
          />
        }
      >
        <Ready query={query}>
          {({ overrides: { edges, pageInfo, totalCount } }) => (
            <>
              {edges.length === 0 && (
                <Empty>
                  {isFiltered
                    ? 'Nothing fits these filters. Take one away to see more.'
                    : 'Nobody has stepped in yet.'}
                </Empty>
              )}
              {edges.length > 0 && <OverrideTable rows={edges.map(({ node }) => node)} />}
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

function OverrideTable({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <DataTable
      label="Overrides and approvals"
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'at',
          header: 'When',
          cell: ({ at, subjectId }) => (
            <Link to="/admin/journal" search={{ subject: subjectId } as never}>
              {moment(at)}
            </Link>
          ),
        },
        { id: 'what', header: 'What', cell: (row) => <What row={row} /> },
        {
          id: 'who',
          header: 'Who',
          cell: ({ actorName, askedByName }) => (
            <>
              {actorName ?? 'The product itself'}
              {askedByName && <div className="quiet">Asked for by {askedByName}</div>}
            </>
          ),
        },
        {
          id: 'about',
          header: 'About',
          cell: ({ labName, expertName }) => [labName, expertName].filter(Boolean).join(' and '),
        },
        { id: 'why', header: 'Why', cell: ({ reason }) => reason },
        {
          id: 'amount',
          header: 'Amount',
          isFigure: true,
          cell: ({ amount }) => (amount ? money(amount) : ''),
        },
      ]}
    />
  );
}

function What({ row }: { readonly row: Row }) {
  const { kind, summary, isQuick, isOffHours, secondsAfter } = row;
  return (
    <>
      {KINDS[kind] ?? kind} {kind === 'OWN_REQUEST' && <span className="tag bad">Not allowed</span>}
      {isQuick && <span className="tag bad">After {secondsAfter} s</span>}{' '}
      {isOffHours && <span className="tag">Night or weekend</span>}
      {summary && <div className="quiet">{summary}</div>}
      {kind === 'TAKE_RATE' && <div className="quiet">{ratesOf(row)}</div>}
    </>
  );
}

/** Before and after of a take rate that was set. */
function ratesOf({ labFeePpm, expertFeePpm, labFeeBeforePpm, expertFeeBeforePpm }: Row): string {
  const side = (who: string, before?: number | null, now?: number | null) =>
    `${who} ${typeof before === 'number' ? `${percent(before)} before, ` : ''}${percent(now ?? 0)} of agreed pay`;
  return `${side('Lab:', labFeeBeforePpm, labFeePpm)}; ${side('expert:', expertFeeBeforePpm, expertFeePpm)}`;
}
