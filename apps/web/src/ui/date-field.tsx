import { lazy, Suspense, type ComponentType } from 'react';
import type { FieldValues } from 'react-hook-form';
import type { FieldProps } from './field';

/** The parts that are typed one by one weigh as much as a page: they come after it, into a frame of their height. */
const LaterDate = lazy(() => import('./date-segments').then((module) => ({ default: module.DateSegments })));
const LaterTime = lazy(() => import('./date-segments').then((module) => ({ default: module.TimeSegments })));

/** A day, typed part by part; the form holds `2026-11-28`, or an empty text. */
export function DateField<Values extends FieldValues>(props: FieldProps<Values>) {
  const Field = LaterDate as ComponentType<FieldProps<Values>>;
  return (
    <Suspense fallback={<Frame label={props.label} />}>
      <Field {...props} />
    </Suspense>
  );
}

/** A time of day; the form holds `09:30`, or an empty text. */
export function TimeField<Values extends FieldValues>(props: FieldProps<Values>) {
  const Field = LaterTime as ComponentType<FieldProps<Values>>;
  return (
    <Suspense fallback={<Frame label={props.label} />}>
      <Field {...props} />
    </Suspense>
  );
}

function Frame({ label }: { readonly label: string }) {
  return (
    <div className="field" aria-busy="true">
      <span>{label}</span>
      <span className="segments" />
    </div>
  );
}
