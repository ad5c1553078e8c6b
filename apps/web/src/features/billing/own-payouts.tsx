import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OwnPayoutsQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { Facts } from '../../ui/figures';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Empty, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { Steps, type Step } from '../../ui/steps';
import { ChargeTable } from './charge-table';
import { HeldReason } from './held-reason';

const OwnPayouts = graphql(`
  query OwnPayouts($after: String, $state: String) {
    myPayouts(first: 10, after: $after, state: $state) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          state
          failureReason
          createdAt
          requestedAt
          transferredAt
          paidAt
          returnedAt
          promisedOn
          feeBorneBy
          exchangeRate
          railFee {
            minor
            currency
          }
          bankAmount {
            minor
            currency
          }
          amount {
            minor
            currency
          }
          waiting {
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
          linesElsewhere {
            minor
            currency
          }
          lines {
            id
            labName
            seconds
            chargedAt
            timesheetId
            engagementId
            kind
            reason
            hour {
              price {
                minor
                currency
              }
              pay {
                minor
                currency
              }
            }
            tally {
              price {
                minor
                currency
              }
              pay {
                minor
                currency
              }
              fee {
                minor
                currency
              }
            }
            line {
              id
              kind
              note
              startsAt
            }
          }
        }
      }
    }
  }
`);

type Row = OwnPayoutsQuery['myPayouts']['edges'][number]['node'];

const STATES: Readonly<Record<string, string>> = {
  GATED: 'Waits',
  REQUESTED: 'Asked for',
  UNKNOWN: 'Being looked into',
  IN_TRANSIT: 'On its way',
  PAID: 'Paid',
  FAILED: 'Failed, tried again',
  RETURNED: 'Came back',
  CANCELLED: 'Cancelled',
};

/** The expert's payouts, newest first; each opens to its steps and lines. */
export function Payouts() {
  const [{ payouts, payoutState }, change] = useFilters({ payouts: '', payoutState: '' });
  const query = useQuery({
    query: OwnPayouts,
    variables: { after: payouts || null, state: payoutState || null },
  });
  return (
    <>
      <FilterBar>
        <ChoiceFilter
          label="Payouts that are"
          value={payoutState}
          options={[['', 'All'], ...Object.entries(STATES)]}
          onChange={(state) => change({ payoutState: state, payouts: '' })}
        />
      </FilterBar>
      <Ready query={query}>
        {({ myPayouts: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && (
              <Empty>{payoutState ? 'No payout is in this state.' : 'Nothing was paid out yet.'}</Empty>
            )}
            {edges.map(({ node }) => (
              <PayoutSheet key={node.id} payout={node} />
            ))}
            {totalCount > edges.length && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ payouts: next })} />
            )}
          </>
        )}
      </Ready>
    </>
  );
}

function PayoutSheet({ payout }: { readonly payout: Row }) {
  return (
    <details className="sheet">
      <summary>
        {money(payout.waiting ?? payout.amount)} <StateTag state={payout.state} text={STATES[payout.state]} />{' '}
        <span className="quiet">{moment(newestStep(payout))}</span>
      </summary>
      {payout.failureReason && <p>The bank said: {payout.failureReason}</p>}
      {payout.waiting && (
        <p>
          It carries what is payable now and what is held, as said above; what came back from the bank is a
          payout of its own.
          {payout.waiting.minor !== payout.amount.minor &&
            ` When payouts last ran it was ${money(payout.amount)}: the rest came since.`}
        </p>
      )}
      {payout.state === 'GATED' && (
        <ul>
          {payout.blocks.length === 0 && (
            <li>Nothing holds it any more: it goes with the next payout run.</li>
          )}
          {payout.blocks.map((block) => (
            <li key={block.gate}>
              <HeldReason block={block} />
            </li>
          ))}
        </ul>
      )}
      <AtTheBank payout={payout} />
      <Steps label="Steps of this payout" steps={stepsOf(payout)} />
      {payout.linesElsewhere && (
        <p>
          What was earned first is paid first, to the cent, so its first or last line is paid in part here:{' '}
          {money(payout.linesElsewhere)} of these lines goes with other payouts.
        </p>
      )}
      {payout.lines.length > 0 && (
        <ChargeTable label={`Lines of the payout of ${money(payout.amount)}`} rows={payout.lines} />
      )}
    </details>
  );
}

/** What the provider took, at which rate it exchanged, and what arrived: lines of their own. */
function AtTheBank({
  payout: { state, amount, railFee, feeBorneBy, exchangeRate, bankAmount },
}: {
  readonly payout: Row;
}) {
  if (!bankAmount) return null;
  return (
    <Facts
      facts={[
        ['Sent', money(amount)],
        railFee
          ? [
              'Fee of the payment provider',
              `${money(railFee)}, borne by ${feeBorneBy === 'EXPERT' ? 'you' : 'the platform'}`,
            ]
          : null,
        exchangeRate
          ? ['Exchange rate', `${exchangeRate} ${bankAmount.currency} for 1 ${amount.currency}`]
          : null,
        [state === 'PAID' ? 'In your bank' : 'To your bank', money(bankAmount)],
      ]}
    />
  );
}

/** When the last thing happened to a payout. */
function newestStep({ createdAt, requestedAt, transferredAt, paidAt, returnedAt }: Row): string {
  return returnedAt ?? paidAt ?? transferredAt ?? requestedAt ?? createdAt;
}

function stepsOf(payout: Row): Step[] {
  const { state, createdAt, requestedAt, transferredAt, paidAt, returnedAt, promisedOn } = payout;
  const hasWaited = requestedAt !== null && requestedAt !== undefined && requestedAt !== createdAt;
  const made: Step = { label: hasWaited ? 'Began to wait' : 'Made', state: 'done', at: createdAt };
  if (state === 'CANCELLED')
    return [made, { label: 'Cancelled', state: 'done', about: 'The money goes out with the next payout.' }];
  const last: Step =
    state === 'RETURNED'
      ? {
          label: 'Came back from the bank',
          state: 'done',
          at: returnedAt,
          about: 'It is safe in your payout account.',
        }
      : {
          label: 'In the bank',
          state: paidAt ? 'done' : 'waiting',
          at: paidAt,
          about: paidAt && promisedOn ? `Promised by ${day(promisedOn)}.` : undefined,
        };
  return [
    made,
    {
      label: 'Asked for at the bank',
      state: requestedAt ? 'done' : 'now',
      at: requestedAt,
      about: requestedAt ? undefined : 'It waits for what is said above.',
    },
    {
      label: 'Sent',
      state: transferredAt ? 'done' : requestedAt ? 'now' : 'waiting',
      at: transferredAt,
      about: transferredAt || !requestedAt ? undefined : 'The bank answers, usually within a minute.',
    },
    {
      ...last,
      ...(last.state === 'waiting' &&
        transferredAt && {
          state: 'now' as const,
          about: promisedOn ? `Promised by ${day(promisedOn)}.` : 'Usually within two days.',
        }),
    },
  ];
}
