import { StateTag } from './state-tag';

interface FitShown {
  readonly score: number;
  readonly isEligible: boolean;
  readonly gates: readonly { readonly code: string; readonly outcome: string; readonly sentence: string }[];
  readonly parts: readonly {
    readonly name: string;
    readonly value: number;
    readonly weight: number;
    readonly contribution: number;
  }[];
  readonly reasonsFor: readonly string[];
  readonly reasonsAgainst: readonly string[];
  readonly whatWouldChange: readonly string[];
}

/** Why somebody fits: gates first, then what speaks for and against. No score without its reasons. */
export function FitView({ fit }: { readonly fit: FitShown }) {
  return (
    <>
      {fit.gates.length > 0 && (
        <ul>
          {fit.gates.map((gate) => (
            <li key={gate.code + gate.sentence}>
              <StateTag state={gate.outcome} /> {gate.sentence}
            </li>
          ))}
        </ul>
      )}
      {fit.reasonsFor.length > 0 && <p>For: {fit.reasonsFor.join(' ')}</p>}
      {fit.reasonsAgainst.length > 0 && <p>Against: {fit.reasonsAgainst.join(' ')}</p>}
      {fit.whatWouldChange.length > 0 && <p>What would change it: {fit.whatWouldChange.join(' ')}</p>}
      <details>
        <summary>Fit {Math.round(fit.score * 100)} of 100, part by part</summary>
        <ul>
          {fit.parts.map((part) => (
            <li key={part.name}>
              {part.name}: {(part.contribution * 100).toFixed(1)} of {(part.weight * 100).toFixed(0)}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
