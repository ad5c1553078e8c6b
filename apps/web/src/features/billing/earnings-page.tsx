import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { EarningsQuery } from '../../gql/graphql';
import { useReadAgainWhile } from '../../lib/waiting';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { EarningsStatement } from './earnings-statement';
import { EarnedLines } from './earned-lines';
import { Payouts } from './own-payouts';
import { PayoutAccount } from './payout-account';
import { PayOutNow } from './payout-actions';
import { PayoutCalendar } from './payout-calendar';
import { isHeldElse } from './payout-words';
import { dueWords } from './tax-form-words';
import { Whereabouts } from './whereabouts';

const Earnings = graphql(`
  query Earnings {
    myTaxForm {
      state
      requiredYear
      requiredFrom {
        minor
        currency
      }
    }
    payoutCalendar {
      nextRunAt
      nextPromisedOn
      promisedOnNow
      bankDays
      closedDays
    }
    payoutStanding {
      accountState
      currency
      country
      bankWaitsUntil
      coolDownHours
      nettingPercent
      earnings {
        currency
        earned {
          minor
          currency
        }
        payable {
          minor
          currency
        }
        heldBack {
          minor
          currency
        }
        askable {
          minor
          currency
        }
        smallestPart {
          minor
          currency
        }
        smallestOfRun {
          minor
          currency
        }
        onItsWay {
          minor
          currency
        }
        paid {
          minor
          currency
        }
        owed {
          minor
          currency
        }
        writtenOff {
          minor
          currency
        }
        blocks {
          gate
          reason
          decidedBy
          until
          isAsked
          wasAsked
          since
          runAt
        }
      }
    }
  }
`);

/** When which money comes: what is payable, what is held and why, what is on its way, what was paid. */
export function EarningsPage() {
  const query = useQuery({ query: Earnings });
  const standing = query[0].data?.payoutStanding;
  const isMoving =
    standing?.accountState === 'ONBOARDING' ||
    (standing?.earnings.some(({ onItsWay }) => onItsWay.minor !== '0') ?? false);
  useReadAgainWhile(isMoving, 5);
  return (
    <Page
      title="Earnings"
      about="What you earned, and where it is. Payouts run every day; you can also ask for one."
      action={
        standing && (
          <PayOutNow
            earnings={standing.earnings}
            isSetUp={standing.accountState === 'ACTIVE'}
            promisedOn={query[0].data?.payoutCalendar.promisedOnNow}
            bankCurrency={standing.currency}
            asked={standing.earnings
              .filter(({ blocks }) => blocks.some(({ isAsked }) => isAsked))
              .map(({ currency }) => currency)}
          />
        )
      }
    >
      <Ready query={query}>
        {({ payoutStanding, payoutCalendar, myTaxForm }) => (
          <>
            <PayoutAccount standing={payoutStanding} isHeldElse={isHeldElse(payoutStanding)} />
            <StillToSettle
              accountState={payoutStanding.accountState}
              taxForm={myTaxForm}
              hasEarned={payoutStanding.earnings.length > 0}
            />
            <PayoutCalendar calendar={payoutCalendar} standing={payoutStanding} />
            {payoutStanding.earnings.length === 0 && (
              <Empty>
                Nothing is earned yet. Each line of your week is earned the moment that the lab approves it.
              </Empty>
            )}
            {payoutStanding.earnings.map((each) => (
              <Whereabouts
                key={each.currency}
                earnings={each}
                nettingPercent={payoutStanding.nettingPercent}
              />
            ))}
          </>
        )}
      </Ready>
      <Section title="Payouts">
        <Payouts />
      </Section>
      <EarningsStatement />
      <Section title="Earned lines">
        <EarnedLines />
      </Section>
    </Page>
  );
}

/** What is best settled before the first hour, so that no earnings wait for it later; gone once all of it is done. */
function StillToSettle({
  accountState,
  taxForm,
  hasEarned,
}: {
  readonly accountState: string | null;
  readonly taxForm: EarningsQuery['myTaxForm'];
  readonly hasEarned: boolean;
}) {
  const { state } = taxForm;
  const [hasAccount, isSigned] = [accountState === 'ACTIVE', state === 'SIGNED'];
  if (hasAccount && isSigned) return null;
  return (
    <section aria-label="Still to settle">
      <h2>Still to settle</h2>
      <p>
        {hasEarned
          ? 'What you earn may wait for it.'
          : 'Best before your first hour, so that nothing that you earn waits for it later.'}
      </p>
      <ul>
        <li>
          <span className={hasAccount ? 'tag good' : 'tag'}>{hasAccount ? 'Done' : 'To do'}</span> Where you
          are paid: nothing is sent before the account is ready.
        </li>
        <li>
          <span className={isSigned ? 'tag good' : 'tag'}>{isSigned ? 'Done' : 'To do'}</span>{' '}
          {isSigned ? (
            'Your tax form is signed.'
          ) : (
            <>
              <Link to="/expert/tax-form">
                {state === 'EXPIRED' ? 'Sign your tax form again' : 'Sign your tax form'}
              </Link>
              : it takes a minute. {dueWords(taxForm)} Until then nothing is lost: what would need it waits
              for you.
            </>
          )}
        </li>
      </ul>
    </section>
  );
}
