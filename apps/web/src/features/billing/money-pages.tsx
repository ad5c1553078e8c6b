import { CURRENCIES, formatDuration, parseAmount, type Currency } from '@tallystick/domain';
import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { day, moment } from '../../lib/time';
import { newKey } from '../../lib/words';
import { Field } from '../../ui/plain-field';
import { Empty, Page } from '../../ui/page';
import { Pending } from '../../ui/pending';
import { ProblemNotice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { TallyLine, type TallyAmounts } from '../../ui/tally';
import { useAction } from '../../ui/use-action';

const Billing = graphql(`
  query Billing {
    labBalances {
      currency
      prepaid {
        minor
        currency
      }
      held {
        minor
        currency
      }
      available {
        minor
        currency
      }
    }
    fundings(first: 10) {
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
    labCharges(first: 50) {
      totalCount
      edges {
        node {
          id
          expertName
          seconds
          chargedAt
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
        }
      }
    }
  }
`);
const Fund = graphql(`
  mutation RequestFunding($input: RequestFundingInput!) {
    requestFunding(input: $input)
  }
`);
const Earnings = graphql(`
  query Earnings {
    payoutStanding {
      accountState
      payable {
        minor
        currency
      }
    }
    myPayouts(first: 20) {
      edges {
        node {
          id
          state
          failureReason
          createdAt
          paidAt
          amount {
            minor
            currency
          }
          blocks {
            gate
            reason
            decidedBy
          }
        }
      }
    }
    myCharges(first: 50) {
      totalCount
      edges {
        node {
          id
          labName
          seconds
          chargedAt
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
        }
      }
    }
  }
`);
const SetUp = graphql(`
  mutation SetUpPayoutAccount {
    setUpPayoutAccount {
      accountState
    }
  }
`);
const PayOut = graphql(`
  mutation PayOutNow {
    payOutNow
  }
`);

interface ChargeRow {
  readonly id: string;
  readonly other: string;
  readonly seconds: number;
  readonly chargedAt: string;
  readonly tally: TallyAmounts;
}

/** Charged lines: the same table and the same numbers on both sides. */
function Charges({ rows, other }: { readonly rows: readonly ChargeRow[]; readonly other: string }) {
  if (rows.length === 0)
    return <Empty>Nothing is charged yet. A line is charged the moment it is approved.</Empty>;
  return (
    <table className="table">
      <thead>
        <tr>
          <th>Charged</th>
          <th>{other}</th>
          <th className="figure">Time</th>
          <th className="figure">Price = pay + fee</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-label="Charged">{moment(row.chargedAt)}</td>
            <td data-label={other}>{row.other}</td>
            <td data-label="Time" className="figure">
              {formatDuration(row.seconds)}
            </td>
            <td data-label="Price = pay + fee" className="figure" data-charge={row.id}>
              <TallyLine tally={row.tally} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the lab has, what is held, what it was charged. */
export function BillingPage() {
  const [{ data, error }, query] = useQuery({ query: Billing, requestPolicy: 'cache-and-network' });
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState<Currency>('USD');
  const fund = useAction(Fund);
  const reload = () => query({ requestPolicy: 'network-only' });
  const isMoving =
    data?.fundings.edges.some(({ node }) => node.state === 'REQUESTED' || node.state === 'PROCESSING') ??
    false;
  if (!data) return <Pending error={error} retry={reload} />;
  const send = async () => {
    const parsed = parseAmount(amount, currency);
    if (
      await fund.run({
        input: { amountMinor: parsed.ok ? parsed.value.toString() : '', currency, idempotencyKey: newKey() },
      })
    ) {
      setAmount('');
      reload();
    }
  };
  return (
    <Page title="Billing">
      {data.labBalances.map((balance) => (
        <dl className="sheet grid" key={balance.currency}>
          <div>
            <dt className="quiet">Prepaid</dt>
            <dd>{money(balance.prepaid)}</dd>
          </div>
          <div>
            <dt className="quiet">Held for weeks of work</dt>
            <dd>{money(balance.held)}</dd>
          </div>
          <div>
            <dt className="quiet">Available</dt>
            <dd>{money(balance.available)}</dd>
          </div>
        </dl>
      ))}
      <h2>Add funds</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ProblemNotice problem={fund.problem?.field ? undefined : fund.problem} />
        <div className="grid">
          <Field
            label="Amount"
            name="amountMinor"
            value={amount}
            onChange={setAmount}
            problem={
              fund.problem?.field === 'amount' ? { ...fund.problem, field: 'amountMinor' } : fund.problem
            }
          />
          <Field
            label="Currency"
            name="currency"
            value={currency}
            onChange={(code) => setCurrency(code as Currency)}
            options={Object.keys(CURRENCIES).map((code) => [code, code] as const)}
          />
        </div>
        <button className="button main" disabled={fund.isSending}>
          Add funds
        </button>
      </form>
      <ul>
        {data.fundings.edges.map(({ node }) => (
          <li key={node.id}>
            {money(node.amount)} <StateTag state={node.state} /> {day(node.requestedAt)} {node.failureReason}
          </li>
        ))}
      </ul>
      {isMoving && (
        <button type="button" className="button" onClick={reload}>
          Look again
        </button>
      )}
      <h2>Charged lines</h2>
      <Charges
        other="Expert"
        rows={data.labCharges.edges.map(({ node }) => ({ ...node, other: node.expertName }))}
      />
    </Page>
  );
}

/** What is earned, what waits and why, what was paid. */
export function EarningsPage() {
  const [{ data, error }, query] = useQuery({ query: Earnings, requestPolicy: 'cache-and-network' });
  const setUp = useAction(SetUp);
  const payOut = useAction(PayOut);
  const reload = () => query({ requestPolicy: 'network-only' });
  if (!data) return <Pending error={error} retry={reload} />;
  const { payoutStanding: standing } = data;
  const after = async (done: Promise<unknown>) => {
    if ((await done) !== undefined) reload();
  };
  return (
    <Page title="Earnings">
      <section className="sheet">
        <h2>Payable now</h2>
        <p>{standing.payable.length === 0 ? 'Nothing yet.' : standing.payable.map(money).join(', ')}</p>
        <p>
          Payout account: {standing.accountState ? <StateTag state={standing.accountState} /> : 'not set up'}
        </p>
        <ProblemNotice problem={setUp.problem ?? payOut.problem} />
        <div className="row">
          {standing.accountState !== 'ACTIVE' && (
            <button
              type="button"
              className="button main"
              disabled={setUp.isSending}
              onClick={() => void after(setUp.run({}))}
            >
              {standing.accountState ? 'Look again' : 'Set up where you are paid'}
            </button>
          )}
          {standing.accountState === 'ACTIVE' && (
            <button
              type="button"
              className="button main"
              disabled={payOut.isSending}
              onClick={() => void after(payOut.run({}))}
            >
              Pay out now
            </button>
          )}
          <button type="button" className="button" onClick={reload}>
            Look again
          </button>
        </div>
      </section>
      <h2>Payouts</h2>
      {data.myPayouts.edges.length === 0 && (
        <Empty>No payout yet. What is approved is paid with the daily run, or when you ask.</Empty>
      )}
      <ul>
        {data.myPayouts.edges.map(({ node }) => (
          <li key={node.id}>
            {money(node.amount)} <StateTag state={node.state} /> {day(node.paidAt ?? node.createdAt)}{' '}
            {node.failureReason}
            {node.state === 'GATED' && node.blocks.map((block) => <div key={block.gate}>{block.reason}</div>)}
          </li>
        ))}
      </ul>
      <h2>Earned lines</h2>
      <Charges
        other="Lab"
        rows={data.myCharges.edges.map(({ node }) => ({ ...node, other: node.labName }))}
      />
    </Page>
  );
}
