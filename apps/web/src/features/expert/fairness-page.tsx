import { ETHNICITIES, SEXES } from '@tallystick/domain';
import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OwnVolunteeredGroupQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { moment } from '../../lib/time';
import { Button } from '../../ui/button';
import { CheckField, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { ProblemNotice } from '../../ui/notice';
import { Page, Ready } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

const OwnGroup = graphql(`
  query OwnVolunteeredGroup {
    myVolunteeredGroup {
      sex
      ethnicity
      consentedAt
    }
  }
`);
const Volunteer = graphql(`
  mutation VolunteerGroup($input: VolunteerGroupInput!) {
    volunteerGroup(input: $input)
  }
`);
const Withdraw = graphql(`
  mutation WithdrawVolunteeredGroup {
    withdrawVolunteeredGroup
  }
`);

type Kept = NonNullable<OwnVolunteeredGroupQuery['myVolunteeredGroup']>;
const optionsOf = (codes: Readonly<Record<string, string>>) =>
  [['', 'I do not say'], ...Object.entries(codes)] as (readonly [string, string])[];
const SEX_OPTIONS = optionsOf(SEXES);
const ETHNICITY_OPTIONS = optionsOf(ETHNICITIES);

/** What an expert may volunteer so that it can be counted whether matching is fair; nothing else reads it. */
export function FairnessPage() {
  const query = useQuery({ query: OwnGroup });
  return (
    <Page
      title="Is matching fair? Help us check"
      action={<Link to="/expert/profile">Back to the profile</Link>}
    >
      <p>
        You may say what follows, or leave it out: it makes no difference to what you are offered. We count
        how often each group is shown, invited and engaged, and look into it where one group comes off worse.
        No ranking, lab or member of our staff reads your answer; staff see counts of ten people or more.
      </p>
      <Ready query={query}>
        {({ myVolunteeredGroup: kept }) => (
          <>
            {kept && <KeptGroup kept={kept} />}
            <GroupForm key={kept?.consentedAt ?? ''} kept={kept ?? undefined} onDone={query[1]} />
            {kept && <WithdrawButton onDone={query[1]} />}
          </>
        )}
      </Ready>
    </Page>
  );
}

type Reload = (options?: { requestPolicy: 'network-only' }) => void;

function KeptGroup({ kept }: { readonly kept: Kept }) {
  const words: Readonly<Record<string, string>> = { ...SEXES, ...ETHNICITIES };
  return (
    <p>
      Kept: {[kept.sex, kept.ethnicity].flatMap((code) => (code ? (words[code] ?? code) : [])).join(', ')}.
      You consented on {moment(kept.consentedAt)}. Nothing more is kept.
    </p>
  );
}

function GroupForm({ kept, onDone }: { readonly kept: Kept | undefined; readonly onDone: Reload }) {
  const form = useAppForm({
    values: { sex: kept?.sex ?? '', ethnicity: kept?.ethnicity ?? '', consents: false },
    rules: rules.object({
      sex: rules.string(),
      ethnicity: rules.string(),
      consents: rules
        .boolean()
        .check(rules.refine((consents) => consents, 'Nothing is kept without your consent.')),
    }),
    write: Volunteer,
    variables: ({ sex, ethnicity, consents }) => ({
      input: { sex: sex || null, ethnicity: ethnicity || null, consents },
    }),
    onDone: () => {
      say('Kept. It is counted, and read for nothing else.');
      onDone({ requestPolicy: 'network-only' });
    },
  });
  return (
    <Form form={form} button={kept ? 'Keep this instead' : 'Keep my answers'}>
      <div className="grid">
        <SelectField form={form} name="sex" label="Sex" options={SEX_OPTIONS} />
        <SelectField form={form} name="ethnicity" label="Ethnicity" options={ETHNICITY_OPTIONS} />
      </div>
      <CheckField
        form={form}
        name="consents"
        label="I consent to my answers being kept and counted"
        hint="You can withdraw at any time; they are erased at once, and with your account."
      />
    </Form>
  );
}

function WithdrawButton({ onDone }: { readonly onDone: Reload }) {
  const { run, isSending, problem } = useAction(Withdraw);
  const withdraw = async () => {
    if (!(await run({}))) return;
    say('Withdrawn. Your answers are erased.');
    onDone({ requestPolicy: 'network-only' });
  };
  return (
    <>
      <ProblemNotice problem={problem} />
      <Button weight="danger" isSending={isSending} onPress={() => void withdraw()}>
        Withdraw and erase my answers
      </Button>
    </>
  );
}
