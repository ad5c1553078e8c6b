import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { LabDisputesQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { day } from '../../lib/time';
import { Notice } from '../../ui/notice';

const LabDisputes = graphql(`
  query LabDisputes {
    labDisputes {
      id
      state
      openedAt
      closedAt
      amount {
        minor
        currency
      }
      repaid {
        minor
        currency
      }
      left {
        minor
        currency
      }
    }
  }
`);

type Dispute = LabDisputesQuery['labDisputes'][number];

/** Disputed payments that are not settled: what each means for the lab's work, and what to do. */
export function LabDisputeNotices() {
  const [{ data }] = useQuery({ query: LabDisputes });
  return data?.labDisputes.map((dispute) => <DisputeNotice key={dispute.id} dispute={dispute} />);
}

/** Why nothing goes back to the lab at the moment, as the server would refuse it; undefined where something may. */
export function useNothingGoesBack(): string | undefined {
  const [{ data }] = useQuery({ query: LabDisputes });
  const stopping = data?.labDisputes.find(
    ({ state, left }) => state === 'OPEN' || (state === 'LOST' && left.minor !== '0'),
  );
  if (!stopping) return undefined;
  const amount = money(stopping.amount);
  return stopping.state === 'OPEN'
    ? `Your payment of ${amount} is disputed. Nothing goes back before the bank has decided; your balance is kept.`
    : `Your payment of ${amount} was taken back by the bank, and ${money(stopping.left)} of it is not paid. Nothing goes back before it is; your balance is kept.`;
}

function DisputeNotice({ dispute }: { readonly dispute: Dispute }) {
  const { state, amount, openedAt, repaid, left } = dispute;
  if (state === 'INQUIRY')
    return (
      <Notice tone="warning">
        Your bank asks about your payment of {money(amount)}, since {day(openedAt)}. Nothing is stopped. If
        you know the payment, tell your bank.
      </Notice>
    );
  if (state === 'OPEN')
    return (
      <Notice tone="bad">
        Your payment of {money(amount)} is disputed since {day(openedAt)}: somebody told the bank that it was
        not right. What is approved is paid to experts. No new week is held and nothing can be taken back
        until the bank has decided. If it was a mistake, withdraw it at your bank.
      </Notice>
    );
  if (state === 'LOST' && left.minor !== '0')
    return (
      <Notice tone="bad">
        The bank took your payment of {money(amount)} back. You owe {money(left)}
        {repaid.minor !== '0' && `; ${money(repaid)} was taken from your balance`}. Experts keep what they
        earned. Add funds: what you owe is taken first, then weeks are held again and money can be taken back.
      </Notice>
    );
  return null;
}
