import { useEffect, useRef, type ReactNode } from 'react';
import type { Problem } from '../lib/problem';

/** Something to know before going on. */
export function Notice({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'plain' | 'good' | 'warning' | 'bad';
  readonly children: ReactNode;
}) {
  return <div className={`notice ${tone}`}>{children}</div>;
}

/** A refusal: what happened, what is safe, what to do. Takes the focus so that it is read. */
export function ProblemNotice({ problem }: { readonly problem: Problem | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) place.current?.focus();
  }, [problem]);
  if (!problem) return null;
  return (
    <div className="notice bad" role="alert" tabIndex={-1} ref={place}>
      {problem.message}
      {problem.traceId && <div className="quiet">Trace id: {problem.traceId}</div>}
    </div>
  );
}
