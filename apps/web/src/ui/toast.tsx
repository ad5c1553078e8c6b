import { useSyncExternalStore } from 'react';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo?: () => void;
}

const SHOWN_MS = 10_000;
let toasts: readonly Toast[] = [];
let next = 1;
const watchers = new Set<() => void>();

function set(changed: readonly Toast[]): void {
  toasts = changed;
  for (const watcher of watchers) watcher();
}

/** Says that something is done, for ten seconds; with a way back where there is one. */
export function say(text: string, undo?: () => void): void {
  const id = next++;
  set([...toasts, { id, text, undo }]);
  setTimeout(() => set(toasts.filter((each) => each.id !== id)), SHOWN_MS);
}

/** Where what was said appears. Read aloud without taking the focus. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text, undo }) => (
        <div key={id} className="toast">
          {text}
          {undo && (
            <button
              type="button"
              className="button quiet"
              onClick={() => {
                undo();
                set(toasts.filter((each) => each.id !== id));
              }}
            >
              Undo
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
