import type { PassReason } from '@tallystick/domain';
import { useEffect, useState } from 'react';
import { graphql } from '../../gql';
import { useAction } from '../../ui/use-action';
import { say } from '../../ui/toast';
import type { Candidate } from './candidate';

const Mark = graphql(`
  mutation MarkCandidate($input: MarkCandidateInput!) {
    markCandidate(input: $input)
  }
`);

/** Keeps, passes over and takes either back. */
export function useMarks(openingId: string, onMarked: () => void) {
  const { run, problem } = useAction(Mark);
  const [passing, setPassing] = useState<Candidate>();
  /** Who was marked last: after a pass the focus has moved on, and a key takes that back. */
  const [last, setLast] = useState<Candidate>();
  const isAsking = passing !== undefined;
  // The question over the page shows it itself. A key has no place of its own where it could be shown.
  useEffect(() => {
    if (problem && !isAsking) say(`Nobody was marked. ${problem.message}`);
  }, [problem, isAsking]);
  const mark = async (
    candidate: Candidate,
    kind: 'KEPT' | 'PASSED_OVER' | null,
    more: { reason?: PassReason; note?: string } = {},
  ) => {
    const { expertId } = candidate;
    const done = await run({ input: { openingId, expertId, kind, ...more } });
    if (!done) return false;
    setLast(kind === null ? undefined : candidate);
    onMarked();
    return true;
  };
  const takeBack = async (candidate: Candidate) => {
    const whom = candidate.mark ? candidate : last;
    if (!whom) return say('There is nothing to take back.');
    if (await mark(whom, null)) say(`${whom.expertName} is on the list as before.`);
  };
  return {
    problem,
    /** Whose passing over is asked about. */
    passing,
    ask: setPassing,
    close: () => setPassing(undefined),
    keep: (candidate: Candidate) => void mark(candidate, candidate.mark?.kind === 'KEPT' ? null : 'KEPT'),
    takeBack: (candidate: Candidate) => void takeBack(candidate),
    pass: async (reason: PassReason, note: string) => {
      if (!passing || !(await mark(passing, 'PASSED_OVER', { reason, note }))) return;
      say(`${passing.expertName} is passed over for this opening.`);
      setPassing(undefined);
      focusNext(passing);
    },
  };
}

/** The next one on the list gets the focus, so that one goes on from key to key. */
function focusNext({ rank }: Candidate): void {
  const names = [...document.querySelectorAll<HTMLElement>('[data-candidate]')];
  const next = names.find((name) => Number(name.dataset.candidate) > rank) ?? names.at(-1);
  // After the question over the page is gone.
  setTimeout(() => next?.focus(), 100);
}
