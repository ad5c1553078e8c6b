import { useState } from 'react';
import { useWatch, type FieldPath } from 'react-hook-form';
import { COUNTRY_NAMES } from '../../lib/countries';
import type { AppForm } from '../../lib/form';
import { zoneOptions } from '../../lib/time';
import { clockOptions } from '../../lib/work-hours';
import { CheckField, SelectField, TextField } from '../../ui/field';
import { TagField } from '../../ui/tag-field';
import type { LayersValues } from './layer-values';

/** Where, when and by whom a layer may be done: each is a gate that nobody passes unseen. */
export function LayerConditions({
  form,
  index,
}: {
  readonly form: AppForm<LayersValues>;
  readonly index: number;
}) {
  const nameOf = (field: string) => `openings.${index}.${field}` as FieldPath<LayersValues>;
  const value = (field: string) => String(useWatch({ control: form.control, name: nameOf(field) }) ?? '');
  const [hours, isOnshore] = [value('overlapHours'), value('isOnshore')];
  const [from, to, zone] = [value('overlapFrom'), value('overlapTo'), value('overlapZone')];
  const [kept] = useState({ from, to, zones: zoneOptions(zone || 'UTC') });
  const times = clockOptions(kept.from, kept.to);
  return (
    <>
      {isOnshore !== 'true' && (
        <TagField
          form={form}
          name={nameOf('countries')}
          label="Countries where the work may be done"
          hint="None means anywhere."
          suggestions={COUNTRY_NAMES}
        />
      )}
      <CheckField
        form={form}
        name={nameOf('isOnshore')}
        label="The work stays in your own country"
        hint="Only who works from there is put forward."
      />
      <CheckField
        form={form}
        name={nameOf('needsAuthorisation')}
        label="Only with the right to work where they are"
        hint="Experts declare it. Who has not said is asked, and not put forward before."
      />
      <CheckField
        form={form}
        name={nameOf('isExclusive')}
        label="Exclusive"
        hint="Who takes it does no work for another lab meanwhile, and nobody takes it beside other work."
      />
      <div className="grid">
        <TextField
          form={form}
          name={nameOf('overlapHours')}
          label="Hours in common, a week"
          inputMode="numeric"
          hint="While you are at work. Empty where it does not matter."
        />
        {hours.trim() !== '' && (
          <>
            <SelectField
              form={form}
              name={nameOf('overlapFrom')}
              label="You are there from"
              options={times}
            />
            <SelectField
              form={form}
              name={nameOf('overlapTo')}
              label="Until"
              options={times}
              hint="Monday to Friday."
            />
            <SelectField
              form={form}
              name={nameOf('overlapZone')}
              label="In the time zone"
              options={kept.zones}
            />
          </>
        )}
      </div>
      <TagField
        form={form}
        name={nameOf('evaluatedWorks')}
        label="Works that are evaluated"
        hint="Titles or DOIs, where experts judge published work. Who wrote one is not put forward; experts do not see this list."
      />
    </>
  );
}
