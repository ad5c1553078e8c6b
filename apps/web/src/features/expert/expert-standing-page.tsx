import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { StandingOfExpertQuery } from '../../gql/graphql';
import { countryName } from '../../lib/countries';
import { day } from '../../lib/time';
import { useViewer } from '../../lib/viewer';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section, Sheet } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { Steps, type Step } from '../../ui/steps';
import { LiftSuspension, SuspendExpert, UpholdSuspension } from './suspending';
import { ruleWords, SUSPENSION_STATES } from './suspension-words';

const StandingOfExpert = graphql(`
  query StandingOfExpert($id: ID!) {
    expertStanding(id: $id) {
      id
      displayName
      headline
      country
      state
      suspensions {
        id
        rule
        reason
        state
        decidedByName
        isOwnDecision
        decidedAt
        takesEffectAt
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
  }
`);

type Standing = StandingOfExpertQuery['expertStanding'];
export type Suspension = Standing['suspensions'][number];

/** One expert as the staff reads them: whether they are suspended, what was decided and answered, and what can be done. */
export function ExpertStandingPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery({ query: StandingOfExpert, variables: { id } });
  const viewer = useViewer();
  const mayDecide = (viewer?.staffRoles ?? []).some((role) => role === 'TRUST' || role === 'ADMIN');
  return (
    <Ready query={query} title="Expert">
      {({ expertStanding: expert }) => {
        const open = expert.suspensions.find(({ state }) => state !== 'LIFTED');
        return (
          <Page
            title={expert.displayName}
            about={[expert.headline, countryName(expert.country)].filter(Boolean).join(', ')}
            back={<Link to="/admin/experts">Experts</Link>}
            action={
              <Link className="button" to="/admin/journal" search={{ subject: id } as never}>
                In the journal
              </Link>
            }
          >
            {open ? (
              <Open suspension={open} name={expert.displayName} mayDecide={mayDecide} />
            ) : (
              <>
                <p>
                  <StateTag state="ACTIVE" text="Not suspended" />
                </p>
                {mayDecide && (
                  <div className="row">
                    <SuspendExpert expertId={expert.id} name={expert.displayName} />
                  </div>
                )}
              </>
            )}
            <Section title="What was decided">
              {expert.suspensions.length === 0 && (
                <Empty>Nothing was ever decided against this expert.</Empty>
              )}
              {expert.suspensions.map((each) => (
                <Sheet key={each.id} label={`Suspension of ${day(each.decidedAt)}`}>
                  <h3>
                    {ruleWords(each.rule)}{' '}
                    <StateTag state={each.state} text={SUSPENSION_STATES[each.state]} />
                  </h3>
                  <Steps label={`Steps of the suspension of ${day(each.decidedAt)}`} steps={stepsOf(each)} />
                </Sheet>
              ))}
            </Section>
          </Page>
        );
      }}
    </Ready>
  );
}

function Open({
  suspension,
  name,
  mayDecide,
}: {
  readonly suspension: Suspension;
  readonly name: string;
  readonly mayDecide: boolean;
}) {
  const { state, takesEffectAt, appealedAt, upheldAt, appealDecidedBy, isOwnDecision } = suspension;
  const waits = appealedAt && !upheldAt;
  return (
    <>
      <Notice tone={state === 'IN_FORCE' ? 'bad' : 'warning'}>
        <p>
          {state === 'IN_FORCE'
            ? `Suspended since ${day(takesEffectAt)}. Labs do not see ${name}, and running work waits.`
            : `Suspended from ${day(takesEffectAt)} on. Until then nothing changes.`}
        </p>
        {waits && appealDecidedBy && (
          <p>
            An appeal waits. It is decided by {day(appealDecidedBy)}, or the suspension ends.{' '}
            {isOwnDecision &&
              'You made the decision: somebody else decides whether it stays. You may lift it.'}
          </p>
        )}
      </Notice>
      {mayDecide && (
        <div className="row">
          <LiftSuspension suspension={suspension} name={name} />
          {waits && !isOwnDecision && <UpholdSuspension suspension={suspension} name={name} />}
        </div>
      )}
    </>
  );
}

function stepsOf(each: Suspension): Step[] {
  const steps: (Step | null)[] = [
    {
      label: `Decided by ${each.decidedByName ?? 'a member of the staff'}`,
      state: 'done',
      at: each.decidedAt,
      about: each.reason,
    },
    {
      label: 'Takes effect',
      state: each.state === 'ANNOUNCED' ? 'waiting' : 'done',
      at: each.takesEffectAt,
    },
    each.appealedAt
      ? { label: 'The expert appealed', state: 'done', at: each.appealedAt, about: each.appeal ?? undefined }
      : null,
    each.upheldAt
      ? {
          label: `${each.upheldByName ?? 'Somebody else'} decided that it stays`,
          state: 'done',
          at: each.upheldAt,
          about: each.upholdReason ?? undefined,
        }
      : null,
    each.liftedAt
      ? {
          label: each.liftedByName ? `Lifted by ${each.liftedByName}` : 'Ended by itself',
          state: 'done',
          at: each.liftedAt,
          about: each.liftReason ?? undefined,
        }
      : null,
  ];
  return steps.filter((step) => step !== null);
}
