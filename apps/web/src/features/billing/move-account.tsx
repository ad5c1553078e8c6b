import { useWatch } from 'react-hook-form';
import { graphql } from '../../gql';
import { countryName, COUNTRY_OPTIONS } from '../../lib/countries';
import { useAppForm } from '../../lib/form';
import { CURRENCY_OPTIONS } from '../../lib/money';
import { rules } from '../../lib/rules';
import { Confirm } from '../../ui/confirm';
import { SelectField } from '../../ui/field';
import { Facts } from '../../ui/figures';
import { say } from '../../ui/toast';

const Move = graphql(`
  mutation MovePayoutAccount($input: MovePayoutAccountInput!) {
    movePayoutAccount(input: $input) {
      accountState
    }
  }
`);

const RULES = rules.object({
  country: rules.string().check(rules.refine((code) => code !== '', 'Choose the country that you moved to.')),
  currency: rules.string(),
});

/** Moves payouts to another country, after saying what happens to the balance, to what is on its way, and when payouts go on. */
export function MoveAccount({
  from,
  currency,
  coolDownHours,
}: {
  /** Country of the account that is left, ISO 3166. */
  readonly from: string;
  readonly currency: string;
  readonly coolDownHours: number;
}) {
  const form = useAppForm({
    values: { country: '', currency },
    rules: RULES,
    write: Move,
    variables: (input) => ({ input }),
    onDone: (_, { country }) => say(`Your payouts move to ${countryName(country)}.`),
  });
  const country = useWatch({ control: form.control, name: 'country' });
  const there = country === '' ? 'the new country' : countryName(country);
  return (
    <Confirm
      button="I moved to another country"
      weight="quiet"
      title="Move your payouts to another country"
      verb={country === '' ? 'Move my payouts' : `Move my payouts to ${there}`}
      isSending={form.isSending}
      problem={form.problem}
      run={form.send}
    >
      <SelectField
        form={form}
        name="country"
        label="Where you live now"
        options={[['', 'Choose'], ...COUNTRY_OPTIONS.filter(([code]) => code !== from)]}
      />
      <SelectField
        form={form}
        name="currency"
        label="Currency of your bank account there"
        options={CURRENCY_OPTIONS}
      />
      <Facts
        facts={[
          ['Your balance', 'Stays as it is, to the cent'],
          ['What is on its way now', `Still arrives at your account in ${countryName(from)}`],
          [`Your account in ${countryName(from)}`, 'Is kept in your records; nothing more is sent there'],
          ['A new account', `Is opened for ${there}; the payment provider may ask you for papers`],
          [
            'Payouts',
            `Wait until it is ready and ${coolDownHours} hours more, so that nobody else can send your money away`,
          ],
          ['Your profile', `Says ${there} from now on`],
          ['Your tax form', 'Sign it again if you are taxed elsewhere now'],
        ]}
      />
    </Confirm>
  );
}
