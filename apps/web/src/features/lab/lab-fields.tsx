import { useFieldArray, type FieldPath } from 'react-hook-form';
import { COUNTRY_OPTIONS } from '../../lib/countries';
import type { AppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { Button } from '../../ui/button';
import { SelectField, TextField } from '../../ui/field';
import { TagField } from '../../ui/tag-field';

/** Who a lab is, as it is typed. */
export interface LabValues {
  readonly name: string;
  readonly legalName: string;
  readonly country: string;
  readonly website: string;
  readonly owners: { readonly name: string; readonly share: string }[];
  readonly competitors: string[];
}

const share = rules
  .string()
  .check(
    rules.refine(
      (text) => /^\d{1,3}([.,]\d{1,2})?$/.test(text.trim()) && shareOf(text) >= 1 && shareOf(text) <= 10_000,
      'Write a share from 0.01 to 100 percent.',
    ),
  );

/** What can be said wrong before it is sent. */
export const LAB_RULES = rules.object({
  name: said('Write the name that experts know you by.', 120),
  legalName: said('Write the name in the register.', 200),
  country: said('Choose a country.'),
  website: rules.string(),
  owners: rules.array(rules.object({ name: said('Name the owner.', 200), share })),
  competitors: rules.array(rules.string()),
});

/** A lab's facts as the server takes them. */
export function labInput({ owners, competitors, website, ...own }: LabValues) {
  return {
    ...own,
    website: website.trim() === '' ? null : website.trim(),
    owners: owners.map(({ name, share: text }) => ({ name: name.trim(), shareBasisPoints: shareOf(text) })),
    competitors,
  };
}

/** A share in hundredths of a percent: `12.5` is 1250. */
function shareOf(text: string): number {
  return Math.round(Number(text.replace(',', '.')) * 100);
}

/** The fields that say who a lab is, who owns it and with whom it competes. */
export function LabFields({ form }: { readonly form: AppForm<LabValues> }) {
  return (
    <>
      <div className="grid">
        <TextField form={form} name="name" label="Name" hint="Experts see it." autoComplete="organization" />
        <TextField form={form} name="legalName" label="Legal name" hint="As in the register." />
        <SelectField form={form} name="country" label="Country" options={COUNTRY_OPTIONS} />
        <TextField form={form} name="website" label="Website" hint="May stay empty." type="url" />
      </div>
      <OwnerFields form={form} />
      <TagField
        form={form}
        name="competitors"
        label="Organisations that you compete with"
        hint="Press Enter after each. Nobody who works there now can be engaged by you. None is fine."
      />
    </>
  );
}

function OwnerFields({ form }: { readonly form: AppForm<LabValues> }) {
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: 'owners',
  });
  const error = form.formState.errors.owners?.root?.message ?? form.formState.errors.owners?.message;
  return (
    <fieldset>
      <legend>Who owns it</legend>
      <p className="quiet">Everybody with a share of a quarter or more, and whoever else decides.</p>
      {fields.map((field, index) => (
        <div className="grid" key={field.id}>
          <TextField
            form={form}
            name={`owners.${index}.name` as FieldPath<LabValues>}
            label={fields.length > 1 ? `Owner ${index + 1}` : 'Owner'}
          />
          <TextField
            form={form}
            name={`owners.${index}.share` as FieldPath<LabValues>}
            label={fields.length > 1 ? `Share of owner ${index + 1}, percent` : 'Share, percent'}
          />
          {fields.length > 1 && (
            <div className="beside-field">
              <Button weight="quiet" name={`Remove owner ${index + 1}`} onPress={() => remove(index)}>
                Remove
              </Button>
            </div>
          )}
        </div>
      ))}
      {error && <p className="error">{error}</p>}
      <div className="row">
        <Button onPress={() => append({ name: '', share: '' })}>Add an owner</Button>
      </div>
    </fieldset>
  );
}
