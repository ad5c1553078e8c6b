import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OwnAccountQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { zoneOptions } from '../../lib/time';
import { SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Page, Ready, Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { PasswordSection } from './password-section';

const OwnAccount = graphql(`
  query OwnAccount {
    viewer {
      id
      name
      email
      timeZone
    }
  }
`);
const ChangeDetails = graphql(`
  mutation ChangeDetails($input: ChangeDetailsInput!) {
    changeDetails(input: $input) {
      id
      name
      timeZone
    }
  }
`);

type Own = NonNullable<OwnAccountQuery['viewer']>;

/** A person's own account. */
export function AccountPage() {
  const query = useQuery({ query: OwnAccount });
  return (
    <Page title="Account">
      <Ready query={query}>
        {({ viewer }) =>
          viewer && (
            <>
              <Section title="You">
                <DetailsForm own={viewer} />
              </Section>
              <PasswordSection />
            </>
          )
        }
      </Ready>
    </Page>
  );
}

function DetailsForm({ own }: { readonly own: Own }) {
  const [zones] = useState(() => zoneOptions(own.timeZone));
  const form = useAppForm({
    values: { name: own.name, timeZone: own.timeZone },
    rules: rules.object({ name: said('Write your name.', 120), timeZone: rules.string() }),
    write: ChangeDetails,
    variables: (input) => ({ input }),
    onDone: () => say('Saved.'),
  });
  return (
    <>
      <p className="breakable">{own.email}</p>
      <Form form={form} button="Save">
        <TextField form={form} name="name" label="Name" autoComplete="name" />
        <SelectField
          form={form}
          name="timeZone"
          label="Time zone"
          options={zones}
          hint="Deadlines and emails use it. Payroll weeks run Monday to Monday, UTC, for everybody."
        />
      </Form>
    </>
  );
}
