import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ApprovalsQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { useFilters } from '../../lib/filters';
import { money, type Money } from '../../lib/money';
import { rules } from '../../lib/rules';
import { distance, moment } from '../../lib/time';
import { counted, words } from '../../lib/words';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { TextField } from '../../ui/field';
import { Facts } from '../../ui/figures';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';

const Approvals = graphql(`
  query Approvals($after: String, $state: String) {
    approvalRequests(first: 20, after: $after, state: $state) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          action
          summary
          reason
          requestedByName
          isOwn
          state
          createdAt
          promisedBy
          expiresAt
          executedAt
          outcome
          hindrance
          approvalsNeeded
          payloadSha256
          payload {
            name
            value
          }
          amount {
            minor
            currency
          }
          decisions {
            approverName
            decision
            reason
            at
          }
        }
      }
    }
  }
`);
const Decide = graphql(`
  mutation DecideApproval($input: DecideApprovalInput!) {
    decideApproval(input: $input)
  }
`);

type Request = ApprovalsQuery['approvalRequests']['edges'][number]['node'];

const STATES: Readonly<Record<string, string>> = {
  PENDING: 'Waits for a decision',
  APPROVED: 'Approved, being done',
  EXECUTED: 'Approved and done',
  DECLINED: 'Declined',
  EXPIRED: 'Lapsed, nobody decided',
  OVERTAKEN: 'Lapsed, something changed',
  FAILED: 'Approved, could not be done',
};

/** What needs four eyes: each with everything that would be done, decided on by somebody who did not ask for it. */
export function ApprovalsPage() {
  const [{ after, state }, change] = useFilters({ after: '', state: 'PENDING' });
  const query = useQuery({ query: Approvals, variables: { after: after || null, state: state || null } });
  return (
    <Page
      title="Approvals"
      about="What one person asks for here, another has to read and approve. Nobody decides on their own."
    >
      <Limits />
      <FilterBar>
        <ChoiceFilter
          label="Show"
          value={state}
          options={[['', 'All'], ...Object.entries(STATES)]}
          onChange={(next) => change({ state: next, after: '' })}
        />
      </FilterBar>
      <Ready query={query}>
        {({ approvalRequests: { edges, pageInfo, totalCount } }) => (
          <>
            {edges.length === 0 && (
              <Empty>
                {state === 'PENDING' ? 'Nothing waits for a decision.' : 'No request is in this state.'}
              </Empty>
            )}
            {edges.map(({ node }) => (
              <RequestSheet key={node.id} request={node} />
            ))}
            {totalCount > edges.length && (
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            )}
          </>
        )}
      </Ready>
    </Page>
  );
}

const Limit = graphql(`
  query ApprovalLimits {
    approvalLimits {
      currency
      payout {
        minor
        currency
      }
      refund {
        minor
        currency
      }
      credit {
        minor
        currency
      }
    }
  }
`);

/** Up to which amounts nobody else is asked, by currency. */
function Limits() {
  const query = useQuery({ query: Limit });
  const upTo = (amount: Money) => (amount.minor === '0' ? 'Always asked' : money(amount));
  return (
    <details>
      <summary>Up to which amounts nobody else is asked</summary>
      <p className="quiet">
        Above these one other person decides, above ten times them two. Whoever runs this server sets them,
        one for each currency; in a currency without one, one other person is always asked.
      </p>
      <Ready query={query}>
        {({ approvalLimits }) => (
          <DataTable
            label="Limits by currency"
            rows={approvalLimits}
            keyOf={({ currency }) => currency}
            columns={[
              { id: 'currency', header: 'Currency', cell: ({ currency }) => currency },
              {
                id: 'payout',
                header: 'A payout within 24 hours, a hold let go, a line taken back',
                cell: ({ payout }) => upTo(payout),
              },
              { id: 'refund', header: 'Back to a lab within 24 hours', cell: ({ refund }) => upTo(refund) },
              { id: 'credit', header: 'Credit of a lab', cell: ({ credit }) => upTo(credit) },
            ]}
          />
        )}
      </Ready>
    </details>
  );
}

