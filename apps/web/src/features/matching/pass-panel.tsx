import { PASS_REASONS, type PassReason } from '@tallystick/domain';
import { useEffect, useState } from 'react';
import type { Problem } from '../../lib/problem';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { ProblemNotice } from '../../ui/notice';
import type { Candidate } from './candidate';

const REASONS = Object.entries(PASS_REASONS) as [PassReason, string][];

/** Asks why somebody is passed over: one press or the number of the reason decides. */
export function PassPanel({
  candidate,
  problem,
  onPass,
  onClose,
}: {
  readonly candidate: Candidate;
  readonly problem?: Problem;
  readonly onPass: (reason: PassReason, note: string) => void;
  readonly onClose: () => void;
}) {
  const [note, setNote] = useState('');
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const reason = REASONS[Number(event.key) - 1];
      if (!reason || event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      onPass(reason[0], note);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [note, onPass]);
  return (
    <Panel title={`Pass over ${candidate.expertName}`} isOpen onClose={onClose}>
      <ProblemNotice problem={problem} />
      <p>
        For this opening, and for your lab alone: they are not told, they can still apply, and their place
        anywhere else stays as it is. Choose why, or press its number.
      </p>
      <label htmlFor="pass-note">A note for yourselves, if you like</label>
      <textarea
        id="pass-note"
        rows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <ol className="rows">
        {REASONS.map(([code, words]) => (
          <li key={code}>
            <Button onPress={() => onPass(code, note)}>{words}</Button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
