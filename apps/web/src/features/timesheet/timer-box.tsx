import { ACTIVITY_KINDS } from '@tallystick/domain';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { clock, duration, stopwatch } from '../../lib/time';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/confirm';
import { SelectField, TextField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Notice, ProblemNotice } from '../../ui/notice';
import { Sheet } from '../../ui/page';
import { say } from '../../ui/toast';
import { useAction } from '../../ui/use-action';
import { IDLE_SECONDS, tellTabs } from './running-time';
import { useRunning, type RunningTimer } from './use-running';

const Start = graphql(`
  mutation StartTimer($input: TimerInput!) {
    startTimer(input: $input) {
      engagementId
      startedAt
    }
  }
`);
const Stop = graphql(`
  mutation StopTimer($endsAt: DateTime, $trimOverlap: Boolean, $keepWhatFits: Boolean) {
    stopTimer(endsAt: $endsAt, trimOverlap: $trimOverlap, keepWhatFits: $keepWhatFits)
  }
`);
const Keep = graphql(`
  mutation KeepTimer {
    beatTimer {
      engagementId
      lastHeartbeatAt
    }
  }
`);
const Discard = graphql(`
  mutation DiscardTimer {
    discardTimer
  }
`);

/** An engagement for which time can be logged. */
export interface Workplace {
  readonly engagementId: string;
  readonly openingTitle: string;
  readonly labName: string;
}

export const ACTIVITIES = Object.entries(ACTIVITY_KINDS);
/** The name of an activity. */
export const activityOf = (kind: string) => ACTIVITY_KINDS[kind as keyof typeof ACTIVITY_KINDS] ?? kind;
/** An engagement in words. */
export const workOf = ({ openingTitle, labName }: Workplace) => `${openingTitle}, ${labName}`;

type Shown = RunningTimer & { readonly engagementId: string; readonly kind: string; readonly note: string };

/** The timer: starts, runs over reloads and in all tabs, stops into an entry. */
export function TimerBox({
  timer,
  places,
}: {
  readonly timer?: Shown;
  readonly places: readonly Workplace[];
}) {
  return (
    <Sheet label="Timer">
      <h2>Timer</h2>
      {timer ? <Running timer={timer} places={places} /> : <StartForm places={places} />}
    </Sheet>
  );
}

function StartForm({ places }: { readonly places: readonly Workplace[] }) {
  const form = useAppForm({
    values: { engagementId: places[0]?.engagementId ?? '', kind: 'WORK', note: '' },
    rules: rules.object({
      engagementId: rules.string(),
      kind: rules.string(),
      note: rules.string().check(rules.maxLength(500, 'A note has at most 500 characters.')),
    }),
    write: Start,
    variables: (input) => ({ input }),
    onDone: tellTabs,
  });
  return (
    <Form form={form} button="Start the timer" weight="plain">
      <div className="grid">
        <SelectField
          form={form}
          name="engagementId"
          label="Work on"
          options={places.map((place) => [place.engagementId, workOf(place)] as const)}
        />
        <SelectField form={form} name="kind" label="Kind of work" options={ACTIVITIES} />
        <TextField form={form} name="note" label="What you are working on" />
      </div>
    </Form>
  );
}

function Running({ timer, places }: { readonly timer: Shown; readonly places: readonly Workplace[] }) {
  const { seconds, silentSeconds } = useRunning(timer);
  const stop = useAction(Stop);
  const place = places.find(({ engagementId }) => engagementId === timer.engagementId);
  const end = async (how: { endsAt?: string; trimOverlap?: boolean; keepWhatFits?: boolean }) => {
    if (!(await stop.run(how))) return;
    tellTabs();
    say(seconds < 60 ? 'Stopped. Less than a minute is not kept.' : 'Stopped. The time is in your week.');
  };
  const cut = { endsAt: timer.lastHeartbeatAt };
  return (
    <>
      <p className="stopwatch">
        <strong role="timer">{stopwatch(seconds)}</strong>
      </p>
      <p>
        {activityOf(timer.kind)}
        {place && <> on {workOf(place)}</>}
        {timer.note && <>: {timer.note}</>} <span className="quiet">since {clock(timer.startedAt)}</span>
      </p>
      {silentSeconds > IDLE_SECONDS && (
        <Away timer={timer} onCut={() => void end(cut)} isSending={stop.isSending} />
      )}
      <ProblemNotice problem={stop.problem} />
      {stop.problem && <WaysOut code={stop.problem.code} onEnd={(how) => void end(how)} cut={cut} />}
      <div className="row">
        <Button weight="main" isSending={stop.isSending} onPress={() => void end({})}>
          Stop the timer
        </Button>
        <DiscardTimer seconds={seconds} />
      </div>
    </>
  );
}

/** What can be kept where stopping was refused; the timer runs on meanwhile. */
function WaysOut({
  code,
  onEnd,
  cut,
}: {
  readonly code: string;
  readonly onEnd: (how: { endsAt?: string; trimOverlap?: boolean; keepWhatFits?: boolean }) => void;
  readonly cut: { readonly endsAt: string };
}) {
  if (code === 'TIMESHEET_OVERLAP')
    return (
      <Button onPress={() => onEnd({ trimOverlap: true })}>Keep only the part that does not overlap</Button>
    );
  if (code === 'WEEKLY_CAP' || code === 'WEEK_NOT_FUNDED' || code === 'WORK_WAITS')
    return (
      <Button onPress={() => onEnd({ keepWhatFits: true, trimOverlap: true })}>Keep only what fits</Button>
    );
  if (code === 'ENTRY_TOO_LONG')
    return (
      <Button onPress={() => onEnd(cut)}>End it at {clock(cut.endsAt)}, when you were last active</Button>
    );
  return null;
}

/** Asked after ten minutes without a sign of life; nothing is cut without the expert. */
function Away({
  timer,
  onCut,
  isSending,
}: {
  readonly timer: Shown;
  readonly onCut: () => void;
  readonly isSending: boolean;
}) {
  const keep = useAction(Keep);
  return (
    <Notice tone="warning">
      <p>
        You were last active at {clock(timer.lastHeartbeatAt)}. Was the time since then work? Nothing is cut
        unless you say so.
      </p>
      <div className="row">
        <Button isSending={keep.isSending} onPress={() => void keep.run({})}>
          Keep all of it
        </Button>
        <Button isSending={isSending} onPress={onCut}>
          Stop at {clock(timer.lastHeartbeatAt)}
        </Button>
      </div>
    </Notice>
  );
}

function DiscardTimer({ seconds }: { readonly seconds: number }) {
  const { run, isSending, problem } = useAction(Discard);
  return (
    <Confirm
      button="Discard"
      weight="quiet"
      title="Throw this time away?"
      verb="Throw it away"
      isSending={isSending}
      problem={problem}
      run={async () => {
        const done = await run({});
        if (done) tellTabs();
        return done;
      }}
    >
      <p>{duration(seconds)} will not be logged, and so not be paid. This cannot be undone.</p>
    </Confirm>
  );
}
