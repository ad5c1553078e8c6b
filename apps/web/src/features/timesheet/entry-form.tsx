import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { OWN_ZONE } from '../../lib/time';
import { clockOf, endOf, localDay, spanOf, type WeekDay } from '../../lib/typed-time';
import { Button } from '../../ui/button';
import { SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { say } from '../../ui/toast';
import { ACTIVITIES, workOf, type Workplace } from './timer-box';
import type { Cell } from './week-grid';
import type { PlacedLine } from './week-query';

const AddEntry = graphql(`
  mutation AddEntry($input: EntryInput!) {
    addEntry(input: $input)
  }
`);
const EditEntry = graphql(`
  mutation EditEntry($input: EditEntryInput!) {
    editEntry(input: $input) {
      id
    }
  }
`);

const EntryRules = rules.object({
  engagementId: rules.string(),
  day: rules.string(),
  kind: rules.string(),
  from: rules
    .string()
    .check(rules.refine((text) => clockOf(text) !== undefined, 'Write when it began, e.g. 9:30.')),
  to: rules
    .string()
    .check(
      rules.refine(
        (text) => endOf(text) !== undefined,
        'Write when it ended, e.g. 11, or how long, e.g. 90m.',
      ),
    ),
  note: said('Say in a few words what you did: time entered by hand needs a note.', 500),
});
/** The server's names for what the form calls from and to. */
const FIELDS = { startsAt: 'from', endsAt: 'to' } as const;

type Values = Cell & { from: string; to: string; note: string };

const inputOf = ({ kind, note, day, from, to }: Values, idempotencyKey: string) => {
  const span = spanOf(day, from, to);
  return {
    kind,
    note,
    startsAt: span?.startsAt.toISOString() ?? '',
    endsAt: span?.endsAt.toISOString() ?? '',
    idempotencyKey,
  };
};

/** What was begun in the grid: values to take over, and the field to go on in. */
export interface Begun {
  readonly from?: string;
  readonly to?: string;
  readonly focus: 'to' | 'note';
}

/** Time by hand: on what, which day, from when to when, what for. */
export function EntryForm({
  cell,
  begin,
  days,
  places,
  onOpenOther,
}: {
  readonly cell: Cell;
  /** Set to what takes over an entry that was begun in the grid. */
  readonly begin: Ref<(begun: Begun) => void>;
  readonly days: readonly WeekDay[];
  readonly places: readonly Workplace[];
  readonly onOpenOther: (id: string) => void;
}) {
  const form = useAppForm({
    values: { ...cell, from: '', to: '', note: '' } as Values,
    rules: EntryRules,
    write: AddEntry,
    variables: (values, key) => ({ input: { engagementId: values.engagementId, ...inputOf(values, key) } }),
    fields: FIELDS,
    keepAs: `entry:${days[0]?.day ?? ''}`,
    onDone: (_data, values) => {
      say('Added.');
      form.reset({ ...values, from: values.to.includes(':') ? values.to : '', to: '', note: '' });
    },
  });
  const { engagementId, kind, day } = cell;
  const { setValue } = form;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    setValue('engagementId', engagementId);
    setValue('kind', kind);
    setValue('day', day);
  }, [setValue, engagementId, kind, day]);
  useImperativeHandle(begin, () => ({ from, to, focus }: Begun) => {
    if (from) setValue('from', from);
    if (to) setValue('to', to);
    // The form's own way to focus waits a moment, in which the next key that is typed would be lost.
    place.current?.querySelector<HTMLElement>(`[name="${focus}"]`)?.focus();
  });
  return (
    <div ref={place}>
      <Form form={form} button="Add the entry">
        <EntryFields form={form} days={days} places={places} onOpenOther={onOpenOther} />
      </Form>
    </div>
  );
}

/** Changes a draft. */
export function EditForm({
  line,
  days,
  onDone,
  onOpenOther,
}: {
  readonly line: PlacedLine;
  readonly days: readonly WeekDay[];
  readonly onDone: () => void;
  readonly onOpenOther: (id: string) => void;
}) {
  const form = useAppForm({
    values: {
      engagementId: line.row.engagementId,
      kind: line.kind,
      day: localDay(new Date(line.startsAt)),
      from: clockIn(line.startsAt),
      to: clockIn(line.endsAt),
      note: line.note,
    } as Values,
    rules: EntryRules,
    write: EditEntry,
    variables: (values, key) => ({ input: { id: line.id, ...inputOf(values, key) } }),
    fields: FIELDS,
    onDone: () => {
      say('Changed.');
      onDone();
    },
  });
  return (
    <Form form={form} button="Save the entry" beside={<Button onPress={onDone}>Leave it as it was</Button>}>
      <EntryFields form={form} days={days} places={[line.row]} onOpenOther={onOpenOther} />
    </Form>
  );
}

/** An instant as a time of day in the reader's zone, as the fields take it. */
export function clockIn(instant: string): string {
  return new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

function EntryFields({
  form,
  days,
  places,
  onOpenOther,
}: {
  readonly form: ReturnType<typeof useAppForm<Values, unknown, object>>;
  readonly days: readonly WeekDay[];
  readonly places: readonly Workplace[];
  readonly onOpenOther: (id: string) => void;
}) {
  const fault = form.formState.errors.from;
  const other = fault?.type === 'TIMESHEET_OVERLAP' ? fault.types?.rowId : undefined;
  return (
    <>
      <SelectField
        form={form}
        name="engagementId"
        label="Engagement"
        options={places.map((place) => [place.engagementId, workOf(place)] as const)}
      />
      <div className="grid">
        <SelectField
          form={form}
          name="day"
          label="Day"
          options={days.map(({ day, label, part }) => [day, part ? `${label}, ${part}` : label] as const)}
        />
        <SelectField form={form} name="kind" label="Activity" options={ACTIVITIES} />
        <TextField form={form} name="from" label="From" hint="e.g. 9:30, 930 or 9" />
        <TextField form={form} name="to" label="To" hint="e.g. 11:00, or how long: 90m" />
      </div>
      {typeof other === 'string' && (
        <Notice tone="bad">
          <Button weight="quiet" onPress={() => onOpenOther(other)}>
            Open the entry that it overlaps
          </Button>
        </Notice>
      )}
      <TextField form={form} name="note" label="Note" hint="What you did. The lab reads it." />
      <p className="quiet">
        Times are in your zone, {OWN_ZONE.replaceAll('_', ' ')}. Weeks run Monday to Monday, UTC.
      </p>
    </>
  );
}
