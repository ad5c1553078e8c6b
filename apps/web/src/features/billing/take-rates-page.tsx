import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useFilters } from '../../lib/filters';
import { useMaySetMoney } from '../../lib/viewer';
import { Button } from '../../ui/button';
import { ExpertFilter } from '../../ui/expert-filter';
import { ChoiceFilter, DayFilter, FilterBar } from '../../ui/filters';
import { Page } from '../../ui/page';
import { FeeRecompute } from './fee-recompute';
import { Policies } from './policies';
import { TakeRateChart } from './take-rate-chart';
import { TakeRateChecks } from './take-rate-checks';
import { SavedViews } from '../../ui/saved-views';

const LabChoices = graphql(`
  query LabChoices {
    labs(first: 100, state: "VETTED") {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

const NO_FILTER = { after: '', lab: '', expert: '', from: '', to: '', run: '', what: '', next: '' };
/** Where the pages of the two lists stand: no filter. */
const PAGES: readonly string[] = ['after', 'next'];
const DAY_MS = 86_400_000;

/** Which charges are asked for, as the server takes it. */
export interface ChargeChoice {
  readonly labId: string | null;
  readonly expertId: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** What was charged beside what the policy says, over time, and the policies themselves. */
export function TakeRatesPage() {
  const [filters, change] = useFilters(NO_FILTER);
  const [{ data }] = useQuery({ query: LabChoices });
  const maySet = useMaySetMoney();
  const labs = data?.labs.edges.map(({ node }) => [node.id, node.name] as const) ?? [];
  const choice: ChargeChoice = {
    labId: filters.lab || null,
    expertId: filters.expert || null,
    from: filters.from ? `${filters.from}T00:00:00.000Z` : null,
    to: filters.to ? new Date(Date.parse(filters.to) + DAY_MS).toISOString() : null,
  };
  const isFiltered = Object.entries(filters).some(([name, value]) => !PAGES.includes(name) && value !== '');
  return (
    <Page
      title="Take rates"
      about="What the platform keeps of agreed pay: what was charged, beside the policy that was in force when the terms were signed."
      action={
        maySet && (
          <Link className="button main" to="/admin/take-rates/new">
            Set a take rate
          </Link>
        )
      }
    >
      <FilterBar>
        <ChoiceFilter
          label="Lab"
          value={filters.lab}
          options={[['', 'All labs'], ...labs]}
          onChange={(lab) => change({ lab, next: '' })}
        />
        <ExpertFilter value={filters.expert} onChange={(expert) => change({ expert, next: '' })} />
        <DayFilter
          label="Charged from"
          value={filters.from}
          onChange={(from) => change({ from, next: '' })}
        />
        <DayFilter label="Charged until" value={filters.to} onChange={(to) => change({ to, next: '' })} />
        {isFiltered && (
          <Button weight="quiet" onPress={() => change(NO_FILTER)}>
            {filters.expert ? 'Show all experts' : 'Show everything'}
          </Button>
        )}
      </FilterBar>
      <SavedViews />
      <TakeRateChart choice={choice} />
      <FeeRecompute choice={choice} filters={filters} change={change} />
      <TakeRateChecks choice={choice} after={filters.after} onPage={(after) => change({ after })} />
      <Policies />
      <p>
        <Link to="/admin/take-rates/direct-hire">What hiring directly costs</Link>
      </p>
    </Page>
  );
}
