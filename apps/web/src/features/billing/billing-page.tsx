import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabMoneyQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { owedBy, owedWords } from '../../lib/lab-owed';
import { useLabRights } from '../../lib/viewer';
import { isShort, weeksLeftWords } from '../../lib/weeks-left';
import { Figures } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { AddFundsForm } from './add-funds-form';
import { LabDisputeNotices } from './lab-disputes';
import { LabCharges } from './lab-charges';
import { LabMovements } from './lab-movements';
import { Fundings, Refunds } from './movements';
import { TakeBackForm } from './take-back-form';

const LabMoney = graphql(`
  query LabMoney {
    labBalances {
      currency
      weeksLeft
      weeksStopped
      prepaid {
        minor
        currency
      }
      held {
        minor
        currency
      }
      backAlone {
        minor
        currency
      }
      backAloneLeft {
        minor
        currency
      }
      available {
        minor
        currency
      }
      owed {
        minor
        currency
      }
      invoiced {
        minor
        currency
      }
      lost {
        minor
        currency
      }
      weekly {
        minor
        currency
      }
    }
    fundings(first: 10) {
      totalCount
      edges {
        node {
          id
          state
          failureReason
          requestedAt
          clearedAt
          takenBackAt
          takenBack {
            minor
            currency
          }
          amount {
            minor
            currency
          }
        }
      }
    }
    labRefunds(first: 10) {
      totalCount
      edges {
        node {
          id
          state
          failureReason
          requestedAt
          amount {
            minor
            currency
          }
        }
      }
    }
  }
`);

type Balance = LabMoneyQuery['labBalances'][number];
const LOOK_AGAIN_MS = 3000;

/** What the lab has, what is held and owed, how long it lasts, and every charged line. */
export function BillingPage() {
  const query = useQuery({ query: LabMoney });
  const [{ data }, read] = query;
  const { mayFund } = useLabRights();
  useLookingAgain(data ? isMoving(data) : false, read);
  return (
    <Page
      title="Billing"
      about="What is in, what is held for weeks of work, and every line that was charged."
    >
      <Ready query={query}>
        {({ labBalances, fundings, labRefunds }) => (
          <>
            <LabDisputeNotices />
            {labBalances.length === 0 && (
              <Empty>
                There is no money in yet. The first week of an engagement is held from here when an offer is
                accepted.
              </Empty>
            )}
            {labBalances.map((balance) => (
              <BalanceShown key={balance.currency} balance={balance} hasMany={labBalances.length > 1} />
            ))}
            <p>
              <Link to="/lab/invoices">Invoices, limits and purchase orders</Link> ·{' '}
              <Link to="/lab/bonuses">Bonuses</Link>
            </p>
            {mayFund ? (
              <div className="halves">
                <Section title="Add funds">
                  <AddFundsForm currency={labBalances[0]?.currency ?? 'USD'} balances={labBalances} />
                </Section>
                {labBalances.some(({ available }) => available.minor !== '0') && (
                  <Section title="Take money back">
                    <TakeBackForm balances={labBalances} />
                  </Section>
                )}
              </div>
            ) : (
              <Notice>
                An owner or somebody in finance adds funds and takes them back. You see the same numbers.
              </Notice>
            )}
            <Fundings fundings={fundings.edges.map(({ node }) => node)} total={fundings.totalCount} />
            <Refunds
              refunds={labRefunds.edges.map(({ node }) => node)}
              total={labRefunds.totalCount}
              mayWithdraw={mayFund}
            />
            <LabMovements />
            <LabCharges />
          </>
        )}
      </Ready>
    </Page>
  );
}

function BalanceShown({ balance, hasMany }: { readonly balance: Balance; readonly hasMany: boolean }) {
  const { currency, prepaid, held, available, owed, weekly, weeksLeft, weeksStopped } = balance;
  const isLow = typeof weeksLeft === 'number' && weeksLeft < 2;
  return (
    <>
      {isLow && !weeksStopped && (
        <Notice tone={weeksLeft < 1 ? 'bad' : 'warning'}>
          {weeksLeft < 1
            ? `The free money does not hold the next full week of everything that runs, ${money(weekly)}. What cannot be held stops until you add funds.`
            : 'The free money holds one more full week of everything that runs. Add funds before it begins.'}
        </Notice>
      )}
      {hasMany && <h2>{currency}</h2>}
      <Figures
        figures={[
          {
            label: 'You have',
            value: money(prepaid),
            about: `${money(available)} of it is free`,
            tone: 'lab',
          },
          {
            label: 'Held',
            value: money(held),
            about:
              owed.minor === '0'
                ? 'for weeks of work that run or begin soon'
                : `for weeks of work; ${money(owed)} of submitted time waits for your approval`,
          },
          {
            label: 'Owed',
            value: money(owedBy(balance)),
            about: owedWords(balance),
            tone: balance.lost.minor === '0' ? undefined : 'bad',
          },
          {
            label: 'Weeks left',
            value: weeksLeftWords(balance),
            about:
              weeksStopped ??
              (typeof weeksLeft === 'number'
                ? `a full week of everything costs ${money(weekly)}`
                : 'so nothing is used up'),
            tone: isShort(balance) ? 'bad' : undefined,
          },
        ]}
      />
    </>
  );
}

function isMoving({ fundings, labRefunds }: LabMoneyQuery): boolean {
  const states = [...fundings.edges, ...labRefunds.edges].map(({ node }) => node.state);
  return states.some((state) => ['REQUESTED', 'WAITING', 'PROCESSING'].includes(state));
}

/** Reads the page again, every few seconds, while money is on its way. */
function useLookingAgain(isOn: boolean, read: (options: { requestPolicy: 'network-only' }) => void): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const beat = setInterval(() => read({ requestPolicy: 'network-only' }), LOOK_AGAIN_MS);
    return () => clearInterval(beat);
  }, [isOn, read]);
}
