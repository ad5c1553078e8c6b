import { useId, type ReactNode } from 'react';
import type { Problem } from '../lib/problem';

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem?: Problem;
  readonly hint?: string;
  readonly type?: string;
  readonly autoComplete?: string;
  readonly isLong?: boolean;
  readonly options?: readonly (readonly [string, string])[];
}

/** A labelled field with its hint, and the server's refusal beside it. */
export function Field({
  label,
  name,
  value,
  onChange,
  problem,
  hint,
  type = 'text',
  autoComplete,
  isLong,
  options,
}: FieldProps) {
  const id = useId();
  const error = problem?.field === name || problem?.field?.endsWith(`.${name}`) ? problem.message : undefined;
  const shared = {
    id,
    name,
    value,
    'aria-invalid': error !== undefined,
    'aria-describedby': `${id}-about`,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {control()}
      <div id={`${id}-about`}>
        {hint && <div className="hint">{hint}</div>}
        {error && <div className="error">{error}</div>}
      </div>
    </div>
  );

  function control(): ReactNode {
    if (options) {
      return (
        <select {...shared}>
          {options.map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      );
    }
    return isLong ? <textarea {...shared} /> : <input {...shared} type={type} autoComplete={autoComplete} />;
  }
}
