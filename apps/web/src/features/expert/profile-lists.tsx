import { CEFR_LEVELS } from '@tallystick/domain';
import { useFieldArray } from 'react-hook-form';
import type { AppForm } from '../../lib/form';
import { Button } from '../../ui/button';
import { DateField } from '../../ui/date-field';
import { LongTextField, SelectField, TextField } from '../../ui/field';
import type { ProfileValues } from './profile-values';

type ProfileForm = AppForm<ProfileValues>;

const LEVELS = CEFR_LEVELS.map((level) => [level, level === 'NATIVE' ? 'Native' : level] as const);
const KINDS = [
  ['WORK', 'Work'],
  ['PROJECT', 'Project'],
  ['PUBLICATION', 'Publication'],
  ['EDUCATION', 'Education'],
] as const;

/** Languages, each with its level. */
export function Languages({ form }: { readonly form: ProfileForm }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'languages' });
  return (
    <fieldset>
      <legend>Languages</legend>
      {fields.map(({ id }, index) => (
        <div key={id} className="grid list-row">
          <TextField form={form} name={`languages.${index}.language`} label={`Language ${index + 1}`} />
          <SelectField
            form={form}
            name={`languages.${index}.level`}
            label={`Level ${index + 1}`}
            options={LEVELS}
          />
          <Button name={`Remove language ${index + 1}`} onPress={() => remove(index)}>
            Remove
          </Button>
        </div>
      ))}
      <Button onPress={() => append({ language: '', level: 'C1' })}>Add a language</Button>
    </fieldset>
  );
}

/** Places of work; those without a last day are where one works now. */
export function Affiliations({ form }: { readonly form: ProfileForm }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'affiliations' });
  return (
    <>
      <p className="quiet">
        A lab that competes with where you work now cannot engage you. That is settled before the first hour,
        not after.
      </p>
      {fields.map(({ id }, index) => (
        <fieldset key={id}>
          <legend>Place {index + 1}</legend>
          <div className="grid">
            <TextField form={form} name={`affiliations.${index}.organisation`} label="Organisation" />
            <TextField form={form} name={`affiliations.${index}.title`} label="Your role" />
            <DateField form={form} name={`affiliations.${index}.startsOn`} label="First day" />
            <DateField
              form={form}
              name={`affiliations.${index}.endsOn`}
              label="Last day"
              hint="Empty while you work there."
            />
          </div>
          <Button name={`Remove place ${index + 1}`} onPress={() => remove(index)}>
            Remove
          </Button>
        </fieldset>
      ))}
      <Button onPress={() => append({ organisation: '', title: '', startsOn: '', endsOn: '' })}>
        Add a place of work
      </Button>
    </>
  );
}

/** Work, projects, publications and education that speak for the expert. */
export function Evidence({ form }: { readonly form: ProfileForm }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'evidence' });
  return (
    <>
      <p className="quiet">What you write here is read for your fit and shown to labs beside it.</p>
      {fields.map(({ id }, index) => (
        <fieldset key={id}>
          <legend>Item {index + 1}</legend>
          <div className="grid">
            <SelectField form={form} name={`evidence.${index}.kind`} label="Kind" options={KINDS} />
            <TextField form={form} name={`evidence.${index}.title`} label="Title" />
          </div>
          <LongTextField form={form} name={`evidence.${index}.text`} label="What it is" rows={2} />
          <Button name={`Remove item ${index + 1}`} onPress={() => remove(index)}>
            Remove
          </Button>
        </fieldset>
      ))}
      <Button onPress={() => append({ kind: 'WORK', title: '', text: '' })}>Add an item</Button>
    </>
  );
}
