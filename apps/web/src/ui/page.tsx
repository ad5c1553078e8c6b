import { useEffect, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { problemOf, type Problem } from '../lib/api';

/** The frame of a page: its title, and what is done first. */
export function Page({
  title,
  action,
  children,
}: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Tallystick`;
  }, [title]);
  return (
    <>
      <div className="row">
        <h1>{title}</h1>
        {action}
      </div>
      {children}
    </>
  );
}

/** What a page shows until its data is there, and where it does not come. */
export function Pending({ error, retry }: { readonly error?: CombinedError; readonly retry: () => void }) {
  if (!error) {
    return (
      <div role="status" aria-label="Loading">
        <div className="skeleton" />
        <div className="skeleton" />
        <div className="skeleton" />
      </div>
    );
  }
  const problem = problemOf(error);
  return (
    <div className="notice error" role="alert">
      <p>{problem.message}</p>
      {problem.traceId && <p className="quiet">Trace id: {problem.traceId}</p>}
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

/** Why a list is empty and what to do about it. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="sheet">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** A refusal above a form; takes the focus so that it is read. */
export function ProblemNotice({ problem }: { readonly problem: Problem | undefined }) {
  if (!problem) return null;
  return (
    <div className="notice error" role="alert" tabIndex={-1} ref={(node) => node?.focus()}>
      {problem.message}
      {problem.traceId && <span className="quiet"> Trace id: {problem.traceId}</span>}
    </div>
  );
}
