import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useAppForm, type AppForm } from '../../lib/form';
import { FUNDING_OPTIONS, money } from '../../lib/money';
import { day } from '../../lib/time';
import { useMaySetMoney } from '../../lib/viewer';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { DateField } from '../../ui/date-field';
import { AmountField, ChoiceField, LongTextField, SelectField, TextField } from '../../ui/field';
import { Form, Restored } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { Tally } from '../../ui/tally';
import { say } from '../../ui/toast';
import {
  policyOf,
  POLICY_FIELDS,
  POLICY_RULES,
  POLICY_VALUES,
  previewOf,
  takesParts,
  type PolicyValues,
} from './policy-values';

const PolicyLabs = graphql(`
  query PolicyLabs {
    labs(first: 100, state: "VETTED") {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);
const PolicySubjects = graphql(`
  query PolicySubjects($labId: ID!) {
    takeRateSubjects(labId: $labId) {
      projects {
        id
        name
      }
      experts {
        id
        name
      }
    }
  }
`);
const TakeRateConcerns = graphql(`
  query TakeRateConcerns($input: CreateTakeRatePolicyInput!) {
    takeRateConcerns(input: $input)
  }
`);
const SetTakeRate = graphql(`
  mutation SetTakeRate($input: CreateTakeRatePolicyInput!) {
    createTakeRatePolicy(input: $input) {
      id
    }
  }
`);

type Named = readonly (readonly [string, string])[];
type PolicyForm = AppForm<PolicyValues>;

const SCOPES = [
  { code: 'DEFAULT', label: 'Everybody', about: 'Labs without a take rate of their own.' },
  {
    code: 'PROMO',
    label: 'A promotion',
    about: 'For everybody until a day; it goes before the one for everybody, after a contract.',
  },
  {
    code: 'LAB',
    label: 'One lab',
    about: 'What is in its contract; it goes before the one for everybody.',
  },
  { code: 'PROJECT', label: 'One project', about: 'It goes before the contract of its lab.' },
  { code: 'LAB_EXPERT', label: 'One lab and one expert', about: 'It goes before everything else.' },
];

/** A take rate from a day on, for who may set one. */
export function PolicyEditorPage() {
  if (useMaySetMoney()) return <PolicyEditor />;
  return (
    <Page title="Set a take rate" back={<Link to="/admin/take-rates">Take rates</Link>}>
      <Notice>
        Somebody in finance, or an admin, sets take rates. You read them on the page of take rates.
      </Notice>
    </Page>
  );
}

/** A take rate from a day on, for everybody or for some, with what a line would cost under it. */
function PolicyEditor() {
  const navigate = useNavigate();
  const [{ data }] = useQuery({ query: PolicyLabs });
  const labs = data?.labs.edges.map(({ node }) => [node.id, node.name] as const) ?? [];
  const form = useAppForm({
    values: POLICY_VALUES,
    rules: POLICY_RULES,
    write: SetTakeRate,
    variables: (values, idempotencyKey) => ({ input: { ...policyOf(values), idempotencyKey } }),
    fields: POLICY_FIELDS,
    onDone: ({ createTakeRatePolicy }) => {
      say(createTakeRatePolicy ? 'The take rate is set.' : 'Another person has to approve it. You are told.');
      void navigate({ to: createTakeRatePolicy ? '/admin/take-rates' : '/admin/approvals' });
    },
    keepAs: 'take-rate-policy',
  });
  const values = form.watch();
  const concerns = useConcerns(values);
  const isForTwo = concerns.length > 0;
  const [isAsking, setAsking] = useState(false);
  return (
    <Page
      title="Set a take rate"
      about="What the platform keeps of agreed pay: what the lab pays on top, and what is taken from the expert's rate. The default in force stands under Take rates."
      back={<Link to="/admin/take-rates">Take rates</Link>}
    >
      <Restored form={form} />
      <Form
        form={form}
        button={isForTwo ? 'Ask for approval' : 'Set the take rate'}
        beside={<Link to="/admin/take-rates">Not now</Link>}
        onAsk={() => setAsking(previewOf(form.getValues())?.fault === undefined)}
      >
        <ChoiceField form={form} name="scope" label="For whom" options={SCOPES} />
        <Whom form={form} values={values} labs={labs} />
        <TextField
          form={form}
          name="fee"
          label="Take rate in percent of agreed pay"
          inputMode="decimal"
          hint="Paid by the lab on top. E.g. 15 or 12.50. At 15, an hour of US$100.00 costs the lab US$115.00."
        />
        <TextField
          form={form}
          name="expertFee"
          label="Taken from the expert, in percent of agreed pay"
          inputMode="decimal"
          hint="0 by default: the expert gets the whole agreed pay."
        />
        {takesParts(values.scope) && <Parts form={form} values={values} />}
        <div className="grid">
          <DateField
            form={form}
            name="from"
            label="From"
            hint="From 00:00 UTC of that day. The policy for the same people that runs until then ends there. In the past: another person has to approve it."
          />
          {values.scope !== 'DEFAULT' && (
            <DateField
              form={form}
              name="to"
              label="Until"
              hint="Up to 00:00 UTC of that day; then the next wider policy holds. Empty: until another is set."
            />
          )}
        </div>
        <LongTextField form={form} name="reason" label="Reason" hint="Auditors read it beside the policy." />
        <Preview values={values} />
        <Concerns sentences={concerns} />
      </Form>
      <Ask
        form={form}
        values={values}
        labs={labs}
        isForTwo={isForTwo}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      />
    </Page>
  );
}

/** The lab, and the project or the expert of it. */
function Whom({
  form,
  values: { scope, lab },
  labs,
}: {
  readonly form: PolicyForm;
  readonly values: PolicyValues;
  readonly labs: Named;
}) {
  const isNarrower = scope === 'PROJECT' || scope === 'LAB_EXPERT';
  const [{ data }] = useQuery({
    query: PolicySubjects,
    variables: { labId: lab },
    pause: !isNarrower || lab === '',
  });
  if (scope === 'DEFAULT' || scope === 'PROMO') return null;
  const named = (rows: readonly { readonly id: string; readonly name: string }[] = []) =>
    rows.map(({ id, name }) => [id, name] as const);
  const { projects, experts } = data?.takeRateSubjects ?? {};
  return (
    <div className="grid">
      <SelectField form={form} name="lab" label="Lab" options={[['', 'Choose a lab'], ...labs]} />
      {scope === 'PROJECT' && (
        <SelectField
          form={form}
          name="project"
          label="Project"
          options={[['', 'Choose a project'], ...named(projects)]}
        />
      )}
      {scope === 'LAB_EXPERT' && (
        <SelectField
          form={form}
          name="expert"
          label="Expert"
          hint="Whoever has applied to this lab."
          options={[['', 'Choose an expert'], ...named(experts)]}
        />
      )}
    </div>
  );
}

/** Tiers, fixed amounts, minimums, cap, rounding: what most policies do without. */
function Parts({ form, values: { currency } }: { readonly form: PolicyForm; readonly values: PolicyValues }) {
  return (
    <details>
      <summary>Tiers, amounts and rounding</summary>
      <SelectField
        form={form}
        name="currency"
        label="Currency of the amounts"
        options={FUNDING_OPTIONS}
        hint="A policy with amounts holds only for work in its currency."
      />
      <LongTextField
        form={form}
        name="tiers"
        label="Tiers of the lab’s fee"
        rows={3}
        hint="One a line: above which sum of lifetime billings between the two, which percentage. E.g. 100000: 12"
      />
      <div className="grid">
        <AmountField form={form} name="fixed" label="Lab: fixed, each line" currency={currency} />
        <AmountField form={form} name="minimum" label="Lab: at least, each line" currency={currency} />
        <AmountField form={form} name="cap" label="Lab: at most, a calendar month" currency={currency} />
        <AmountField form={form} name="expertFixed" label="Expert: fixed, each line" currency={currency} />
        <AmountField
          form={form}
          name="expertMinimum"
          label="Expert: at least, each line"
          currency={currency}
        />
        <SelectField
          form={form}
          name="rounding"
          label="Halves of the smallest unit"
          options={[
            ['HALF_EVEN', 'to the even one'],
            ['HALF_UP', 'up'],
          ]}
        />
      </div>
    </details>
  );
}

/** The reasons for which another person would be asked; asked once what is typed can be sent. */
function useConcerns(values: PolicyValues): readonly string[] {
  const typed = JSON.stringify({ ...values, reason: 'Not said yet.' });
  const [settled, settle] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => settle(typed), 400);
    return () => clearTimeout(timer);
  }, [typed]);
  const asked = JSON.parse(settled) as PolicyValues;
  const isWhole = POLICY_RULES.safeParse(asked).success;
  const [{ data }] = useQuery({
    query: TakeRateConcerns,
    variables: { input: { ...policyOf(asked), idempotencyKey: 'only-asked' } },
    pause: !isWhole,
  });
  return isWhole ? (data?.takeRateConcerns ?? []) : [];
}

/** Says beforehand that a second person is asked, and why. */
function Concerns({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Notice tone="warning">Another person has to approve this before it holds. {sentences.join(' ')}</Notice>
  );
}

/** What a line of ten hours would cost, in the words that both sides would read. */
function Preview({ values }: { readonly values: PolicyValues }) {
  const preview = previewOf(values);
  if (!preview) return null;
  if (preview.fault !== undefined) return <Notice tone="warning">{preview.fault}</Notice>;
  const { words, rate, hours, tally, short } = preview;
  return (
    <section aria-label="Preview">
      <p>{words}</p>
      <Tally tally={tally} label={`The first line, ${hours} hours at ${money(rate)}`} />
      {short && (
        <Tally tally={short.tally} label={`A short line, ${short.minutes} minutes at ${money(rate)}`} />
      )}
    </section>
  );
}

const WHOM: Readonly<Record<string, string>> = {
  DEFAULT: 'every lab without a take rate of its own',
  PROMO: 'every lab without a contract of its own',
  PROJECT: 'this project',
  LAB_EXPERT: 'this lab to this expert',
};

/** Repeats whom it changes before it is set; asked only once nothing is wrong with what is typed. */
function Ask({
  form,
  values,
  labs,
  isForTwo,
  isOpen,
  onClose,
}: {
  readonly form: PolicyForm;
  readonly values: PolicyValues;
  readonly labs: Named;
  readonly isForTwo: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const whom = WHOM[values.scope] ?? labs.find(([id]) => id === values.lab)?.[1] ?? 'the lab';
  const preview = previewOf(values);
  return (
    <Panel
      title={isForTwo ? 'Ask another person to approve this take rate?' : 'Set this take rate?'}
      isOpen={isOpen}
      onClose={onClose}
    >
      <p>
        From {values.from ? day(values.from) : 'the day that you name'} on, offers of {whom} carry{' '}
        {preview?.words ?? 'the percentage that you name.'}
      </p>
      {isForTwo && <p>Nothing changes before another person has approved exactly this.</p>}
      <p>Whoever has signed keeps what they signed: engagements and offers that are out are not changed.</p>
      <Button weight="main" isSending={form.isSending} onPress={() => void form.send().then(onClose)}>
        {isForTwo ? 'Ask' : 'Set it'}
      </Button>
    </Panel>
  );
}
