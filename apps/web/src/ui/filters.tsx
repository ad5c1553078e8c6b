import { useEffect, useId, useState, type ReactNode } from 'react';

/** The filters of a list, in one line. */
export function FilterBar({ children }: { readonly children: ReactNode }) {
  return (
    <search className="filters" aria-label="Filters of this list">
      {children}
    </search>
  );
}

/** Searches a list while one types, a moment after the last key. */
export function SearchFilter({
  label = 'Search',
  value,
  onChange,
}: {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const wait = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(wait);
  }, [text, value, onChange]);
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="search" value={text} onChange={(event) => setText(event.target.value)} />
    </div>
  );
}

/** Keeps only what begins or ends on a day; empty keeps all. */
export function DayFilter({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  /** Year-month-day. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

const ALL = ['', 'ALL'];
/** Ids are of choices that may come later than the page. */
const ID = /^[\da-f]{8}-[\da-f-]{27}$/;

/** Keeps only one of a few. The empty code keeps all. An address may ask for what is none of them: that is said, with the way out. */
export function ChoiceFilter({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const isUnknown = value !== '' && !ID.test(value) && !options.some(([code]) => code === value);
  const all = options.find(([code]) => ALL.includes(code));
  const told = isUnknown ? { 'aria-invalid': true, 'aria-describedby': `${id}-unknown` } : {};
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)} {...told}>
        {isUnknown && (
          <option value={value} disabled>
            Not known
          </option>
        )}
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
      {isUnknown && (
        <span id={`${id}-unknown`} className="error" role="alert">
          The address asks for “{value}”, which is not known here. Choose{' '}
          {all ? `“${all[1]}” to see everything` : 'one of these'}.
        </span>
      )}
    </div>
  );
}
