import { checkSchedule, scheduleWords } from '@tallystick/domain';
import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { SchedulesQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { day } from '../../lib/time';
import { Confirm } from '../../ui/confirm';
import { DateField } from '../../ui/date-field';
import { LongTextField, TextField } from '../../ui/field';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Page, Ready, Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';

const Schedules = graphql(`
  query Schedules {
    conversionSchedules {
      id
      words
      effectiveFrom
      effectiveTo
      isInForce
      reason
    }
  }
`);
const Publish = graphql(`
  mutation PublishSchedule($input: PublishScheduleInput!) {
    publishConversionSchedule(input: $input)
  }
`);

type Schedule = SchedulesQuery['conversionSchedules'][number];

const PPM_OF_A_PERCENT = 10_000;
const VALUES = {
  weeks: '26',
  credit: '100',
  steps: '0: 100\n3: 75\n6: 50\n9: 25\n12: 0',
  from: '',
  reason: '',
};
type Values = typeof VALUES;

/** What hiring directly costs: all that was published, and the next one. */
export function SchedulesPage() {
  const query = useQuery({ query: Schedules });
  return (
    <Page
      title="Direct hire"
      about="What it costs a lab to hire an expert directly. It is on the public rate card and always falls to nothing."
      back={<Link to="/admin/take-rates">Take rates</Link>}
    >
      <Ready query={query}>
        {({ conversionSchedules }) => (
          <Section title="Published">
            {conversionSchedules.map((schedule) => (
              <Published key={schedule.id} schedule={schedule} />
            ))}
          </Section>
        )}
      </Ready>
      <Section title="Publish the next one">
        <PublishForm />
      </Section>
    </Page>
  );
}

function Published({ schedule }: { readonly schedule: Schedule }) {
  const { words, effectiveFrom, effectiveTo, isInForce, reason } = schedule;
  const isOver = !isInForce && effectiveTo !== null;
  return (
    <section className="sheet" aria-label={`Schedule from ${day(effectiveFrom)}`}>
      <h3>
        From {day(effectiveFrom)}
        {effectiveTo && ` until ${day(effectiveTo)}`}{' '}
        <StateTag
          state={isInForce ? 'ACTIVE' : isOver ? 'CLOSED' : 'WAITING'}
          text={isInForce ? 'In force' : isOver ? 'Over for new agreements' : 'To come'}
        />
      </h3>
      <p>{words}</p>
      <p className="quiet">{reason}</p>
    </section>
  );
}

function PublishForm() {
  const form = useAppForm({
    values: VALUES,
    rules: rules
      .object({
        weeks: rules.string(),
        credit: rules.string(),
        steps: rules.string(),
        from: said('Say from which day on.', 10),
        reason: said('Give the reason in a sentence.', 2000),
      })
      .check(
        rules.refine((values) => faultOf(values)?.field !== 'baseWeeks', {
          path: ['weeks'],
          message: 'Write a number of weeks from 1 to 104.',
        }),
        rules.refine((values) => faultOf(values)?.field !== 'creditPpm', {
          path: ['credit'],
          message: 'Write a share from 0 to 100.',
        }),
        rules.refine((values) => faultOf(values)?.field !== 'steps', {
          path: ['steps'],
          message: 'Begin with month 0, let each share fall, and end with 0.',
        }),
      ),
    write: Publish,
    variables: (values, idempotencyKey) => ({
      input: {
        ...termsOf(values),
        effectiveFrom: `${values.from}T00:00:00.000Z`,
        reason: values.reason,
        idempotencyKey,
      },
    }),
    fields: { baseWeeks: 'weeks', creditPpm: 'credit', effectiveFrom: 'from' },
    onDone: () => {
      say('The schedule is published.');
      form.reset(VALUES);
    },
  });
  const values = form.watch();
  return (
    <form noValidate onSubmit={(event) => event.preventDefault()}>
      <ProblemNotice problem={form.problem} />
      <div className="grid">
        <TextField
          form={form}
          name="weeks"
          label="Full weeks that the base counts"
          inputMode="numeric"
          hint="The base is the platform’s fee on so many weeks at the weekly cap."
        />
        <TextField
          form={form}
          name="credit"
          label="Fees kept already that come off, in percent"
          inputMode="decimal"
          hint="At 100, nobody pays twice."
        />
      </div>
      <LongTextField
        form={form}
        name="steps"
        label="Shares of the base"
        rows={5}
        hint="One a line: from which whole month since the first paid work, which percentage. The last is 0."
      />
      <DateField
        form={form}
        name="from"
        label="For agreements signed from"
        hint="00:00 UTC of that day, tomorrow at the earliest. Agreements signed before keep what they read."
      />
      <LongTextField form={form} name="reason" label="Reason" hint="It stays beside the schedule." />
      <Preview values={values} />
      <div className="row">
        <Confirm
          button="Publish"
          weight="main"
          title="Publish this schedule?"
          verb="Publish it"
          isSending={form.isSending}
          run={async () => {
            await form.send();
            return true;
          }}
        >
          <p>
            Everybody reads it on the rate card at once. Agreements that are signed from{' '}
            {values.from ? day(values.from) : 'the day that you name'} on follow it; those signed before are
            not changed. What is published is never edited.
          </p>
        </Confirm>
      </div>
    </form>
  );
}

/** What everybody would read. */
function Preview({ values }: { readonly values: Values }) {
  const checked = checkSchedule(termsOf(values));
  return checked.ok ? (
    <section aria-label="Preview">
      <h3>How it reads</h3>
      <p>{scheduleWords({ id: '', ...checked.value })}</p>
    </section>
  ) : (
    <Notice tone="warning">{checked.refusal.message}</Notice>
  );
}

const numberOf = (text: string) => (/^\d{1,4}(\.\d{1,2})?$/.test(text.trim()) ? Number(text) : NaN);
const ppmOf = (text: string) => {
  const share = numberOf(text);
  return Number.isNaN(share) ? -1 : Math.round(share * PPM_OF_A_PERCENT);
};

/** What is typed, as it is sent; what cannot be read is out of bounds and so refused. */
function termsOf({ weeks, credit, steps }: Values) {
  const lines = steps.split('\n').filter((line) => line.trim() !== '');
  return {
    baseWeeks: Number.isInteger(numberOf(weeks)) ? numberOf(weeks) : 0,
    creditPpm: ppmOf(credit),
    steps: lines.map((line) => {
      const [month = '', share = '', ...more] = line.split(':').map((part) => part.replace('%', '').trim());
      const fromMonth = Number.isInteger(numberOf(month)) && more.length === 0 ? numberOf(month) : -1;
      return { fromMonth, ppm: ppmOf(share) };
    }),
  };
}

function faultOf(values: Values) {
  const checked = checkSchedule(termsOf(values));
  return checked.ok ? undefined : checked.refusal;
}