function RequestSheet({ request }: { readonly request: Request }) {
  const { summary, state, amount, createdAt, requestedByName, reason, outcome, executedAt } = request;
  return (
    <section className="sheet" aria-label={summary}>
      <h2>
        {summary} <StateTag state={state} text={STATES[state] ?? state} />
      </h2>
      <Facts
        facts={[
          ['Asked for by', requestedByName ?? 'The product itself'],
          ['Why', reason],
          amount ? ['Amount', money(amount)] : null,
          ['Asked for', moment(createdAt)],
          ...(state === 'PENDING' ? daysOf(request) : []),
          executedAt && !outcome ? ['Done', moment(executedAt)] : null,
          outcome ? ['What came of it', outcome] : null,
        ]}
      />
      <details>
        <summary>Exactly what is approved</summary>
        <p className="quiet">
          A decision holds for this alone: if any of it changed, the decision is refused.
        </p>
        <Facts
          facts={request.payload.map(
            ({ name, value }) => [words(name.replaceAll(/(?=[A-Z])/g, '_')), value] as const,
          )}
        />
      </details>
      {request.decisions.map((each) => (
        <p key={each.approverName + each.at}>
          {each.approverName} {each.decision === 'APPROVE' ? 'approved' : 'declined'}, {moment(each.at)}:{' '}
          {each.reason}
        </p>
      ))}
      {state === 'PENDING' && <Decision request={request} />}
    </section>
  );
}

/** By when who waits for it was promised a decision, and when it lapses, where these differ. */
function daysOf({ promisedBy, expiresAt }: Request): (readonly [string, string])[] {
  const at = (instant: string) => `${moment(instant)}, ${distance(instant)}`;
  if (!promisedBy) return [['Lapses', at(expiresAt)]];
  const isLate = new Date(promisedBy) < new Date();
  const promised = ['Promised by', `${at(promisedBy)}${isLate ? ': it is late' : ''}`] as const;
  return promisedBy === expiresAt ? [promised] : [promised, ['Lapses', at(expiresAt)]];
}

function Decision({ request }: { readonly request: Request }) {
  const [decision, setDecision] = useState<'APPROVE' | 'DECLINE'>();
  const { isOwn, approvalsNeeded, decisions, summary } = request;
  if (isOwn) return <Notice tone="warning">You asked for this: somebody else has to decide on it.</Notice>;
  const left = approvalsNeeded - decisions.length;
  return (
    <>
      {request.hindrance && (
        <Notice tone="warning">
          It cannot be done now, even if you approve it: {request.hindrance} The request goes on waiting, and
          can be approved once this is over.
        </Notice>
      )}
      {approvalsNeeded > 1 && (
        <p className="quiet">{counted(left, 'person has', 'people have')} to approve it still.</p>
      )}
      <div className="row">
        <Button weight="main" name={`Approve: ${summary}`} onPress={() => setDecision('APPROVE')}>
          Approve
        </Button>
        <Button name={`Decline: ${summary}`} onPress={() => setDecision('DECLINE')}>
          Decline
        </Button>
      </div>
      {decision && (
        <DecisionForm request={request} decision={decision} onClose={() => setDecision(undefined)} />
      )}
    </>
  );
}

function DecisionForm({
  request,
  decision,
  onClose,
}: {
  readonly request: Request;
  readonly decision: 'APPROVE' | 'DECLINE';
  readonly onClose: () => void;
}) {
  const isApproval = decision === 'APPROVE';
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({
      reason: rules
        .string()
        .check(rules.refine((text) => text.trim().length >= 5, 'Say why, in a few words.')),
    }),
    write: Decide,
    variables: ({ reason }) => ({
      input: { id: request.id, decision, payloadSha256: request.payloadSha256, reason },
    }),
    onDone: () => {
      say(isApproval ? 'Approved. Who asked is told what came of it.' : 'Declined. Who asked is told why.');
      onClose();
    },
  });
  return (
    <Panel
      title={isApproval ? `Approve: ${request.summary}` : `Decline: ${request.summary}`}
      isOpen
      onClose={onClose}
    >
      <Form form={form} button={isApproval ? 'Approve' : 'Decline'}>
        <TextField form={form} name="reason" label="Why" hint="It is kept with your name in the journal." />
      </Form>
    </Panel>
  );
}
