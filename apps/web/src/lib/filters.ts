import { useNavigate, useSearch } from '@tanstack/react-router';

type Search = Readonly<Record<string, string | undefined>>;

/**
 * Filters, sort and page of a list, kept in the address: a link carries them, the back button undoes them.
 * Takes what holds where the address says nothing. Changing a filter goes back to the first page (`after`).
 */
export function useFilters<Filters extends Record<string, string>>(
  defaults: Filters,
): [Filters, (changes: Partial<Filters> & { after?: string }) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const filters = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, search[name] ?? value]),
  ) as Filters;
  const change = (changes: Partial<Filters> & { after?: string }) => {
    const next: Record<string, string | undefined> = { ...search, after: undefined, ...changes };
    for (const [name, value] of Object.entries(next))
      if (value === '' || value === defaults[name]) next[name] = undefined;
    void navigate({ to: '.', search: next as never, replace: !('after' in changes) });
  };
  return [filters, change];
}
