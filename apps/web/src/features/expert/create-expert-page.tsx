import { graphql } from '../../gql';
import { COUNTRY_OPTIONS } from '../../lib/countries';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Page } from '../../ui/page';

const Create = graphql(`
  mutation CreateExpert($input: CreateExpertInput!) {
    createExpert(input: $input) {
      id
    }
  }
`);

/** The country that the browser's language names, as a first guess. */
const GUESS = new Intl.Locale(navigator.language).maximize().region ?? '';

/** A signed-in person becomes an expert. */
export function CreateExpertPage() {
  const form = useAppForm({
    values: { displayName: '', country: COUNTRY_OPTIONS.some(([code]) => code === GUESS) ? GUESS : '' },
    rules: rules.object({
      displayName: said('Write the name under which labs see you.', 120),
      country: said('Choose the country from which you work.', 2),
    }),
    write: Create,
    variables: (values, idempotencyKey) => ({ input: { ...values, idempotencyKey } }),
    onDone: () => window.location.assign('/expert/profile'),
  });
  return (
    <Page
      title="Your profile"
      about="Two questions now; skills, languages and hours on the next page. Labs see nothing before you say so."
    >
      <Form form={form} button="Make the profile">
        <TextField form={form} name="displayName" label="Name that labs see" autoComplete="name" />
        <SelectField
          form={form}
          name="country"
          label="Country from which you work"
          options={[['', 'Choose'], ...COUNTRY_OPTIONS]}
          hint="Some work may be done from some countries only, and it decides in which country you are paid."
        />
      </Form>
    </Page>
  );
}
