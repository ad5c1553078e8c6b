import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { useAppForm, type AppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { Confirm } from '../../ui/confirm';
import { DateField } from '../../ui/date-field';
import { ChoiceField, LongTextField, SelectField, TextField } from '../../ui/field';
import { ProblemNotice } from '../../ui/notice';
import { Page } from '../../ui/page';
import { say } from '../../ui/toast';
import { day } from '../../lib/time';

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
const SetTakeRate = graphql(`
  mutation SetTakeRate($input: CreateTakeRatePolicyInput!) {
    createTakeRatePolicy(input: $input) {
      id
    }
  }
`);

const PPM_OF_A_PERCENT = 10_000;
const VALUES = { scope: 'DEFAULT', lab: '', fee: '', from: '', reason: '' };
type Values = typeof VALUES;

const isPercent = (text: string) => /^\d{1,2}(\.\d{1,2})?$/.test(text.trim()) && Number(text) <= 50;

const Policy = rules
  .object({
    scope: rules.string(),
    lab: rules.string(),
    fee: rules
      .string()
      .check(
        rules.refine(isPercent, 'Write a percentage from 0 to 50, with at most two decimals, e.g. 12.50.'),
      ),
    from: said('Say from which day on.', 10),
    reason: said('Give the reason in a sentence: it stays beside the policy.', 2000),
  })
  .check(
    rules.refine((values) => values.scope !== 'LAB' || values.lab !== '', {
      path: ['lab'],
      message: 'Choose the lab.',
    }),
  );

/** A take rate from a day on, for everybody or for one lab. */
export function PolicyEditorPage() {
  const navigate = useNavigate();
  const [{ data }] = useQuery({ query: PolicyLabs });
  const labs = data?.labs.edges.map(({ node }) => [node.id, node.name] as const) ?? [];
  const form = useAppForm({
    values: VALUES,
    rules: Policy,
    write: SetTakeRate,
    variables: (values, idempotencyKey) => ({ input: { ...inputOf(values), idempotencyKey } }),
    fields: { labFeePpm: 'fee', effectiveFrom: 'from', labId: 'lab' },
    onDone: () => {
      say('The take rate is set.');
      void navigate({ to: '/admin/take-rates' });
    },
    keepAs: 'take-rate-policy',
  });
  const values = form.watch();
  return (
    <Page
      title="Set a take rate"
      about="What the platform keeps of agreed pay, paid by the lab on top. It never takes from the expert's rate."
      back={<Link to="/admin/take-rates">Take rates</Link>}
    >
      <form noValidate onSubmit={(event) => event.preventDefault()}>
        <ProblemNotice problem={form.problem} />
        <ChoiceField
          form={form}
          name="scope"
          label="For whom"
          options={[
            { code: 'DEFAULT', label: 'Everybody', about: 'Labs without a take rate of their own.' },
            {
              code: 'LAB',
              label: 'One lab',
              about: 'What is in its contract; it goes before the one for everybody.',
            },
          ]}
        />
        {values.scope === 'LAB' && (
          <SelectField form={form} name="lab" label="Lab" options={[['', 'Choose a lab'], ...labs]} />
        )}
        <TextField
          form={form}
          name="fee"
          label="Take rate in percent of agreed pay"
          inputMode="decimal"
          hint="E.g. 15 or 12.50. At 15, an hour of US$100.00 costs the lab US$115.00; the expert gets US$100.00."
        />
        <DateField
          form={form}
          name="from"
          label="From"
          hint="From 00:00 UTC of that day; tomorrow at the earliest. The policy that runs until then ends there."
        />
        <LongTextField form={form} name="reason" label="Reason" hint="Auditors read it beside the policy." />
        <div className="row">
          <Ask form={form} values={values} labs={labs} />
          <Link to="/admin/take-rates">Not now</Link>
        </div>
      </form>
    </Page>
  );
}

function inputOf({ scope, lab, fee, from, reason }: Values) {
  return {
    labId: scope === 'LAB' ? lab : null,
    labFeePpm: Math.round(Number(fee) * PPM_OF_A_PERCENT),
    expertFeePpm: 0,
    effectiveFrom: `${from}T00:00:00.000Z`,
    reason,
  };
}

/** Repeats whom it changes before it is set. */
function Ask({
  form,
  values,
  labs,
}: {
  readonly form: AppForm<Values>;
  readonly values: Values;
  readonly labs: readonly (readonly [string, string])[];
}) {
  const whom =
    values.scope === 'LAB'
      ? (labs.find(([id]) => id === values.lab)?.[1] ?? 'the lab')
      : 'every lab without a take rate of its own';
  const run = async () => {
    await form.send();
    return true;
  };
  return (
    <Confirm
      button="Set the take rate"
      weight="main"
      title="Set this take rate?"
      verb="Set it"
      run={run}
      isSending={form.isSending}
    >
      <p>
        From {values.from ? day(values.from) : 'the day that you name'} on, offers of {whom} carry{' '}
        {values.fee || 'the percentage that you name'} % of agreed pay.
      </p>
      <p>
        Whoever has signed keeps what they signed: engagements and offers that are out are not changed.
        Experts get their whole rate as before.
      </p>
    </Confirm>
  );
}
