import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import { money } from '../../lib/money';
import { useLabRights } from '../../lib/viewer';
import { newKey } from '../../lib/words';
import { Confirm } from '../../ui/confirm';
import { Notice } from '../../ui/notice';
import { Tally } from '../../ui/tally';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import type { LabProjectQuery } from '../../gql/graphql';
import { UnmatchedSkills } from './unmatched-skills';

const MayPublish = graphql(`
  query MayPublish {
    myLab {
      id
      state
    }
    labBalances {
      currency
      available {
        minor
        currency
      }
    }
  }
`);
const Publish = graphql(`
  mutation PublishProject($id: ID!, $key: String!) {
    publishProject(id: $id, idempotencyKey: $key) {
      id
    }
  }
`);

/** What still blocks publishing, or the button that does it, with its price repeated. */
export function PublishPart({ project }: { readonly project: LabProjectQuery['project'] }) {
  const { mayHire } = useLabRights();
  const [{ data }] = useQuery({ query: MayPublish, pause: !mayHire });
  const publish = useAction(Publish);
  if (!mayHire)
    return <Notice>This is a draft. An owner or a manager of your lab can change and publish it.</Notice>;
  if (!data) return null;
  if (project.openings.length === 0) return null;
  if (data.myLab.state !== 'VETTED')
    return (
      <Notice tone="warning">
        <p>
          You can publish as soon as your lab is vetted. The draft is kept.{' '}
          <Link to="/lab/vetting">See what is missing</Link>
        </p>
      </Notice>
    );
  const send = async () => {
    const done = await publish.run({ id: project.id, key: newKey() });
    if (done) say('Published. The shortlist is being made.');
    return done;
  };
  return (
    <>
      <UnmatchedSkills project={project} />
      <div className="row">
        <Confirm
          button="Publish"
          weight="main"
          title={`Publish ${project.title}?`}
          verb="Publish the project"
          run={send}
          isSending={publish.isSending}
          problem={publish.problem}
        >
          <p>
            Experts see it at once and can apply. It cannot be changed afterwards, only closed. Publishing
            costs nothing: a week’s money is held when somebody accepts an offer.
          </p>
          {project.totals.map(({ currency, week, whole }) => {
            const own = data.labBalances.find((balance) => balance.currency === currency);
            return (
              <div key={currency}>
                <Tally tally={whole} label="At most, in the whole" />
                <p>
                  A full week with every seat costs {money(week.price)}.{' '}
                  {own
                    ? `${money(own.available)} is free in your balance.`
                    : `Your balance in ${currency} is empty.`}
                </p>
              </div>
            );
          })}
        </Confirm>
        <span className="quiet">Costs nothing yet: money is held when an offer is accepted.</span>
      </div>
    </>
  );
}
