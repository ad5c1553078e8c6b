import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../gql';
import { money } from '../lib/money';
import { payoutWords } from '../lib/record-words';
import { distance, moment } from '../lib/time';
import { counted } from '../lib/words';
import { Notice } from '../ui/notice';
import { Empty, Page, Ready, Section } from '../ui/page';
import { StateTag } from '../ui/state-tag';
import { typeWords } from '../features/credential/claim-words';
import { useViewer } from '../lib/viewer';

const ClaimsWaiting = graphql(`
  query ClaimsWaiting {
    verificationQueue(first: 5) {
      totalCount
      edges {
        node {
          id
          type
          jurisdiction
          state
          submittedAt
          expertName
        }
      }
    }
  }
`);
const LabsWaiting = graphql(`
  query LabsWaiting {
    labs(first: 5, state: "PENDING_VETTING") {
      totalCount
      edges {
        node {
          id
          name
          country
          createdAt
        }
      }
    }
  }
`);
const MoneyWaiting = graphql(`
  query MoneyWaiting {
    refused: payouts(first: 5, state: "FAILED") {
      ...StuckPayouts
    }
    returned: payouts(first: 5, state: "RETURNED") {
      ...StuckPayouts
    }
    unanswered: payouts(first: 5, state: "UNKNOWN") {
      ...StuckPayouts
    }
    gated: payouts(first: 1, state: "GATED") {
      totalCount
    }
    proofs: journal(first: 1, command: "prove-books") {
      edges {
        node {
          id
          at
          actorName
          toState
        }
      }
    }
  }
  fragment StuckPayouts on PayoutConnection {
    totalCount
    edges {
      node {
        id
        expertName
        state
        failureReason
        createdAt
        amount {
          minor
          currency
        }
      }
    }
  }
`);

/** What waits for staff, by what the reader may do. */
export function AdminHomePage() {
  const roles = useViewer()?.staffRoles ?? [];
  const is = (...wanted: string[]) => roles.some((role) => role === 'ADMIN' || wanted.includes(role));
  return (
    <Page title="Admin" about="What waits for you, the oldest first.">
      {is('FINANCE', 'AUDITOR', 'TRUST') && <MoneyPart />}
      {is('VERIFIER') && <ClaimsPart />}
      {is('TRUST') && <LabsPart />}
    </Page>
  );
}

function MoneyPart() {
  const query = useQuery({ query: MoneyWaiting });
  return (
    <Ready query={query}>
      {({ refused, returned, unanswered, gated, proofs }) => {
        const stuck = [refused, returned, unanswered].flatMap(({ edges }) => edges.map(({ node }) => node));
        return (
          <>
            <Books proof={proofs.edges[0]?.node} />
            <Section title="Payouts" action={<Link to="/admin/payouts">All payouts</Link>}>
              {stuck.length === 0 ? (
                <Notice tone="good">
                  <p>No payout was refused, came back or is without an answer.</p>
                </Notice>
              ) : (
                <ul className="waiting">
                  {stuck.map(({ id, expertName, state, failureReason, amount, createdAt }) => (
                    <Row key={id} at={createdAt}>
                      <Link to="/admin/payouts" search={{ open: id } as never}>
                        {money(amount)} to {expertName}
                      </Link>{' '}
                      <StateTag state={state} text={payoutWords(state)} />
                      {failureReason && <div className="error">{failureReason}</div>}
                    </Row>
                  ))}
                </ul>
              )}
              {gated.totalCount > 0 && (
                <p>
                  <Link to="/admin/payouts" search={{ state: 'GATED' } as never}>
                    {counted(gated.totalCount, 'payout waits', 'payouts wait')} at a gate
                  </Link>
                  ; each says why and until when.
                </p>
              )}
            </Section>
          </>
        );
      }}
    </Ready>
  );
}

interface ProofRow {
  readonly at: string;
  readonly actorName?: string | null;
  readonly toState?: string | null;
}

function Books({ proof }: { readonly proof: ProofRow | undefined }) {
  const link = <Link to="/admin/audit">Prove the books</Link>;
  if (!proof)
    return (
      <Notice tone="warning">
        <p>The books were never proven here. {link}: it takes a moment.</p>
      </Notice>
    );
  const isProven = proof.toState === 'PROVEN';
  return (
    <Notice tone={isProven ? 'good' : 'bad'}>
      <p>
        {isProven ? 'The books were proven' : 'The books were not right when they were last looked at'}{' '}
        <time dateTime={proof.at} title={moment(proof.at)}>
          {distance(proof.at)}
        </time>
        {proof.actorName && ` by ${proof.actorName}`}. {link}
        {isProven ? ' again.' : ' to see each fault and what to do.'}
      </p>
    </Notice>
  );
}

function ClaimsPart() {
  const query = useQuery({ query: ClaimsWaiting });
  return (
    <Ready query={query}>
      {({ verificationQueue: { edges, totalCount } }) => (
        <Waiting
          title="Claims to verify"
          total={totalCount}
          all={<Link to="/admin/verification">All claims</Link>}
          none="No claim waits. A mail comes when somebody hands one in."
        >
          {edges.map(({ node: { id, type, jurisdiction, state, submittedAt, expertName } }) => (
            <Row key={id} at={submittedAt}>
              <Link to="/admin/verification/$id" params={{ id }}>
                {typeWords(type)} {jurisdiction}
              </Link>{' '}
              of {expertName} {state === 'IN_REVIEW' && <StateTag state={state} text="Second verifier" />}
            </Row>
          ))}
        </Waiting>
      )}
    </Ready>
  );
}

function LabsPart() {
  const query = useQuery({ query: LabsWaiting });
  return (
    <Ready query={query}>
      {({ labs: { edges, totalCount } }) => (
        <Waiting
          title="Labs to vet"
          total={totalCount}
          all={<Link to="/admin/labs">All labs</Link>}
          none="No lab waits. A mail comes when one signs up."
        >
          {edges.map(({ node: { id, name, country, createdAt } }) => (
            <Row key={id} at={createdAt}>
              <Link to="/admin/labs/$id" params={{ id }}>
                {name}
              </Link>
              , {country}
            </Row>
          ))}
        </Waiting>
      )}
    </Ready>
  );
}

function Waiting({
  title,
  total,
  all,
  none,
  children,
}: {
  readonly title: string;
  readonly total: number;
  readonly all: ReactNode;
  readonly none: string;
  readonly children: readonly ReactNode[];
}) {
  return (
    <Section title={total > 0 ? `${title}: ${total.toLocaleString('en')}` : title} action={all}>
      {total === 0 ? <Empty>{none}</Empty> : <ul className="waiting">{children}</ul>}
    </Section>
  );
}

function Row({ at, children }: { readonly at?: string | null; readonly children: ReactNode }) {
  return (
    <li>
      <div>{children}</div>
      {at && (
        <time className="quiet" dateTime={at} title={moment(at)}>
          {distance(at)}
        </time>
      )}
    </li>
  );
}
