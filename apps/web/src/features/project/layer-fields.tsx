import {
  CEFR_LEVELS,
  CREDENTIAL_TYPES,
  formatAmount,
  hasIssuer,
  RUNGS,
  US_STATES,
  type Rung,
} from '@tallystick/domain';
import { useFieldArray, useWatch, type FieldPath } from 'react-hook-form';
import type { AppForm } from '../../lib/form';
import { FUNDING_OPTIONS } from '../../lib/money';
import { Button } from '../../ui/button';
import { DateField } from '../../ui/date-field';
import { AmountField, LongTextField, SelectField, TextField } from '../../ui/field';
import { TagField } from '../../ui/tag-field';
import { LayerConditions } from './layer-conditions';
import type { LayersValues } from './layer-values';
import { useSkillSuggestions } from './skill-suggestions';

const RUNG_OPTIONS = Object.entries(RUNGS).map(([code, { label }]) => [code, label] as const);
const CREDENTIAL_OPTIONS = Object.entries(CREDENTIAL_TYPES).map(
  ([code, { label }]) => [code, label] as const,
);
const LEVEL_OPTIONS = CEFR_LEVELS.map((level) => [level, level === 'NATIVE' ? 'Native' : level] as const);
const JURISDICTIONS = [
  ['', 'Anywhere'] as const,
  ...US_STATES.map((state) => [`US-${state}`, `US, ${state}`] as const),
];

interface LayerProps {
  readonly form: AppForm<LayersValues>;
  readonly index: number;
}

const nameOf = (index: number, field: string) => `openings.${index}.${field}` as FieldPath<LayersValues>;

/** The fields of one layer. */
export function LayerFields({ form, index, onRemove }: LayerProps & { readonly onRemove?: () => void }) {
  const required = useSkillSuggestions();
  const good = useSkillSuggestions();
  const currency = String(useWatch({ control: form.control, name: nameOf(index, 'currency') }) ?? 'USD');
  return (
    <fieldset>
      <legend>Layer {index + 1}</legend>
      <TextField form={form} name={nameOf(index, 'title')} label="Title of the layer" />
      <LongTextField form={form} name={nameOf(index, 'description')} label="What is done" rows={3} />
      <div className="grid">
        <SelectField
          form={form}
          name={nameOf(index, 'rung')}
          label="Rung"
          options={RUNG_OPTIONS}
          hint={<RungHint form={form} index={index} />}
        />
        <SelectField
          form={form}
          name={nameOf(index, 'currency')}
          label="Currency"
          options={FUNDING_OPTIONS}
        />
        <AmountField
          form={form}
          name={nameOf(index, 'rateMin')}
          label="Pay an hour, from"
          currency={currency}
        />
        <AmountField
          form={form}
          name={nameOf(index, 'rateMax')}
          label="Pay an hour, to"
          currency={currency}
        />
      </div>
      <div className="grid">
        <TextField form={form} name={nameOf(index, 'seats')} label="Seats" inputMode="numeric" />
        <TextField
          form={form}
          name={nameOf(index, 'hoursPerWeek')}
          label="Hours a week"
          inputMode="numeric"
        />
        <TextField form={form} name={nameOf(index, 'weeks')} label="Weeks" inputMode="numeric" />
        <DateField form={form} name={nameOf(index, 'startsOn')} label="First day" />
      </div>
      <TagField
        form={form}
        name={nameOf(index, 'requiredSkills')}
        label="Required skills"
        hint="Choose from the list where it fits, or press Enter after your own word."
        {...required}
      />
      <TagField
        form={form}
        name={nameOf(index, 'goodSkills')}
        label="Skills that are good to have"
        hint="They raise the fit; nobody is left out without them."
        {...good}
      />
      <CredentialRows form={form} index={index} />
      <LanguageRows form={form} index={index} />
      <LayerConditions form={form} index={index} />
      {onRemove && (
        <div className="row">
          <Button weight="danger" name={`Remove this layer, number ${index + 1}`} onPress={onRemove}>
            Remove this layer
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** What the rate card says of the chosen rung. */
function RungHint({ form, index }: LayerProps) {
  const code = String(useWatch({ control: form.control, name: nameOf(index, 'rung') }) ?? '');
  if (!(code in RUNGS)) return null;
  const { line, minMinor, maxMinor } = RUNGS[code as Rung];
  const [from, to] = [minMinor, maxMinor].map((minor) => formatAmount({ minor, currency: 'USD' }));
  return (
    <>
      {line} The rate card says {from} to {to} an hour.
    </>
  );
}

function CredentialRows({ form, index }: LayerProps) {
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: `openings.${index}.credentials`,
  });
  return (
    <div className="rows">
      <strong>Required credentials</strong>
      <p className="quiet">
        Only who has each of them verified can be engaged. {fields.length === 0 && 'None is asked for.'}
      </p>
      {fields.map((field, at) => (
        <div className="grid" key={field.id}>
          <SelectField
            form={form}
            name={nameOf(index, `credentials.${at}.type`)}
            label="Required credential"
            options={CREDENTIAL_OPTIONS}
          />
          <SelectField
            form={form}
            name={nameOf(index, `credentials.${at}.jurisdiction`)}
            label="Where it must hold"
            options={JURISDICTIONS}
          />
          <div className="beside-field">
            <Button weight="quiet" name={`Remove credential ${at + 1}`} onPress={() => remove(at)}>
              Remove
            </Button>
          </div>
          <Issuers form={form} index={index} at={at} />
        </div>
      ))}
      <Button onPress={() => append({ type: 'US_MEDICAL_LICENSE', jurisdiction: '', issuers: [] })}>
        Require a credential
      </Button>
    </div>
  );
}

/** Whose credentials are taken, for kinds that several issue. */
function Issuers({ form, index, at }: LayerProps & { readonly at: number }) {
  const type = String(
    useWatch({ control: form.control, name: nameOf(index, `credentials.${at}.type`) }) ?? '',
  );
  return hasIssuer(type) ? (
    <TagField
      form={form}
      name={nameOf(index, `credentials.${at}.issuers`)}
      label="Accepted issuers"
      hint="None means any. Press Enter after each."
    />
  ) : null;
}

function LanguageRows({ form, index }: LayerProps) {
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: `openings.${index}.languages`,
  });
  return (
    <div className="rows">
      <strong>Required languages</strong>
      {fields.length === 0 && <p className="quiet">None is asked for.</p>}
      {fields.map((field, at) => (
        <div className="grid" key={field.id}>
          <TextField form={form} name={nameOf(index, `languages.${at}.language`)} label="Language" />
          <SelectField
            form={form}
            name={nameOf(index, `languages.${at}.level`)}
            label="Lowest level"
            options={LEVEL_OPTIONS}
          />
          <div className="beside-field">
            <Button weight="quiet" name={`Remove language ${at + 1}`} onPress={() => remove(at)}>
              Remove
            </Button>
          </div>
        </div>
      ))}
      <Button onPress={() => append({ language: '', level: 'B2' })}>Require a language</Button>
    </div>
  );
}
