import { useId, type ReactNode } from 'react';
import { useController, type FieldPath, type FieldValues } from 'react-hook-form';
import type { AppForm } from '../lib/form';

/** What every field of a form is told. */
export interface FieldProps<Values extends FieldValues> {
  readonly form: AppForm<Values>;
  readonly name: FieldPath<Values>;
  readonly label: string;
  /** What helps to fill it in; read aloud with the field. */
  readonly hint?: ReactNode;
}

/** The parts of a field, tied together: label, control, hint, what is wrong. */
export function useField<Values extends FieldValues>({ form, name }: FieldProps<Values>) {
  const id = useId();
  const { field, fieldState } = useController({ control: form.control, name });
  const error = fieldState.error?.message;
  return {
    id,
    field,
    error,
    control: {
      ...field,
      id,
      value: (field.value ?? '') as string,
      'aria-invalid': error !== undefined,
      'aria-describedby': `${id}-about`,
    },
  };
}

/** The frame of a field. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      <FieldAbout id={id} hint={hint} error={error} />
    </div>
  );
}

/** What stands under a field. */
export function FieldAbout({
  id,
  hint,
  error,
}: {
  readonly id: string;
  readonly hint?: ReactNode;
  readonly error?: string;
}) {
  return (
    <div id={`${id}-about`} className="about">
      {error && <div className="error">{error}</div>}
      {hint && <div className="hint">{hint}</div>}
    </div>
  );
}

interface TextProps<Values extends FieldValues> extends FieldProps<Values> {
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'tel';
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email';
  readonly placeholder?: string;
}

/** One line of text. */
export function TextField<Values extends FieldValues>(props: TextProps<Values>) {
  const { id, error, control } = useField(props);
  const { label, hint, type = 'text', autoComplete, inputMode, placeholder } = props;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input {...control} {...{ type, autoComplete, inputMode, placeholder }} />
    </FieldFrame>
  );
}

/** Several lines of text. */
export function LongTextField<Values extends FieldValues>(
  props: FieldProps<Values> & { readonly rows?: number },
) {
  const { id, error, control } = useField(props);
  return (
    <FieldFrame id={id} label={props.label} hint={props.hint} error={error}>
      <textarea {...control} rows={props.rows ?? 4} />
    </FieldFrame>
  );
}

/** One of a few. */
export function SelectField<Values extends FieldValues>(
  props: FieldProps<Values> & { readonly options: readonly (readonly [string, string])[] },
) {
  const { id, error, control } = useField(props);
  return (
    <FieldFrame id={id} label={props.label} hint={props.hint} error={error}>
      <select {...control}>
        {props.options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** Yes or no. */
export function CheckField<Values extends FieldValues>(props: FieldProps<Values>) {
  const { id, field, error } = useField(props);
  const { name, ref, value, onChange, onBlur } = field;
  return (
    <div className="field check">
      <input
        type="checkbox"
        id={id}
        name={name}
        ref={ref}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
        onBlur={onBlur}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-about`}
      />
      <label htmlFor={id}>{props.label}</label>
      <FieldAbout id={id} hint={props.hint} error={error} />
    </div>
  );
}

/** An amount, with its currency always visible beside it. */
export function AmountField<Values extends FieldValues>(
  props: FieldProps<Values> & { readonly currency: string },
) {
  const { id, error, control } = useField(props);
  return (
    <FieldFrame id={id} label={props.label} hint={props.hint} error={error}>
      <span className="amount">
        <span aria-hidden>{props.currency}</span>
        <input {...control} inputMode="decimal" aria-label={`${props.label}, ${props.currency}`} />
      </span>
    </FieldFrame>
  );
}

/** One of a few, all visible, each with a line about it. */
export function ChoiceField<Values extends FieldValues>(
  props: FieldProps<Values> & {
    readonly options: readonly { readonly code: string; readonly label: string; readonly about?: string }[];
  },
) {
  const { id, field, error } = useField(props);
  return (
    <fieldset className="choice" aria-describedby={`${id}-about`}>
      <legend>{props.label}</legend>
      {props.options.map(({ code, label, about }) => (
        <label key={code}>
          <input
            type="radio"
            name={field.name}
            value={code}
            checked={field.value === code}
            onChange={() => field.onChange(code)}
          />
          <span>
            {label}
            {about && <span className="hint">{about}</span>}
          </span>
        </label>
      ))}
      <FieldAbout id={id} hint={props.hint} error={error} />
    </fieldset>
  );
}
