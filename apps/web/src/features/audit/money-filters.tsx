import { useFilters } from '../../lib/filters';
import { CURRENCY_OPTIONS } from '../../lib/money';
import { Button } from '../../ui/button';
import { ExpertFilter } from '../../ui/expert-filter';
import { LabFilter } from '../../ui/lab-filter';
import { ChoiceFilter, DayFilter, FilterBar } from '../../ui/filters';
import { SavedViews } from '../../ui/saved-views';

const DAY_MS = 86_400_000;
const NO_FILTER = { after: '', lab: '', expert: '', currency: '', from: '', to: '' };

/** Which money is asked for, as the server takes it. */
export interface MoneyChoice {
  readonly labId: string | null;
  readonly expertId: string | null;
  readonly currency: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** The filters that views of money share, kept in the address, with more of the page's own. */
export function useMoneyFilters<More extends Record<string, string>>(more: More) {
  const [filters, change] = useFilters({ ...NO_FILTER, ...more } as typeof NO_FILTER & More);
  const { lab, expert, currency, from, to, after } = filters;
  const choice: MoneyChoice = {
    labId: lab || null,
    expertId: expert.trim() || null,
    currency: currency || null,
    from: from ? `${from}T00:00:00.000Z` : null,
    to: to ? new Date(Date.parse(to) + DAY_MS).toISOString() : null,
  };
  const page = (next: string) => change({ after: next } as never);
  return { filters, change, choice, after: after || null, page };
}

/** What an export is asked for: a null is no filter. */
export function exported(
  choice: Readonly<Record<string, string | null>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(choice).map(([name, value]) => [name, value ?? undefined]));
}

/** The filters as a bar, with those of the page before them, and the saved views beneath. */
export function MoneyFilterBar({
  filters,
  change,
  time,
  hasExpert = true,
  defaults = {},
  children,
}: {
  readonly filters: typeof NO_FILTER & Record<string, string>;
  readonly change: (changes: never) => void;
  /** What happened in the time that is asked for: “Charged”. */
  readonly time: string;
  readonly hasExpert?: boolean;
  /** The page's own filters as they are at first. */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly children?: React.ReactNode;
}) {
  const set = (changes: Record<string, string>) => change(changes as never);
  const first: Record<string, string> = { ...NO_FILTER, ...defaults };
  const isFiltered = Object.entries(filters).some(
    ([name, value]) => name !== 'after' && value !== first[name],
  );
  return (
    <>
      <FilterBar>
        {children}
        <LabFilter value={filters.lab} onChange={(lab) => set({ lab })} />
        {hasExpert && <ExpertFilter value={filters.expert} onChange={(expert) => set({ expert })} />}
        <ChoiceFilter
          label="Currency"
          value={filters.currency}
          options={[['', 'All'], ...CURRENCY_OPTIONS]}
          onChange={(currency) => set({ currency })}
        />
        <DayFilter label={`${time} from`} value={filters.from} onChange={(from) => set({ from })} />
        <DayFilter label={`${time} until`} value={filters.to} onChange={(to) => set({ to })} />
        {isFiltered && (
          <Button weight="quiet" onPress={() => set(first)}>
            Show everything
          </Button>
        )}
      </FilterBar>
      <SavedViews />
    </>
  );
}
