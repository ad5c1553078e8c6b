import { Link } from '@tanstack/react-router';
import { countryName } from '../../lib/countries';
import { distance, moment } from '../../lib/time';
import { Notice } from '../../ui/notice';
import { GiveBankDetails } from './bank-details';
import type { PayoutStanding } from './payout-words';

/** Where the expert is paid, and what there is to do about it. */
export function PayoutAccount({
  standing: { accountState, currency, country, bankWaitsUntil, coolDownHours },
  isHeldElse,
}: {
  readonly standing: PayoutStanding;
  /** Whether a person decides on something else first. */
  readonly isHeldElse: boolean;
}) {
  if (accountState === 'ACTIVE')
    return (
      <>
        {bankWaitsUntil && (
          <Notice tone="warning">
            Another bank account was set. Payouts wait until {moment(bankWaitsUntil)},{' '}
            {distance(bankWaitsUntil)}
            {isHeldElse
              ? ', and longer where a person decides first: see below.'
              : ', and go on by themselves then.'}{' '}
            <Link to="/expert/bank-details">See bank details</Link>
          </Notice>
        )}
        <p className="quiet">
          Your payouts go to a bank account{country && `: ${countryName(country)}`}
          {currency && `, ${currency}`}. <Link to="/expert/bank-details">Bank details</Link>
        </p>
      </>
    );
  return (
    <Notice tone={accountState === 'RESTRICTED' ? 'bad' : 'warning'}>
      <p>{missingWords(accountState, coolDownHours)}</p>
      <div className="row">
        <GiveBankDetails button={accountState ? 'Give bank details' : 'Set up where you are paid'} />
        <Link to="/expert/bank-details">What this means</Link>
      </div>
    </Notice>
  );
}

function missingWords(accountState: string | null | undefined, coolDownHours: number): string {
  if (!accountState)
    return 'You have no payout account yet, so nothing can be paid. What you earn is kept for you.';
  if (accountState === 'RESTRICTED')
    return `The bank does not take payouts to your account any more. Give other bank details: ${coolDownHours} hours after that, what came back is sent again and new payouts begin, so that nobody else can send your money away. What you earned is kept for you.`;
  return 'The payment provider still needs something from you, or is checking what you gave. Until that is done nothing is paid; what you earn is kept for you.';
}
