import { Button } from './button';

/** Where a list stands: how many there are, and the way to the next ones and back to the first. */
export function Pager({
  pageInfo,
  total,
  onPage,
}: {
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor?: string | null;
  };
  readonly total: number;
  /** Gets the cursor after which the next page begins; empty for the first page. */
  readonly onPage: (after: string) => void;
}) {
  const { hasNextPage, hasPreviousPage, endCursor } = pageInfo;
  return (
    <nav className="row pager" aria-label="Pages of this list">
      <span className="quiet">{total.toLocaleString('en')} in all</span>
      {hasPreviousPage && <Button onPress={() => onPage('')}>First page</Button>}
      {hasNextPage && <Button onPress={() => onPage(endCursor ?? '')}>Next page</Button>}
    </nav>
  );
}
