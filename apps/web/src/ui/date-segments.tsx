import { parseDate, parseTime, Time, type CalendarDate } from '@internationalized/date';
import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components/DateField';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Label } from 'react-aria-components/Label';
import { TimeField as AriaTimeField } from 'react-aria-components/TimeField';
import { FieldAbout, useField, type FieldProps } from './field';

/** The parts of a day (ui/date-field). */
export function DateSegments<Values extends FieldValues>(props: FieldProps<Values>) {
  const { id, field, error } = useField(props);
  return (
    <English>
      <AriaDateField<CalendarDate>
        className="field"
        value={dateOf(field.value)}
        onChange={(value) => field.onChange(value?.toString() ?? '')}
        onBlur={field.onBlur}
        isInvalid={error !== undefined}
        aria-describedby={`${id}-about`}
        shouldForceLeadingZeros
      >
        <Label>{props.label}</Label>
        <DateInput className="segments">{(segment) => <DateSegment segment={segment} />}</DateInput>
        <FieldAbout id={id} hint={props.hint} error={error} />
      </AriaDateField>
    </English>
  );
}

/** The parts of a time of day (ui/date-field). */
export function TimeSegments<Values extends FieldValues>(props: FieldProps<Values>) {
  const { id, field, error } = useField(props);
  return (
    <English>
      <AriaTimeField<Time>
        className="field"
        value={timeOf(field.value)}
        onChange={(value) => field.onChange(value?.toString().slice(0, 5) ?? '')}
        onBlur={field.onBlur}
        hourCycle={24}
        isInvalid={error !== undefined}
        aria-describedby={`${id}-about`}
        shouldForceLeadingZeros
      >
        <Label>{props.label}</Label>
        <DateInput className="segments">{(segment) => <DateSegment segment={segment} />}</DateInput>
        <FieldAbout id={id} hint={props.hint} error={error} />
      </AriaTimeField>
    </English>
  );
}

function dateOf(text: unknown): CalendarDate | null {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) ? parseDate(text) : null;
}

function timeOf(text: unknown): Time | null {
  return typeof text === 'string' && /^\d\d:\d\d$/.test(text) ? parseTime(text) : null;
}

/** The order of day, month and year is the page's, not the browser's. */
function English({ children }: { readonly children: ReactNode }) {
  return <I18nProvider locale="en-GB">{children}</I18nProvider>;
}
