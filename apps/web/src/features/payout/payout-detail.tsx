import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { commandWords, payoutWords } from '../../lib/record-words';
import { day, duration, moment } from '../../lib/time';
import { Panel } from '../../ui/confirm';
import { Facts } from '../../ui/figures';
import { Empty, Ready } from '../../ui/page';
import { Steps } from '../../ui/steps';
import { TallyLine } from '../../ui/tally';
import { HoldExpert } from './release-hold';
import { Why, type PayoutRow } from './payout-table';

const PayoutTrail = graphql(`
  query PayoutTrail($id: ID!, $expertId: ID!, $to: DateTime!) {
    journal(first: 50, subjectId: $id) {
      edges {
        node {
          id
          at
          command
          toState
        }
      }
    }
    allCharges(first: 20, expertId: $expertId, to: $to) {
      totalCount
      edges {
        node {
          id
          labName
          seconds
          chargedAt
          ledgerTransactionId
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

/** One payout: where it stands, what holds it, the lines behind it, each step in the journal. */
export function PayoutDetail({
  payout,
  onClose,
}: {
  readonly payout: PayoutRow;
  readonly onClose: () => void;
}) {
  const { id, expertId, createdAt, requestedAt } = payout;
  const query = useQuery({
    query: PayoutTrail,
    variables: { id, expertId, to: requestedAt ?? createdAt },
  });
  return (
    <Panel title={`${money(payout.amount)} to ${payout.expertName}`} isOpen onClose={onClose}>
      <Why payout={payout} />
      <Facts
        facts={[
          ['State', payoutWords(payout.state)],
          ['Attempt', String(payout.attempt)],
          payout.railTransferId ? ['Number at the rail', payout.railTransferId] : null,
          payout.promisedOn ? ['Promised by', day(payout.promisedOn)] : null,
          payout.paidAt ? ['In the bank', moment(payout.paidAt)] : null,
          payout.railFee
            ? ['Fee of the rail', `${money(payout.railFee)}, borne by the ${payout.feeBorneBy.toLowerCase()}`]
            : null,
          payout.exchangeRate && payout.bankAmount
            ? [
                'Exchange rate',
                `${payout.exchangeRate} ${payout.bankAmount.currency} for 1 ${payout.amount.currency}`,
              ]
            : null,
          payout.bankAmount
            ? [payout.state === 'PAID' ? 'Arrived at the bank' : 'For the bank', money(payout.bankAmount)]
            : null,
          payout.ledgerTransactionId
            ? [
                'In the ledger',
                <Link
                  key="ledger"
                  to="/admin/ledger/transactions/$id"
                  params={{ id: payout.ledgerTransactionId }}
                >
                  Its ledger transaction
                </Link>,
              ]
            : ['In the ledger', 'Nothing moved yet'],
        ]}
      />
      <HoldExpert expert={{ id: expertId, name: payout.expertName }} />
      <Ready query={query}>
        {({ journal, allCharges }) => (
          <>
            <h3>Steps</h3>
            <Steps
              label="Steps of this payout"
              steps={journal.edges
                .map(({ node }) => node)
                .toReversed()
                .map(stepOf)}
            />
            <h3>Newest lines behind it</h3>
            {allCharges.edges.length === 0 && <Empty>No charged line is older than this payout.</Empty>}
            <ul className="waiting">
              {allCharges.edges.map(({ node }) => (
                <li key={node.id}>
                  <Link to="/admin/ledger/transactions/$id" params={{ id: node.ledgerTransactionId }}>
                    {node.labName}, {duration(node.seconds)}
                  </Link>
                  <TallyLine tally={node.tally} />
                </li>
              ))}
            </ul>
            <p>
              <Link to="/admin/take-rates" search={{ expert: expertId } as never}>
                All lines of {payout.expertName}
              </Link>
              , {allCharges.totalCount.toLocaleString('en')} in all
            </p>
          </>
        )}
      </Ready>
    </Panel>
  );
}

function stepOf({ at, command, toState }: { at: string; command: string; toState?: string | null }) {
  return {
    label: commandWords(command),
    state: 'done' as const,
    at,
    about: toState ? payoutWords(toState) : undefined,
  };
}
