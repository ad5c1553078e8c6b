import { Link, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { BankDetailsQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { day, distance, moment } from '../../lib/time';
import { useReadAgainWhile } from '../../lib/waiting';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Page, Ready } from '../../ui/page';
import { ChangeBankDetails, GiveBankDetails, LookAgain } from './bank-details';
import { MoveAccount } from './move-account';

const BankDetails = graphql(`
  query BankDetails {
    payoutCalendar {
      nextRunAt
    }
    payoutStanding {
      accountState
      currency
      country
      bankWaitsUntil
      coolDownHours
      pastAccounts {
        id
        country
        closedAt
        needsBankDetails
      }
    }
  }
`);

type Standing = BankDetailsQuery['payoutStanding'];

/** Where an expert is paid: what is missing, the way to the payment provider's page, and what a change means. */
export function BankDetailsPage() {
  const { from } = useSearch({ strict: false }) as { from?: string };
  const query = useQuery({ query: BankDetails });
  const state = query[0].data?.payoutStanding.accountState;
  useReadAgainWhile(state === 'ONBOARDING' || (from === 'given' && state !== 'ACTIVE'), 2);
  return (
    <Page
      title="Bank details"
      about="Where you are paid. Bank details are given on the payment provider’s own page; we never see your account number."
      back={<Link to="/expert/earnings">Earnings</Link>}
    >
      <Ready query={query}>
        {({ payoutStanding: standing, payoutCalendar: { nextRunAt } }) => (
          <>
            {from === 'late' && (
              <Notice tone="warning">
                The payment provider’s page is open for five minutes, and only once. Nothing was changed. Open
                it again below.
              </Notice>
            )}
            <Standing standing={standing} nextRunAt={nextRunAt} isGiven={from === 'given'} />
            <Account standing={standing} />
          </>
        )}
      </Ready>
    </Page>
  );
}

/** What there is to do, bad news first. */
function Standing({
  standing: { accountState, bankWaitsUntil, coolDownHours },
  nextRunAt,
  isGiven,
}: {
  readonly standing: Standing;
  readonly nextRunAt: string;
  readonly isGiven: boolean;
}) {
  if (accountState === 'ACTIVE')
    return bankWaitsUntil ? (
      <Notice tone="warning">
        Another bank account was set. Payouts, and what a bank sent back, wait until {moment(bankWaitsUntil)},{' '}
        {distance(bankWaitsUntil)}, so that nobody else can send your money away. Then they go on, unless your
        earnings page says that something else holds them. If it was not you, change your password and write
        to us now.
      </Notice>
    ) : (
      <Notice tone="good">
        {isGiven ? 'Thank you: your bank details are there. ' : 'Your payout account is ready. '}
        What is payable goes with the next payout run, {moment(nextRunAt)}.
      </Notice>
    );
  if (isGiven)
    return (
      <Notice>
        <p>
          Thank you. The payment provider is looking at what you gave, usually within a minute. You can leave
          this page: you get an email.
        </p>
        <LookAgain />
      </Notice>
    );
  if (accountState === 'RESTRICTED')
    return (
      <Notice tone="bad">
        <p>
          The bank does not take payouts to your account any more. What you earned is kept for you. Give other
          bank details: {coolDownHours} hours after that, what came back is sent again and new payouts begin,
          so that nobody else can send your money away.
        </p>
        <GiveBankDetails />
      </Notice>
    );
  return (
    <Notice tone="warning">
      <p>
        {accountState === 'ONBOARDING'
          ? 'The payment provider still needs something from you. Until it is given nothing can be paid; what you earn is kept for you.'
          : 'You have given no bank details yet, so nothing can be paid. What you earn is kept for you.'}{' '}
        It takes a few minutes.{' '}
        {bankWaitsUntil
          ? `Payouts begin ${coolDownHours} hours after that, so that nobody else can send your money away.`
          : `What is payable then goes with the next payout run; runs are daily, the next is ${moment(nextRunAt)}.`}
      </p>
      <GiveBankDetails />
    </Notice>
  );
}

/** The account as it is kept here, where the expert was paid before, and the way to another country. */
function Account({
  standing: { accountState, country, currency, pastAccounts, coolDownHours },
}: {
  readonly standing: Standing;
}) {
  if (!accountState || !country || !currency) return null;
  return (
    <>
      <Facts
        facts={[
          ['Country', countryName(country)],
          ['Currency', currency],
          [
            'After a change',
            `Payouts wait ${coolDownHours} hours. We write to you each time, so that you notice a change that you did not make.`,
          ],
        ]}
      />
      {accountState === 'ACTIVE' && <ChangeBankDetails coolDownHours={coolDownHours} />}
      {pastAccounts.map((past) => (
        <PastAccount key={past.id} past={past} coolDownHours={coolDownHours} />
      ))}
      <MoveAccount key={country} from={country} currency={currency} coolDownHours={coolDownHours} />
    </>
  );
}

/** An account that was left; where a bank returned something from it, the way to other bank details of that account. */
function PastAccount({
  past: { id, country, closedAt, needsBankDetails },
  coolDownHours,
}: {
  readonly past: Standing['pastAccounts'][number];
  readonly coolDownHours: number;
}) {
  const left = `Your account in ${countryName(country)} was left on ${day(closedAt)}.`;
  if (!needsBankDetails)
    return (
      <p className="quiet">{left} Nothing more is sent there; what was on its way then arrives there.</p>
    );
  return (
    <Notice tone="bad">
      <p>
        {left} What was on its way there came back from the bank and is safe in that account. Give other bank
        details for it: {coolDownHours} hours after that it is sent there, so that nobody else can send your
        money away.
      </p>
      <GiveBankDetails button={`Give bank details for ${countryName(country)}`} pastAccountId={id} />
    </Notice>
  );
}
