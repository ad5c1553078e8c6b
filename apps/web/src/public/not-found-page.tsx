import { HalvesApart } from './stick';

/** There is no such page, or it is not for everybody; both look the same. */
export function NotFoundPage() {
  return (
    <div className="wide nothing">
      <HalvesApart />
      <h1>Nothing is here</h1>
      <p>
        There is no page at this address, or it is not public. If a link brought you here, it may have been
        cut short.
      </p>
      <p className="actions">
        <a className="button main" href="/openings">
          See openings
        </a>
        <a className="button" href="/">
          First page
        </a>
      </p>
    </div>
  );
}
