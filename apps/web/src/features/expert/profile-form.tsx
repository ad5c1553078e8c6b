import { useEffect, useState } from 'react';
import { graphql } from '../../gql';
import { COUNTRY_NAMES, COUNTRY_OPTIONS } from '../../lib/countries';
import { useAppForm } from '../../lib/form';
import { CURRENCY_OPTIONS } from '../../lib/money';
import { zoneOptions } from '../../lib/time';
import { AmountField, CheckField, LongTextField, SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Section } from '../../ui/page';
import { TagField } from '../../ui/tag-field';
import { say } from '../../ui/toast';
import { Affiliations, Evidence, Languages } from './profile-lists';
import { inputOf, ProfileRules, valuesOf, type Profile, type ProfileValues } from './profile-values';
import { WorkHoursFields } from './work-hours-fields';
import { knowConcept, useKnownSkills } from './skill-suggestions';

const Edit = graphql(`
  mutation EditProfile($input: EditProfileInput!) {
    editProfile(input: $input) {
      id
    }
  }
`);

/** The server's names where the form's differ. */
const FIELDS = { minimumRateMinor: 'minimumRate', rateCurrency: 'currency' } as const;

/** Everything that labs see and matching reads. */
export function ProfileForm({ profile }: { readonly profile: Profile }) {
  const known = useKnownSkills();
  const [zones] = useState(() => zoneOptions(profile.timeZone));
  useEffect(() => {
    for (const { label, conceptId } of profile.skills) knowConcept(label, conceptId);
  }, [profile]);
  const form = useAppForm<ProfileValues, unknown, { input: ReturnType<typeof inputOf> }>({
    values: valuesOf(profile),
    rules: ProfileRules as never,
    write: Edit as never,
    variables: (values, key) => ({ input: inputOf(values, key) }),
    fields: FIELDS,
    onDone: () => say('Saved. Your openings are being ranked again.'),
  });
  return (
    <Form form={form} button="Save the profile">
      <Section title="Who you are">
        <TextField form={form} name="displayName" label="Name that labs see" autoComplete="name" />
        <TextField form={form} name="headline" label="Headline" hint="One line: what you are." />
        <LongTextField
          form={form}
          name="bio"
          label="About you"
          hint="What you do well, in your words."
          rows={6}
        />
        <CheckField
          form={form}
          name="isVisibleToLabs"
          label="Visible to labs"
          hint="Labs find you and read this profile. Without it you are on no shortlist."
        />
      </Section>
      <Section title="What you can do">
        <TagField form={form} name="skills" label="Skills" {...known} hint="Type, choose, or press Enter." />
        <Languages form={form} />
      </Section>
      <Section title="When and from where">
        <div className="grid">
          <TextField
            form={form}
            name="hoursPerWeek"
            label="Hours a week"
            inputMode="numeric"
            hint="How many you offer."
          />
          <SelectField form={form} name="timeZone" label="Time zone" options={zones} />
          <SelectField
            form={form}
            name="country"
            label="Country from which you work"
            options={COUNTRY_OPTIONS}
          />
        </div>
        <TagField
          form={form}
          name="authorisedIn"
          label="Countries in which you may lawfully work"
          hint="Some work asks for it. You declare it; labs see it."
          suggestions={COUNTRY_NAMES}
        />
        <WorkHoursFields form={form} />
      </Section>
      <Section title="Your lowest rate">
        <div className="grid">
          <SelectField form={form} name="currency" label="Currency" options={CURRENCY_OPTIONS} />
          <AmountField
            form={form}
            name="minimumRate"
            label="Lowest pay an hour"
            currency={form.watch('currency')}
            hint="Work that pays less is not shown to you as yours to take. Labs do not see it."
          />
        </div>
      </Section>
      <Section title="Where you work or worked">
        <Affiliations form={form} />
      </Section>
      <Section title="Work to show">
        <Evidence form={form} />
      </Section>
    </Form>
  );
}
