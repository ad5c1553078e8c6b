import { Link } from '@tanstack/react-router';
import { noPayoutYet, type NoPayout } from '@tallystick/domain';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { EarningsQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { money } from '../../lib/money';
import { day, distance, moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { useReadAgainWhile } from '../../lib/waiting';
import { Figures } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { EarningsStatement } from './earnings-statement';
import { EarnedLines } from './earned-lines';
import { Payouts } from './own-payouts';
import { GiveBankDetails } from './bank-details';
import { HeldReason } from './held-reason';
import { PayOutNow } from './payout-actions';
import { dueWords } from './tax-form-words';

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

type Standing = EarningsQuery['payoutStanding'];
type OneCurrency = Standing['earnings'][number];

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
            <Account standing={payoutStanding} isHeldElse={isHeldElse(payoutStanding)} />
            <BeforeTheFirstHour accountState={payoutStanding.accountState} taxForm={myTaxForm} />
            <Calendar calendar={payoutCalendar} standing={payoutStanding} />
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

/** What is settled before the first hour, so that no earnings wait for it later; gone once all of it is done. */
function BeforeTheFirstHour({
  accountState,
  taxForm,
}: {
  readonly accountState: string | null;
  readonly taxForm: EarningsQuery['myTaxForm'];
}) {
  const { state } = taxForm;
  const [hasAccount, isSigned] = [accountState === 'ACTIVE', state === 'SIGNED'];
  if (hasAccount && isSigned) return null;
  return (
    <section aria-label="Still to settle">
      <h2>Still to settle</h2>
      <p>Best before your first hour, so that nothing that you earn waits for it later.</p>
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

/** Where the expert is paid, and what there is to do about it. */
function Account({
  standing: { accountState, currency, country, bankWaitsUntil, coolDownHours },
  isHeldElse: isHeld,
}: {
  readonly standing: Standing;
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
            {isHeld
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

/** When the next payout is, and by which day banks have it; or why there is none before then. */
function Calendar({
  calendar,
  standing,
}: {
  readonly calendar: EarningsQuery['payoutCalendar'];
  readonly standing: Standing;
}) {
  const { bankDays, closedDays } = calendar;
  return (
    <details className="sheet">
      <summary>{nextWords(calendar, standing)}</summary>
      <p>
        What is payable goes out once a day, by itself. Your bank has it{' '}
        {counted(bankDays, 'business day', 'business days')} later: Saturdays, Sundays and days on which banks
        are closed do not count.
      </p>
      {closedDays.length > 0 && (
        <p className="quiet">Banks are closed on {closedDays.map((each) => day(each)).join(', ')}.</p>
      )}
    </details>
  );
}

/** What is promised of the next payout: nothing where the run has nothing that it may send. */
function nextWords(
  { nextRunAt, nextPromisedOn }: EarningsQuery['payoutCalendar'],
  { accountState, earnings }: Standing,
): string {
  if (accountState !== 'ACTIVE') return 'No payout before your payout account is ready';
  const none = noPayoutYet(
    earnings.flatMap(({ blocks }) => blocks),
    nextRunAt,
  );
  if (none) return noneWords(none);
  return earnings.some((each) => each.payable.minor !== '0' && !isAsPart(each))
    ? `Next payout ${moment(nextRunAt)}, in your bank by ${day(nextPromisedOn)}`
    : `Next payout run ${moment(nextRunAt)}; nothing is ready for it so far`;
}

function noneWords({ notBefore, decision }: NoPayout): string {
  if (!decision) return `No payout before ${moment(notBefore ?? '')}`;
  const isLate = new Date(decision.dueBy) < new Date();
  const by = isLate ? 'they are late' : `by ${day(decision.dueBy)}`;
  const also = notBefore ? `, nor before ${moment(notBefore)}` : '';
  return `No payout before a person of staff has decided (${by})${also}`;
}

/** Whether anything but another bank account keeps every payout back until a person decides. */
function isHeldElse({ earnings }: Standing): boolean {
  const blocks = earnings.flatMap((each) => each.blocks);
  return noPayoutYet(blocks, new Date().toISOString())?.decision !== undefined;
}

/** True where a run would send nothing, because the rest is held at a limit: this much of it can be asked for. */
function isAsPart({ payable, blocks }: OneCurrency): boolean {
  return payable.minor !== '0' && blocks.some(({ gate }) => LIMITS.has(gate));
}

function payableWords(earnings: OneCurrency): string {
  if (earnings.payable.minor === '0') return 'Nothing is ready to be paid.';
  return isAsPart(earnings)
    ? 'Ask for it with “Pay out now”: it needs nobody’s leave.'
    : 'The next payout sends it.';
}

/** Gates of a whole amount: a smaller one passes. */
const LIMITS: ReadonlySet<string> = new Set(['FOUR_EYES', 'TAX_FORM', 'VELOCITY', 'RAIL_BALANCE']);

function Whereabouts({
  earnings,
  nettingPercent,
}: {
  readonly earnings: OneCurrency;
  readonly nettingPercent: number;
}) {
  const { payable, heldBack, onItsWay, paid, owed, writtenOff, earned, blocks, currency } = earnings;
  return (
    <section aria-label={`Where your money is, ${currency}`}>
      {blocks.length > 0 && heldBack.minor !== '0' && (
        <Notice tone="warning">
          <p>
            <strong>{money(heldBack)} waits:</strong>
          </p>
          <ul>
            {blocks.map((block) => (
              <li key={block.gate + (block.until ?? '')}>
                <HeldReason block={block} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {writtenOff.minor !== '0' && (
        <p className="quiet">
          {money(writtenOff)} was paid to you for lines that were taken back since. It was written off: we
          bear it, and nothing goes off what you earn for it.
        </p>
      )}
      {owed.minor !== '0' && (
        <Notice tone="warning">
          {money(owed)} was paid to you for lines that were taken back since. It goes off what you earn next:
          at most {nettingPercent} % of the pay of each line, so that the rest of every week stays yours. Each
          time it is a line of its own in your statement below. Nothing is taken from your bank account.
        </Notice>
      )}
      <Figures
        figures={[
          {
            label: 'Payable now',
            value: money(payable),
            tone: 'expert',
            about: payableWords(earnings),
          },
          {
            label: 'Held',
            value: money(heldBack),
            about: heldBack.minor === '0' ? 'Nothing waits.' : 'Why is said above.',
          },
          { label: 'On its way', value: money(onItsWay), about: 'Sent, not in the bank yet.' },
          { label: 'Paid', value: money(paid), about: `Of ${money(earned)} earned in all.` },
        ]}
      />
    </section>
  );
}
