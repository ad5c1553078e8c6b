import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../../gql';
import type { OwnConflictsQuery } from '../../gql/graphql';
import { useAppForm } from '../../lib/form';
import { rules, said } from '../../lib/rules';
import { day } from '../../lib/time';
import { counted } from '../../lib/words';
import { ChoiceField, LongTextField } from '../../ui/field';
import { Facts } from '../../ui/figures';
import { Form } from '../../ui/form';
import { Notice } from '../../ui/notice';
import { Empty, Page, Ready, Section, Sheet } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { TagField } from '../../ui/tag-field';
import { say } from '../../ui/toast';
import { ownStanding } from './conflict-words';

const OwnConflicts = graphql(`
  query OwnConflicts {
    myConflicts {
      questions {
        openingId
        labName
        organisation
      }
      declarations {
        id
        labName
        organisation
        belongsTo
        words
        standing
        declaredAt
        decision {
          isConflict
          reason
          decidedAt
        }
      }
    }
  }
`);
const Declare = graphql(`
  mutation DeclareOwnership($input: DeclareOwnershipInput!) {
    declareOwnership(input: $input)
  }
`);

type Conflicts = OwnConflictsQuery['myConflicts'];
type Question = Conflicts['questions'][number];
type Declaration = Conflicts['declarations'][number];

/** What labs ask an expert about where they work, and what they declared. */
export function ExpertConflictsPage() {
  const query = useQuery({ query: OwnConflicts });
  const [, reload] = query;
  return (
    <Page
      title="Conflicts of interest"
      about="Labs name organisations whose people they do not engage. Where the name of yours is written like one of them, you say who owns it."
      back={<Link to="/expert/shown">Where labs see you</Link>}
    >
      <Ready query={query}>
        {({ myConflicts: { questions, declarations } }) => (
          <>
            <Questions questions={questions} onDone={() => reload({ requestPolicy: 'network-only' })} />
            <Declarations declarations={declarations} />
          </>
        )}
      </Ready>
    </Page>
  );
}

function Questions({
  questions,
  onDone,
}: {
  readonly questions: Conflicts['questions'];
  readonly onDone: () => void;
}) {
  if (questions.length === 0) return <Empty>No lab asks anything about where you work.</Empty>;
  return (
    <Section title={counted(questions.length, 'question')}>
      <p>
        Until you answer, you are not shown to these labs and cannot apply to them. Nothing is decided against
        you by a name alone. What you write goes to that lab, with your name; a person there may ask you, and
        decides.
      </p>
      {questions.map((question) => (
        <Question
          key={`${question.openingId} ${question.organisation}`}
          question={question}
          onDone={onDone}
        />
      ))}
    </Section>
  );
}

const ALONE = 'ALONE';
const BELONGS = 'BELONGS';

function Question({ question, onDone }: { readonly question: Question; readonly onDone: () => void }) {
  const { openingId, labName, organisation } = question;
  const form = useAppForm({
    values: { answer: '', belongsTo: [] as string[], words: '' },
    rules: rules.object({
      answer: said('Choose one of the two.'),
      belongsTo: rules.array(rules.string()),
      words: said('Say in a sentence who owns it.', 1000),
    }),
    write: Declare,
    variables: ({ answer, belongsTo, words }, idempotencyKey) => ({
      input: {
        ...{ openingId, organisation, words, idempotencyKey },
        belongsTo: answer === BELONGS ? belongsTo : [],
      },
    }),
    onDone: () => {
      say('Declared. The lab reads it; what it settles is settled at once.');
      onDone();
    },
    keepAs: `conflict-${openingId}-${organisation}`,
  });
  const belongs = form.watch('answer') === BELONGS;
  const names = form.watch('belongsTo');
  return (
    <Sheet label={`${labName} asks about ${organisation}`}>
      <h3>
        {labName} asks: who owns {organisation}?
      </h3>
      <Form form={form} button="Declare" isDisabled={belongs && names.length === 0}>
        <ChoiceField
          form={form}
          name="answer"
          label={`Does ${organisation} belong to another organisation, or go by another name?`}
          options={[
            { code: ALONE, label: 'No, it stands alone under this name' },
            { code: BELONGS, label: 'Yes' },
          ]}
        />
        {belongs && (
          <TagField
            form={form}
            name="belongsTo"
            label="To which it belongs, and its other names"
            hint="Press Enter after each. Owners of its owners count, too."
          />
        )}
        <LongTextField
          form={form}
          name="words"
          label="Who owns it"
          hint="One sentence is enough. You can declare this once; if it changes, the lab can settle it with you."
        />
      </Form>
    </Sheet>
  );
}

function Declarations({ declarations }: { readonly declarations: Conflicts['declarations'] }) {
  if (declarations.length === 0) return null;
  return (
    <Section title="What you declared">
      {declarations.some(({ standing }) => standing === 'UNSETTLED') && (
        <Notice tone="warning">Where a person at the lab decides, you are told as soon as they have.</Notice>
      )}
      {declarations.map((declared) => (
        <Declared key={declared.id} declared={declared} />
      ))}
    </Section>
  );
}

function Declared({ declared }: { readonly declared: Declaration }) {
  const { labName, organisation, belongsTo, words, standing, declaredAt, decision } = declared;
  const { state, text } = ownStanding(standing);
  return (
    <Sheet label={`${organisation}, for ${labName}`}>
      <h3>
        {organisation} <span className="quiet">for {labName}</span>
      </h3>
      <p>
        <StateTag state={state} text={text} />
      </p>
      <Facts
        facts={[
          ['Declared', day(declaredAt)],
          [
            'Belongs to, or goes by',
            belongsTo.length > 0 ? belongsTo.join(', ') : 'Nothing else: it stands alone',
          ],
          ['Who owns it', words],
          decision && ['What the lab says', `${decision.reason} (${day(decision.decidedAt)})`],
        ]}
      />
    </Sheet>
  );
}
