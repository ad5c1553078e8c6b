/** A step from the parts of a fit to its score. */
export interface FitStep {
  readonly code: string;
  readonly sentence: string;
  readonly value?: number | null;
}

/** How the parts of a fit become its score, and how its place came about. */
export function FitSteps({ steps }: { readonly steps: readonly FitStep[] }) {
  if (steps.length === 0) return null;
  return (
    <>
      <h4>From the parts to the fit</h4>
      <ol className="fit-steps">
        {steps.map(({ code, sentence, value }) => (
          <li key={code}>
            {sentence} {typeof value === 'number' && <strong>{(value * 100).toFixed(0)} of 100.</strong>}
          </li>
        ))}
      </ol>
    </>
  );
}
