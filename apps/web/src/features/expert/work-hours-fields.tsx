import { useState } from 'react';
import type { AppForm } from '../../lib/form';
import { clockOptions, daySetOptions } from '../../lib/work-hours';
import { SelectField } from '../../ui/field';
import type { ProfileValues } from './profile-values';

/** When an expert works. Labs in other time zones see how many hours they share with it. */
export function WorkHoursFields({ form }: { readonly form: AppForm<ProfileValues> }) {
  const [days, from, to] = form.watch(['workDays', 'workFrom', 'workTo']);
  const [kept] = useState({ days, from, to });
  const times = clockOptions(kept.from, kept.to);
  return (
    <div className="grid">
      <SelectField
        form={form}
        name="workDays"
        label="Days on which you work"
        options={daySetOptions(kept.days)}
        hint="Some labs need hours that they share with you."
      />
      {days !== '' && (
        <>
          <SelectField form={form} name="workFrom" label="From" options={times} hint="In your time zone." />
          <SelectField
            form={form}
            name="workTo"
            label="To"
            options={times}
            hint="Earlier than “From” means past midnight."
          />
        </>
      )}
    </div>
  );
}
