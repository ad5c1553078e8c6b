import { ACTIVITY_KINDS } from '@tallystick/domain';
import type { WeekToReviewQuery } from '../../gql/graphql';
import { clock, duration, moment } from '../../lib/time';
import { words } from '../../lib/words';
import { Notice } from '../../ui/notice';
import { StateTag } from '../../ui/state-tag';
import { TallyLine } from '../../ui/tally';
import { ApproveLine } from './approve-buttons';
import { QuestionButton } from './question-button';
import { LINE_WORDS } from './review-words';

type Line = WeekToReviewQuery['timesheet']['lines'][number];
type Asked = Line['questions'][number];

/** One line of a week: when, what, how it was measured, its three numbers, what was asked and answered. */
export function ReviewLine({
  weekId,
  line,
  mayReview,
}: {
  readonly weekId: string;
  readonly line: Line;
  readonly mayReview: boolean;
}) {
  const { kind, source, note, startsAt, endsAt, state, countedSeconds, isCharged, tally, questions } = line;
  const span = `${clock(startsAt)} to ${clock(endsAt)}`;
  const isOpen = state === 'SUBMITTED' || state === 'ANSWERED';
  return (
    <li className="sheet" aria-label={span}>
      <div className="spread">
        <h3>
          {span} <span className="quiet">{duration(countedSeconds)}</span>
        </h3>
        <TallyLine tally={tally} />
      </div>
      <p>
        <strong>{ACTIVITY_KINDS[kind as keyof typeof ACTIVITY_KINDS] ?? words(kind)}</strong>{' '}
        <StateTag
          state={source === 'TRACKED' ? 'TRACKED' : 'MANUAL'}
          text={source === 'TRACKED' ? 'Tracked by timer' : 'Entered by hand'}
        />{' '}
        <StateTag state={state} text={isCharged ? 'Approved and charged' : LINE_WORDS[state]} />
      </p>
      <p>{note || <span className="quiet">No note.</span>}</p>
      {questions.map((asked) => (
        <Thread key={asked.id} asked={asked} />
      ))}
      {mayReview && (isOpen || state === 'QUESTIONED') && (
        <div className="row">
          <ApproveLine weekId={weekId} line={line} span={span} />
          {isOpen && <QuestionButton line={line} span={span} />}
        </div>
      )}
    </li>
  );
}

const SETTLED: Readonly<Record<string, string>> = {
  ACCEPTED: 'The expert accepted the proposed time.',
  APPROVED: 'Approved as it was logged.',
};

/** A question, its answer and how it was settled. */
function Thread({ asked }: { readonly asked: Asked }) {
  const { question, proposedSeconds, askedAt, answer, answeredAt, resolution } = asked;
  return (
    <Notice tone={resolution ? 'plain' : 'warning'}>
      <p>
        You asked on {moment(askedAt)}: {question}{' '}
        {typeof proposedSeconds === 'number' && `You proposed to count ${duration(proposedSeconds)}.`}
      </p>
      {answer && (
        <p>
          The expert answered{answeredAt && ` on ${moment(answeredAt)}`}: {answer}
        </p>
      )}
      {resolution && <p>Settled: {SETTLED[resolution] ?? words(resolution)}</p>}
    </Notice>
  );
}
