import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OwnSuspensionQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { day } from '../../lib/time';
import { Confirm } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Facts } from '../../ui/figures';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section } from '../../ui/page';
import { say } from '../../ui/toast';
import { ruleWords } from './suspension-words';

const OwnSuspension = graphql(`
  query OwnSuspension {
    mySuspension {
      id
      rule
      reason
      state
      decidedByName
      decidedAt
      takesEffectAt
      appealUntil
      appeal
      appealedAt
      appealDecidedBy
      upheldByName
      upheldAt
      upholdReason
      liftedByName
      liftedAt
      liftReason
    }
  }
`);
const Appeal = graphql(`
  mutation AppealOwnSuspension($input: AppealSuspensionInput!) {
    appealSuspension(input: $input) {
      id
      appealedAt
    }
  }
`);

type Suspension = NonNullable<OwnSuspensionQuery['mySuspension']>;

/** One's own suspension: what was decided, by whom, why, what it means, and how to appeal. */
export function SuspensionPage() {
  const query = useQuery({ query: OwnSuspension });
  return (
    <Page title="Suspension" back={<Link to="/expert">Home</Link>}>
      <Ready query={query}>
        {({ mySuspension }) =>
          mySuspension ? (
            <Own suspension={mySuspension} />
          ) : (
            <Empty>Your account is not suspended, and never was.</Empty>
          )
        }
      </Ready>
    </Page>
  );
}

function Own({ suspension }: { readonly suspension: Suspension }) {
  const { state, rule, reason, decidedByName, decidedAt, takesEffectAt } = suspension;
  return (
    <>
      <Standing suspension={suspension} />
      <Section title="What was decided">
        <Facts
          facts={[
            ['Rule', ruleWords(rule)],
            ['Reason', reason],
            ['Decided by', `${decidedByName ?? 'A member'} of our trust team, a person and no machine`],
            ['On', day(decidedAt)],
            ['Takes effect', day(takesEffectAt)],
          ]}
        />
      </Section>
      {state !== 'LIFTED' && (
        <Section title="What it means">
          <ul>
            <li>Labs do not see you, and you cannot accept new work, while it is in force.</li>
            <li>Work that you have waits; its labs are told that it waits. Nobody ends it by this.</li>
            <li>
              All approved work is paid, and what you logged is reviewed and paid as agreed.{' '}
              <Link to="/expert/earnings">Your money</Link> can be taken out as before.
            </li>
          </ul>
        </Section>
      )}
      <AppealPart suspension={suspension} />
    </>
  );
}

function Standing({ suspension }: { readonly suspension: Suspension }) {
  const { state, takesEffectAt, liftedAt, liftReason } = suspension;
  if (state === 'LIFTED')
    return (
      <Notice tone="good">
        It was lifted{liftedAt && ` on ${day(liftedAt)}`}: {liftReason} Labs see you again.
      </Notice>
    );
  if (state === 'ANNOUNCED')
    return (
      <Notice tone="warning">
        Your account is suspended from {day(takesEffectAt)} on, unless the decision is lifted before. Until
        then nothing changes.
      </Notice>
    );
  return <Notice tone="bad">Your account is suspended since {day(takesEffectAt)}.</Notice>;
}

function AppealPart({ suspension }: { readonly suspension: Suspension }) {
  const { state, appeal, appealedAt, appealDecidedBy, upheldAt, upheldByName, upholdReason, appealUntil } =
    suspension;
  if (!appealedAt && (state === 'LIFTED' || isPast(appealUntil))) return null;
  return (
    <Section title="Appeal">
      {!appealedAt && (
        <>
          <p>
            You can appeal until {day(appealUntil)}. Somebody who did not decide before looks at it and
            decides within 14 days; without a decision the suspension ends.
          </p>
          <AppealButton suspension={suspension} />
        </>
      )}
      {appealedAt && (
        <p>
          You appealed on {day(appealedAt)}: {appeal}
        </p>
      )}
      {appealedAt && !upheldAt && state !== 'LIFTED' && appealDecidedBy && (
        <p>
          Somebody else decides by {day(appealDecidedBy)}; without a decision the suspension ends then. An
          email comes.
        </p>
      )}
      {upheldAt && (
        <p>
          {upheldByName ?? 'Another member'} of our trust team decided on {day(upheldAt)} that it stays:{' '}
          {upholdReason} You may take this to a court or to your authority.
        </p>
      )}
    </Section>
  );
}

function AppealButton({ suspension: { id } }: { readonly suspension: Suspension }) {
  const form = useAppForm({
    values: { appeal: '' },
    rules: rules.object({ appeal: said('Say in a sentence why the decision is wrong.', 4000) }),
    write: Appeal,
    variables: ({ appeal }, idempotencyKey) => ({ input: { suspensionId: id, appeal, idempotencyKey } }),
    onDone: () => say('Your appeal is in. Somebody else decides.'),
    keepAs: `appeal-${id}`,
  });
  return (
    <Confirm
      button="Appeal"
      weight="main"
      title="Appeal against the suspension?"
      verb="Send the appeal"
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <LongTextField
        form={form}
        name="appeal"
        label="Why the decision is wrong"
        hint="Who decides reads it, with everything that was known before."
      />
    </Confirm>
  );
}

function isPast(instant: string): boolean {
  return new Date(instant) < new Date();
}
