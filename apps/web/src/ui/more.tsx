/** Goes to the next page of a list and back to the first. */
export function More({
  pageInfo,
  onPage,
  total,
}: {
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor?: string | null };
  readonly onPage: (after: string | undefined) => void;
  readonly total: number;
}) {
  return (
    <nav className="row" aria-label="Pages of this list">
      <span className="quiet">{total} in all</span>
      {pageInfo.hasPreviousPage && (
        <button type="button" className="button" onClick={() => onPage(undefined)}>
          First page
        </button>
      )}
      {pageInfo.hasNextPage && (
        <button type="button" className="button" onClick={() => onPage(pageInfo.endCursor ?? undefined)}>
          Next page
        </button>
      )}
    </nav>
  );
}
