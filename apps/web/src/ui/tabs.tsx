import { Link } from '@tanstack/react-router';

/** Parts of a page, one shown at a time; the address says which, so a link can lead to each. */
export function Tabs({
  name,
  label,
  tabs,
  value,
}: {
  /** Its name in the address. */
  readonly name: string;
  readonly label: string;
  readonly tabs: readonly { readonly code: string; readonly label: string }[];
  readonly value: string;
}) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.code}
          to="."
          search={{ [name]: tab.code } as never}
          aria-current={tab.code === value ? 'page' : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
