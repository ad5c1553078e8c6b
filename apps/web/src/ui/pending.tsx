import type { CombinedError } from 'urql';
import { problemOf } from '../lib/problem';
import { Skeleton } from './page';

/** What a page shows until its data is there, and where it does not come. */
export function Pending({ error, retry }: { readonly error?: CombinedError; readonly retry: () => void }) {
  if (!error) return <Skeleton />;
  return (
    <div className="notice bad" role="alert">
      <p>{problemOf(error).message}</p>
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
