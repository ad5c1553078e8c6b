import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { SandboxRailQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { distance, moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { ProblemNotice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { happeningWords } from './rail-words';
import { RailDelays } from './rail-delays';
import { RailEvents } from './rail-events';
import { RailFailures } from './rail-failures';
import { RailNumbers } from './rail-numbers';
import { RailObjects } from './rail-objects';

const SandboxRail = graphql(`
  query SandboxRail {
    sandboxState {
      undeliveredEvents
      balances {
        currency
        available {
          minor
          currency
        }
        pending {
          minor
          currency
        }
      }
      due {
        id
        what
        objectId
        dueAt
      }
      delays {
        name
        value
      }
      fees {
        name
        value
      }
      webhooks {
        name
        value
      }
      rates {
        name
        value
      }
      objects {
        id
        kind
        ownerName
        status
        amount {
          minor
          currency
        }
        createdAt
        actions
      }
      failures {
        name
        value
      }
      events {
        id
        route
        type
        objectId
        createdAt
        deliveredAt
        attempts
        nextAt
      }
    }
  }
`);
const AdvanceRail = graphql(`
  mutation AdvanceRail {
    advanceSandbox
  }
`);

/** The rail as its page reads it. */
export type RailState = SandboxRailQuery['sandboxState'];

/** The stand-in for a bank: what it has, what comes next, how slow and faulty it is, what it told us. */
export function SandboxPage() {
  const query = useQuery({ query: SandboxRail });
  const advance = useAction(AdvanceRail);
  const isAnythingDue = (query[0].data?.sandboxState.due.length ?? 0) > 0;
  const next = async () => {
    const done = await advance.run({});
    if (!done) return;
    const what = done.advanceSandbox?.split(' ')[0];
    say(what ? `It happened: ${happeningWords(what)}.` : 'Nothing waited.');
  };
  return (
    <Page
      title="Sandbox rail"
      about="A stand-in for a bank. It takes payments, makes payouts and sends messages as a real one does, with delays and failures that you set. No real money moves."
      action={
        <Button
          weight="main"
          isDisabled={!isAnythingDue}
          isSending={advance.isSending}
          onPress={() => void next()}
        >
          Let the next event happen
        </Button>
      }
    >
      <ProblemNotice problem={advance.problem} />
      <Ready query={query}>
        {({ sandboxState: state }) => (
          <>
            <Balances state={state} />
            <Due state={state} />
            <RailEvents state={state} />
            <RailObjects state={state} />
            <RailDelays state={state} />
            <RailNumbers state={state} />
            <RailFailures state={state} />
          </>
        )}
      </Ready>
    </Page>
  );
}

function Balances({ state: { balances } }: { readonly state: RailState }) {
  return (
    <Section title="Balances of the stand-in bank">
      {balances.length === 0 ? (
        <Empty>Nothing is there yet. A lab adds funds under Billing.</Empty>
      ) : (
        <DataTable
          label="Balances of the stand-in bank"
          rows={balances}
          keyOf={({ currency }) => currency}
          columns={[
            { id: 'currency', header: 'Currency', cell: ({ currency }) => currency },
            { id: 'available', header: 'There', isFigure: true, cell: ({ available }) => money(available) },
            { id: 'pending', header: 'Arriving', isFigure: true, cell: ({ pending }) => money(pending) },
          ]}
        />
      )}
    </Section>
  );
}

function Due({ state: { due } }: { readonly state: RailState }) {
  return (
    <Section title="What happens next">
      {due.length === 0 ? (
        <Empty>Nothing is due at the bank. Payments and payouts that are asked for wait here.</Empty>
      ) : (
        <>
          <p className="quiet">{counted(due.length, 'event waits', 'events wait')}, the next one first.</p>
          <ul className="waiting">
            {due.slice(0, 20).map(({ id, what, objectId, dueAt }) => (
              <li key={id}>
                <span>
                  {happeningWords(what)} <span className="code">{objectId}</span>
                </span>
                <time className="quiet" dateTime={dueAt} title={moment(dueAt)}>
                  {distance(dueAt)}
                </time>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
