import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { DeclaredConflictsQuery } from '../../gql/graphql';
import { useFilters } from '../../lib/filters';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { day } from '../../lib/time';
import { Confirm } from '../../ui/confirm';
import { LongTextField } from '../../ui/field';
import { Facts } from '../../ui/figures';
import { Empty, Page, Ready, Sheet } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { StateTag } from '../../ui/state-tag';
import { say } from '../../ui/toast';
import { labStanding } from './conflict-words';

const DeclaredConflicts = graphql(`
  query DeclaredConflicts($after: String) {
    conflictDeclarations(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      edges {
        node {
          id
          expertName
          organisation
          competitor
          belongsTo
          words
          standing
          declaredAt
          decision {
            isConflict
            reason
            decidedByName
            decidedAt
          }
        }
      }
    }
  }
`);
const Decide = graphql(`
  mutation DecideConflict($input: DecideConflictInput!) {
    decideConflict(input: $input)
  }
`);

type Declaration = DeclaredConflictsQuery['conflictDeclarations']['edges'][number]['node'];

/** What experts declared of organisations whose names are like those of a lab's competitors, for a person to look at. */
export function LabConflictsPage() {
  const [{ after }, change] = useFilters({ after: '' });
  const query = useQuery({ query: DeclaredConflicts, variables: { after: after || null } });
  const [, reload] = query;
  return (
    <Page
      title="Conflicts"
      about="Experts who work for an organisation whose name is written like one of your competitors say who owns it. You may decide otherwise; they read why."
      action={<Link to="/lab/vetting">Your competitors</Link>}
    >
      <Ready query={query}>
        {({ conflictDeclarations: { edges, pageInfo, totalCount } }) =>
          edges.length === 0 ? (
            <Empty>
              Nothing was declared. Who works for a competitor that you name is kept off without asking; who
              works for one with a name like it is asked first.
            </Empty>
          ) : (
            <>
              {edges.map(({ node }) => (
                <Declared
                  key={node.id}
                  declared={node}
                  onDecided={() => reload({ requestPolicy: 'network-only' })}
                />
              ))}
              <Pager pageInfo={pageInfo} total={totalCount} onPage={(next) => change({ after: next })} />
            </>
          )
        }
      </Ready>
    </Page>
  );
}

function Declared({
  declared,
  onDecided,
}: {
  readonly declared: Declaration;
  readonly onDecided: () => void;
}) {
  const { expertName, organisation, competitor, belongsTo, words, standing, declaredAt, decision } = declared;
  const { state, text } = labStanding(standing);
  return (
    <Sheet label={`${expertName}: ${organisation}`}>
      <h2>
        {organisation} <span className="quiet">beside your competitor {competitor}</span>
      </h2>
      <p>
        <StateTag state={state} text={text} />
      </p>
      <Facts
        facts={[
          ['Declared by', `${expertName}, on ${day(declaredAt)}`],
          [
            'Belongs to, or goes by',
            belongsTo.length > 0 ? belongsTo.join(', ') : 'Nothing else: it stands alone',
          ],
          ['Who owns it', words],
          [
            'Seen by',
            decision
              ? `${decision.decidedByName}, on ${day(decision.decidedAt)}: ${decision.reason}`
              : 'Nobody of yours yet',
          ],
        ]}
      />
      <div className="row">
        {standing !== 'RAISED' && <DecideButton declared={declared} isConflict onDecided={onDecided} />}
        {standing !== 'CLEARED' && (
          <DecideButton declared={declared} isConflict={false} onDecided={onDecided} />
        )}
      </div>
    </Sheet>
  );
}

function DecideButton({
  declared: { id, expertName, organisation },
  isConflict,
  onDecided,
}: {
  readonly declared: Declaration;
  readonly isConflict: boolean;
  readonly onDecided: () => void;
}) {
  const form = useAppForm({
    values: { reason: '' },
    rules: rules.object({ reason: said('Say why; the expert reads it.', 1000) }),
    write: Decide,
    variables: ({ reason }, idempotencyKey) => ({
      input: { declarationId: id, isConflict, reason, idempotencyKey },
    }),
    onDone: () => {
      say('Decided. The expert is told.');
      onDecided();
    },
  });
  const verb = isConflict ? 'It is a conflict' : 'It is no conflict';
  return (
    <Confirm
      button={verb}
      name={`${verb}: ${expertName} at ${organisation}`}
      weight={isConflict ? 'danger' : 'quiet'}
      title={isConflict ? `Keep ${expertName} off your openings?` : `Let ${expertName} be engaged?`}
      verb={verb}
      run={form.send}
      problem={form.problem}
      isSending={form.isSending}
    >
      <p>
        {isConflict
          ? 'They are taken off your shortlists, and you can engage them for nothing new while they work there. Work that has begun goes on; end it yourself where it must end.'
          : 'They pass this gate for all of your openings, whatever was declared, as long as names stay as they are.'}
      </p>
      <LongTextField form={form} name="reason" label="Why" hint="The expert reads it." />
    </Confirm>
  );
}
