import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { ApprovalsQuery, DecideApprovalMutation } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { useFilters } from '../../lib/filters';
import { money, type Money } from '../../lib/money';
import type { Problem } from '../../lib/problem';
import { rules } from '../../lib/rules';
import { distance, moment } from '../../lib/time';
import { counted, words } from '../../lib/words';
import { Button } from '../../ui/button';
import { Confirm, Panel } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { TextField } from '../../ui/field';
import { Facts } from '../../ui/figures';
import { ChoiceFilter, FilterBar } from '../../ui/filters';
import { Form } from '../../ui/form';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Empty, Page, Ready } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';

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
          barred
          mayWithdraw
          state
          createdAt
          promisedBy
          expiresAt
          executedAt
          outcome
          hindrance
          fault
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
    decideApproval(input: $input) {
      id
      state
      outcome
    }
  }
`);

const Withdraw = graphql(`
  mutation WithdrawApproval($id: ID!) {
    withdrawApproval(id: $id) {
      id
      state
      outcome
    }
  }
`);

type Request = ApprovalsQuery['approvalRequests']['edges'][number]['node'];
type Decided = DecideApprovalMutation['decideApproval'];

const STATES: Readonly<Record<string, string>> = {
  PENDING: 'Waits for a decision',
  APPROVED: 'Approved, being done',
  EXECUTED: 'Approved and done',
  DECLINED: 'Declined',
  EXPIRED: 'Lapsed, nobody decided',
  OVERTAKEN: 'Lapsed, something changed',
  WITHDRAWN: 'Withdrawn by who asked',
  FAILED: 'Approved, could not be done',
};

/** What needs four eyes: each with everything that would be done, decided on by somebody who did not ask for it. */
export function ApprovalsPage() {
  const [{ after, state }, change] = useFilters({ after: '', state: 'PENDING' });
  const query = useQuery({ query: Approvals, variables: { after: after || null, state: state || null } });
  const [failure, setFailure] = useState<Problem>();
  const onDecided = (request: Request, decided: Decided) => {
    setFailure(failureOf(request, decided));
    if (decided.state !== 'FAILED') say(DONE[decided.state] ?? 'Decided.');
  };
  return (
    <Page
      title="Approvals"
      about="What one person asks for here, another has to read and approve. Nobody decides on what they asked for, or on what is about them or their lab."
    >
      <Limits />
      <ProblemNotice problem={failure} />
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
              <RequestSheet key={node.id} request={node} onDecided={onDecided} />
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

/** What follows a decision, by the state that the request is in then. */
const DONE: Readonly<Record<string, string>> = {
  PENDING: 'Approved. Somebody else has to approve it too before it is done.',
  EXECUTED: 'Approved and done.',
  DECLINED: 'Declined. Who asked is told why.',
  WITHDRAWN: 'Withdrawn. Nobody decides on it any more.',
};

/** What to say where it was approved and could not be done; undefined where that is not so. */
function failureOf({ summary }: Request, { state, outcome }: Decided): Problem | undefined {
  if (state !== 'FAILED') return undefined;
  return {
    code: state,
    message: `Approved, but it could not be done: ${summary} ${outcome ?? ''} Nothing was changed, and the request has ended.`,
  };
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

function RequestSheet({ request, onDecided }: Asked) {
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
          ['Asked on', moment(createdAt)],
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
      {state === 'PENDING' && <Waiting request={request} onDecided={onDecided} />}
    </section>
  );
}

interface Asked {
  readonly request: Request;
  readonly onDecided: (request: Request, decided: Decided) => void;
}

/** By when who waits for it was promised a decision, and when it lapses, where these differ. */
function daysOf({ promisedBy, expiresAt }: Request): (readonly [string, string])[] {
  const at = (instant: string) => `${moment(instant)}, ${distance(instant)}`;
  if (!promisedBy) return [['Lapses', at(expiresAt)]];
  const isLate = new Date(promisedBy) < new Date();
  const promised = ['Promised by', `${at(promisedBy)}${isLate ? ': it is late' : ''}`] as const;
  return promisedBy === expiresAt ? [promised] : [promised, ['Lapses', at(expiresAt)]];
}

/** What stands in the way of one that waits, and the decision where the reader may make it. */
function Waiting({ request, onDecided }: Asked) {
  const { fault, barred, mayWithdraw } = request;
  return (
    <>
      {fault && (
        <Notice tone="warning">
          It cannot be done any more as it was asked for. {fault} It can only be declined, or it lapses by
          itself.
        </Notice>
      )}
      {barred ? (
        <Notice tone="warning">{barred}</Notice>
      ) : (
        <Decision request={request} onDecided={onDecided} />
      )}
      {mayWithdraw && <WithdrawOwn request={request} onDecided={onDecided} />}
    </>
  );
}

/** Takes back what the reader asked for, while it waits. */
function WithdrawOwn({ request, onDecided }: Asked) {
  const { run, isSending, problem } = useAction(Withdraw);
  const { id, summary } = request;
  return (
    <Confirm
      button="Withdraw"
      name={`Withdraw: ${summary}`}
      title={`Withdraw: ${summary}`}
      verb="Withdraw it"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({ id });
        if (done) onDecided(request, done.withdrawApproval);
        return done;
      }}
    >
      <p>Nobody decides on it any more, and nothing is done. You can ask for it again at any time.</p>
    </Confirm>
  );
}

function Decision({ request, onDecided }: Asked) {
  const [decision, setDecision] = useState<'APPROVE' | 'DECLINE'>();
  const { approvalsNeeded, decisions, summary, fault } = request;
  const left = approvalsNeeded - decisions.length;
  return (
    <>
      {request.hindrance && !fault && (
        <Notice tone="warning">
          It cannot be done now, even if you approve it: {request.hindrance} The request goes on waiting, and
          can be approved once this is over.
        </Notice>
      )}
      {approvalsNeeded > 1 && !fault && (
        <p className="quiet">{counted(left, 'person has', 'people have')} to approve it still.</p>
      )}
      <div className="row">
        {!fault && (
          <Button weight="main" name={`Approve: ${summary}`} onPress={() => setDecision('APPROVE')}>
            Approve
          </Button>
        )}
        <Button name={`Decline: ${summary}`} onPress={() => setDecision('DECLINE')}>
          Decline
        </Button>
      </div>
      {decision && (
        <DecisionForm
          request={request}
          decision={decision}
          onDecided={onDecided}
          onClose={() => setDecision(undefined)}
        />
      )}
    </>
  );
}

function DecisionForm({
  request,
  decision,
  onDecided,
  onClose,
}: Asked & {
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
    onDone: ({ decideApproval }) => {
      onDecided(request, decideApproval);
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
