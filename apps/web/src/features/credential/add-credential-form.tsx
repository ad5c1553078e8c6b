import {
  CEFR_LEVELS,
  checkClaimField,
  CREDENTIAL_TYPES,
  US_STATES,
  type ClaimField,
} from '@tallystick/domain';
import { graphql } from '../../gql';
import { COUNTRY_OPTIONS } from '../../lib/countries';
import { useAppForm, type AppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { DateField } from '../../ui/date-field';
import { SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';
import { typeOf } from './own-credentials';

const Claim = graphql(`
  mutation ClaimCredential($input: AddCredentialInput!) {
    addCredential(input: $input) {
      id
    }
  }
`);

type Values = Record<string, string>;

const KINDS = Object.entries(CREDENTIAL_TYPES).map(([code, { label }]) => [code, label] as const);
const NAMES = [
  ...new Set(Object.values(CREDENTIAL_TYPES).flatMap(({ fields }) => fields.map(({ name }) => name))),
];
const EMPTY: Values = Object.fromEntries([
  ['type', 'US_MEDICAL_LICENSE'],
  ...NAMES.map((name) => [name, '']),
]);
const CHOICES: Readonly<
  Partial<Record<NonNullable<ClaimField['kind']>, readonly (readonly [string, string])[]>>
> = {
  US_STATE: [['', 'Choose'], ...US_STATES.map((code) => [code, code] as const)],
  CEFR: [['', 'Choose'], ...CEFR_LEVELS.map((code) => [code, code === 'NATIVE' ? 'Native' : code] as const)],
  COUNTRY: [['', 'Choose'], ...COUNTRY_OPTIONS],
};

/** Each field of the chosen kind is checked as it is typed: a number with a wrong check digit is refused at once. */
const ClaimRules = rules.record(rules.string(), rules.string()).check((payload) => {
  for (const field of typeOf(payload.value.type ?? '').fields) {
    const checked = checkClaimField(field, payload.value[field.name] ?? '');
    if (!checked.ok)
      payload.issues.push({
        code: 'custom',
        message: checked.refusal.message,
        path: [field.name],
        input: payload.value,
      });
  }
});

/** A new claim: the fields follow from its kind. */
export function AddCredentialForm({ onDone }: { readonly onDone: () => void }) {
  const form = useAppForm<Values, unknown, { input: ClaimInput }>({
    values: EMPTY,
    rules: ClaimRules as never,
    write: Claim as never,
    variables: ({ type = '', ...claim }, idempotencyKey) => ({
      input: {
        type,
        claim: typeOf(type).fields.map(({ name }) => ({ name, value: claim[name] ?? '' })),
        idempotencyKey,
      },
    }),
    keepAs: 'credential',
    onDone: () => {
      say('Added. Now give evidence, and submit it.');
      onDone();
    },
  });
  const type = form.watch('type') ?? '';
  return (
    <Form form={form} button="Add the credential">
      <SelectField form={form} name="type" label="Kind" options={KINDS} />
      {typeOf(type).fields.map((field) => (
        <ClaimInputField key={type + field.name} form={form} field={field} />
      ))}
      <p className="quiet">
        {typeOf(type).isRegulated
          ? 'Two different verifiers check it at its source.'
          : 'A verifier checks it at its source.'}{' '}
        You add files after this step.
      </p>
    </Form>
  );
}

interface ClaimInput {
  readonly type: string;
  readonly claim: readonly { readonly name: string; readonly value: string }[];
  readonly idempotencyKey: string;
}

function ClaimInputField({ form, field }: { readonly form: AppForm<Values>; readonly field: ClaimField }) {
  const shared = {
    form,
    name: field.name,
    label: field.isRequired ? field.label : `${field.label} (may be left empty)`,
  };
  const choices = field.kind && CHOICES[field.kind];
  if (choices) return <SelectField {...shared} options={choices} />;
  if (field.kind === 'DATE') return <DateField {...shared} hint={field.hint} />;
  return <TextField {...shared} hint={field.hint} inputMode={field.kind === 'NPI' ? 'numeric' : 'text'} />;
}
