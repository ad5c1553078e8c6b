import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { Form } from '../../ui/form';
import { Page } from '../../ui/page';
import { LAB_RULES, labInput, LabFields, type LabValues } from './lab-fields';

const CreateLab = graphql(`
  mutation CreateLab($input: CreateLabInput!) {
    createLab(input: $input) {
      id
    }
  }
`);
const EMPTY: LabValues = {
  name: '',
  legalName: '',
  country: 'US',
  website: '',
  owners: [{ name: '', share: '100' }],
  competitors: [],
};

/** A signed-in person makes a lab and becomes its owner. */
export function CreateLabPage() {
  const form = useAppForm({
    values: EMPTY,
    rules: LAB_RULES,
    write: CreateLab,
    variables: (values, idempotencyKey) => ({ input: { ...labInput(values), idempotencyKey } }),
    onDone: () => window.location.assign('/lab'),
    keepAs: 'new-lab',
  });
  return (
    <Page
      title="Your lab"
      about="Experts may know whom they work for, so we ask who owns you before you publish. You can write drafts and add funds meanwhile."
    >
      <Form form={form} button="Make the lab">
        <LabFields form={form} />
      </Form>
    </Page>
  );
}
