import { moment } from '../lib/time';

/** One step on the way of a thing. */
export interface Step {
  readonly label: string;
  readonly state: 'done' | 'now' | 'waiting';
  /** When it was done, or since when it waits. */
  readonly at?: string | null;
  /** Who has to act, or what usually happens. */
  readonly about?: string;
}

const SAID = { done: 'done', now: 'now', waiting: 'still to come' } as const;

/** Where something stands: each step with its state, since when, and for whom it waits. No percentages. */
export function Steps({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => (
        <li
          key={`${step.at ?? ''} ${step.label}`}
          className={step.state}
          {...(step.state === 'now' && { 'aria-current': 'step' as const })}
        >
          <span className="step-label">{step.label}</span>{' '}
          <span className="quiet">
            {SAID[step.state]}
            {step.at && <>, {moment(step.at)}</>}
            {step.about && <>. {step.about}</>}
          </span>
        </li>
      ))}
    </ol>
  );
}
