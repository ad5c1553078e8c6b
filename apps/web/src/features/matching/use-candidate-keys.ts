import { useEffect } from 'react';
import type { Candidate } from './candidate';

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/**
 * Keys on a page of candidates: j, k and arrows move the focus from one to the next; others act on the one that has it.
 * Arrows scroll as ever until a candidate has the focus. Nothing is done while somebody types or a question is open.
 */
export function useCandidateKeys(
  candidates: readonly Candidate[],
  actions: Readonly<Record<string, (candidate: Candidate) => void>>,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const names = [...document.querySelectorAll<HTMLElement>('[data-candidate]')];
      const at = names.findIndex((name) => name.closest('li')?.contains(document.activeElement));
      const step = STEPS[event.key];
      const candidate = candidates[at];
      if (step !== undefined && (at >= 0 || event.key === 'j'))
        names[Math.min(names.length - 1, Math.max(0, at + step))]?.focus();
      else if (candidate && Object.hasOwn(actions, event.key)) actions[event.key]?.(candidate);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [candidates, actions]);
}

/** True where a key belongs to a field or to an open question. */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"]')) return true;
  return target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), select, textarea');
}
