import { formMisfit, TAX_FORMS, type TaxFormKind } from '@tallystick/domain';
import { Link } from '@tanstack/react-router';
import { useWatch } from 'react-hook-form';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OwnTaxFormQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { day } from '../../lib/time';
import { CheckField, ChoiceField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Page, Ready } from '../../ui/page';
import { say } from '../../ui/toast';
import { dueWords } from './tax-form-words';

const OwnTaxForm = graphql(`
  query OwnTaxForm {
    myTaxForm {
      kind
      state
      signedAt
      expiresOn
      name
      country
      requiredYear
      requiredFrom {
        minor
        currency
      }
    }
  }
`);
const Sign = graphql(`
  mutation SignTaxForm($input: SignTaxFormInput!) {
    signTaxForm(input: $input) {
      kind
      state
      signedAt
      expiresOn
      name
      country
      requiredYear
      requiredFrom {
        minor
        currency
      }
    }
  }
`);

const RULES = rules.object({
  kind: rules.string(),
  signedName: rules
    .string()
    .check(rules.refine((text) => text.trim() !== '', 'Write your name as your signature.')),
  isUnderPerjury: rules
    .boolean()
    .check(rules.refine((isTicked) => isTicked, 'Read the statement and tick that you certify it.')),
});

/** The tax form of an expert, stated and signed under the paper form's own wording. */
export function TaxFormPage() {
  const query = useQuery({ query: OwnTaxForm });
  return (
    <Page
      title="Tax form"
      about="US tax rules ask everybody who is paid through a US provider to say who they are for tax. It is asked once, before you work."
      back={<Link to="/expert/earnings">Earnings</Link>}
    >
      <Ready query={query}>
        {({ myTaxForm }) => (
          <>
            <Standing form={myTaxForm} />
            <SignForm form={myTaxForm} />
          </>
        )}
      </Ready>
    </Page>
  );
}

type Own = OwnTaxFormQuery['myTaxForm'];

function Standing({ form }: { readonly form: Own }) {
  const { kind, state, signedAt, expiresOn } = form;
  const { name } = TAX_FORMS[kind as TaxFormKind];
  if (state === 'SIGNED' && signedAt)
    return (
      <Notice tone="good">
        Your form {name} is signed since {day(signedAt)}
        {expiresOn && ` and is good until ${day(expiresOn)}`}. Sign again only where something has changed.
      </Notice>
    );
  return (
    <Notice tone="warning">
      {state === 'EXPIRED' ? `Your form ${name} has run out.` : 'You have signed no tax form yet.'}{' '}
      {dueWords(form)} Until you have signed, that payout and those after it wait; what you earn is kept for
      you.
    </Notice>
  );
}

/** The forms that somebody who lives in a country may sign. */
function formsOf(country: string) {
  return Object.entries(TAX_FORMS)
    .filter(([code]) => formMisfit(code as TaxFormKind, country) === undefined)
    .map(([code, { name, about }]) => ({ code, label: name, about }));
}

function SignForm({ form: own }: { readonly form: Own }) {
  const form = useAppForm({
    values: {
      kind: formMisfit(own.kind as TaxFormKind, own.country) ? 'W9' : own.kind,
      signedName: '',
      isUnderPerjury: false,
    },
    rules: RULES,
    write: Sign,
    variables: ({ kind, signedName, isUnderPerjury }) => ({ input: { kind, signedName, isUnderPerjury } }),
    onDone: () => say('Your tax form is signed.'),
  });
  const kind = useWatch({ control: form.control, name: 'kind' }) as TaxFormKind;
  return (
    <Form form={form} button={`Sign form ${TAX_FORMS[kind].name}`}>
      <ChoiceField form={form} name="kind" label="Which form is yours" options={formsOf(own.country)} />
      <p>
        Country in your profile: {countryName(own.country)}.{' '}
        {own.country === 'US'
          ? 'Whoever lives there signs form W-9.'
          : 'Citizens of the United States who live elsewhere sign form W-9, everybody else form W-8BEN.'}{' '}
        Have you moved? <Link to="/expert/bank-details">Say so under bank details</Link> first.
      </p>
      <p className="quiet">
        Your tax number itself is asked for by the payment provider when you set up where you are paid. We
        keep only which form you signed, when, and until when it is good.
      </p>
      <section aria-label="What you certify">
        {TAX_FORMS[kind].certification.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
      <CheckField form={form} name="isUnderPerjury" label="Under penalties of perjury, I certify this." />
      <TextField
        form={form}
        name="signedName"
        label="Your name, as your signature"
        hint={`As in your profile: ${own.name}`}
      />
    </Form>
  );
}
