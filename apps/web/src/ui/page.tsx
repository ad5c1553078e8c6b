import { useEffect, useState, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { problemOf } from '../lib/problem';
import { clock } from '../lib/time';
import { Button } from './button';

/** The frame of a page: its title, one line about it, and what is done first. */
export function Page({
  title,
  about,
  back,
  action,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  /** The way up, above the title. */
  readonly back?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Tallystick`;
  }, [title]);
  return (
    <>
      {back && <div className="back">{back}</div>}
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {about && <div className="page-about">{about}</div>}
        </div>
        {action && <div className="row">{action}</div>}
      </header>
      {children}
    </>
  );
}

/** A part of a page with its heading. */
export function Section({
  title,
  action,
  children,
}: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <div className="section-head">
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

/** A sheet of paper: one thing with its own outline. Never inside another. */
export function Sheet({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return label === undefined ? (
    <div className="sheet">{children}</div>
  ) : (
    <section className="sheet" aria-label={label}>
      {children}
    </section>
  );
}

/** A query as a page sees it. */
interface Loaded<Data> {
  readonly data?: Data | null;
  readonly error?: CombinedError;
  readonly stale?: boolean;
}

/**
 * Draws a page's data: rows of the real height while it comes, what failed and what to do where it does not.
 * Old data stays on the page, marked with the time it is from.
 */
export function Ready<Data>({
  query: [{ data: found, error }, reload],
  title,
  children,
}: {
  readonly query: readonly [Loaded<Data>, (options?: { requestPolicy: 'network-only' }) => void];
  /** The page's title while its own is not known. */
  readonly title?: string;
  readonly children: (data: Data) => ReactNode;
}) {
  // A refused read comes with null, one that has not come yet with undefined.
  const data = found ?? undefined;
  const again = () => reload({ requestPolicy: 'network-only' });
  if (data === undefined && error && problemOf(error).code === 'NOT_FOUND') return <Nothing />;
  if (data === undefined)
    return (
      <>
        {title && <h1>{title}</h1>}
        {error ? <Failed error={error} retry={again} /> : <Skeleton />}
      </>
    );
  return (
    <>
      <Behind data={data} error={error} retry={again} />
      {children(data)}
    </>
  );
}

/** What failed while older data stays on the page, with the time that the data is from. */
function Behind<Data>({
  data,
  error,
  retry,
}: {
  readonly data: Data;
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
}) {
  const [asOf, setAsOf] = useState('');
  useEffect(() => {
    const arrived = new Date().toISOString();
    const wait = setTimeout(() => setAsOf(arrived));
    return () => clearTimeout(wait);
  }, [data]);
  return error ? <Failed error={error} retry={retry} asOf={asOf} /> : null;
}

/** Rows that stand where the data will; drawn after a moment, so that a quick answer does not flicker. */
export function Skeleton() {
  return (
    <div role="status" aria-label="Loading" className="skeletons">
      <div className="skeleton" />
      <div className="skeleton" />
      <div className="skeleton" />
      <div className="skeleton" />
    </div>
  );
}

function Failed({
  error,
  retry,
  asOf,
}: {
  readonly error: CombinedError;
  readonly retry: () => void;
  readonly asOf?: string;
}) {
  const problem = problemOf(error);
  return (
    <div className="notice bad" role="alert">
      <p>{problem.code === 'AWAY' ? 'The server does not answer. Nothing is lost.' : problem.message}</p>
      {asOf && <p>What you see below is as of {clock(asOf)}.</p>}
      {problem.traceId && <p className="quiet">Trace id: {problem.traceId}</p>}
      <Button onPress={retry}>Try again</Button>{' '}
      {problem.code === 'INVALID_INPUT' && location.search && (
        <a className="button" href={location.pathname}>
          Show everything
        </a>
      )}
    </div>
  );
}

/** An address that leads nowhere, or to what is not the reader's: both look the same. */
export function Nothing() {
  return (
    <Page title="Nothing is here">
      <p>This page does not exist, or it is not yours to see.</p>
      <a className="button" href="/home">
        Go to your pages
      </a>
    </Page>
  );
}

/** Why a list is empty, and the one thing to do about it. The two halves of the stick lie apart. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="empty">
      <svg width="72" height="40" viewBox="0 0 72 40" aria-hidden="true">
        <path className="lab" d="M2 4H58V11H44L42 7 40 11H35L33 7 31 11H25L23 7 21 11H2Z" />
        <path className="expert" d="M14 36H66V29H56L54 33 52 29H47L45 33 43 29H37L35 33 33 29H14Z" />
      </svg>
      <p>{children}</p>
      {action}
    </div>
  );
}
