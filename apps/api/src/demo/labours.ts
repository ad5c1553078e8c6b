import type { ActivityKind } from '@tallystick/domain';
import { GiveNotice } from '../features/engagement/use-cases/give-notice';
import { TimesheetQueries } from '../features/timesheet/timesheet.queries';
import { AddEntry } from '../features/timesheet/use-cases/add-entry';
import { AnswerQuestion } from '../features/timesheet/use-cases/answer-question';
import { ApproveLines } from '../features/timesheet/use-cases/approve-lines';
import { QuestionLine } from '../features/timesheet/use-cases/question-line';
import { StartTimer } from '../features/timesheet/use-cases/start-timer';
import { StopTimer } from '../features/timesheet/use-cases/stop-timer';
import { SubmitWeek } from '../features/timesheet/use-cases/submit-week';
import type { Cast, DemoEngagement } from './cast';
import type { Stage } from './stage';

type Act = () => Promise<unknown>;
const CANNOT_WORK = [
  'WEEK_NOT_FUNDED',
  'WORK_WAITS',
  'WORK_NOT_BEGUN',
  'WEEK_SETTLED',
  'WEEKLY_CAP',
  'ENGAGEMENT_ENDED',
  'ENTRY_AFTER_END',
  'TIMESHEET_OVERLAP',
  'TIMER_RUNS',
];
const KINDS: readonly ActivityKind[] = ['WORK', 'WORK', 'WORK', 'INSTRUCTIONS', 'REVIEW', 'MEETING'];

/** Weeks of work: timers, entries by hand, handing in, review, questions, notice. */
export class Labours {
  /** Questions that were asked and not ended yet, by line. */
  private readonly questions: {
    readonly engagement: DemoEngagement;
    readonly entryId: string;
    isAnswered: boolean;
    round: number;
  }[] = [];
  /** The week of a line that was asked about. */
  private readonly sheets = new Map<string, string>();

  constructor(
    private readonly stage: Stage,
    private readonly cast: Cast,
  ) {}

  /** Timers start where a week is funded. */
  starts(likelihood = 0.85): Act[] {
    return this.running()
      .filter(({ expert }) => expert.plan.number === 0 || this.stage.chance.happens(likelihood))
      .map((each) => async () => {
        const about = { engagementId: each.id, kind: this.stage.chance.pick(KINDS), note: this.noteOf(each) };
        each.trackedFrom = this.stage.now();
        each.isTracking = await this.stage.tolerating(
          () => this.stage.use(StartTimer).run(each.expert.person, about),
          ...CANNOT_WORK,
        );
      });
  }

  /** Timers stop; some at the last activity and not now. */
  stops(): Act[] {
    return this.cast.engagements
      .filter(({ isTracking }) => isTracking)
      .map((each) => async () => {
        const now = this.stage.now().getTime();
        // At most half of what ran is cut off.
        const ran = now - (each.trackedFrom?.getTime() ?? now);
        const earlier = Math.floor((ran * this.stage.chance.between(0, 45)) / 100);
        each.isTracking = false;
        const [sheetId] = await this.stage
          .use(StopTimer)
          .run(each.expert.person, { keepWhatFits: true, endsAt: new Date(now - earlier) });
        each.sheetId = sheetId ?? each.sheetId;
      });
  }

  /** Time entered by hand, from an instant on. */
  entries(from: Date, likelihood = 0.7): Act[] {
    return this.running()
      .filter(() => this.stage.chance.happens(likelihood))
      .map((each) => () => this.enter(each, from, this.stage.chance.between(4, 11) * 15));
  }

  /** One entry by hand. Returns false where the product does not allow it. */
  enter(each: DemoEngagement, from: Date, minutes: number): Promise<boolean> {
    return this.stage.tolerating(
      async () => {
        const [sheetId] = await this.stage.use(AddEntry).run(each.expert.person, {
          engagementId: each.id,
          kind: this.stage.chance.pick(KINDS),
          note: this.noteOf(each),
          startsAt: from,
          endsAt: new Date(from.getTime() + minutes * 60_000),
          idempotencyKey: this.stage.key(),
        });
        each.sheetId = sheetId ?? each.sheetId;
      },
      ...CANNOT_WORK,
    );
  }

  /** Experts hand their weeks in, all but those that are named. */
  handIns(but: (each: DemoEngagement) => boolean = () => false): Act[] {
    return this.cast.engagements
      .filter((each) => each.sheetId !== undefined && !but(each))
      .map((each) => () => this.handIn(each));
  }

  async handIn(each: DemoEngagement): Promise<void> {
    const { sheetId } = each;
    if (sheetId === undefined) return;
    each.sheetId = undefined;
    await this.stage.use(SubmitWeek).run(each.expert.person, sheetId, this.stage.key());
    each.handedInId = sheetId;
  }

  /** Labs review what was handed in: most approve, some ask about a line, some are silent. */
  reviews(but: (each: DemoEngagement) => boolean = () => false): Act[] {
    return this.cast.engagements.flatMap((each) => {
      const { handedInId } = each;
      if (handedInId === undefined || but(each)) return [];
      each.handedInId = undefined;
      const turn = this.stage.chance.between(1, 100);
      const isSilent = turn <= (each.lab.content.name === 'Brightmoor' ? 60 : 12);
      if (isSilent) return [];
      return [() => (turn > 86 ? this.question(each, handedInId) : this.approve(each, handedInId))];
    });
  }

  /** Approves everything that waits in a week. */
  async approve(each: DemoEngagement, timesheetId: string): Promise<void> {
    await this.stage.tolerating(
      () =>
        this.stage
          .use(ApproveLines)
          .run(each.lab.reviewer, { timesheetId, idempotencyKey: this.stage.key() }),
      'NOTHING_TO_APPROVE',
      'INSUFFICIENT_BALANCE',
    );
  }

  /** Experts answer what they were asked: some accept less, some explain. */
  replies(likelihood = 1): Act[] {
    return this.questions
      .filter(({ isAnswered }) => !isAnswered && this.stage.chance.happens(likelihood))
      .map((question) => async () => {
        const accept = question.round === 1 && this.stage.chance.happens(0.45);
        question.isAnswered = true;
        if (accept) this.questions.splice(this.questions.indexOf(question), 1);
        const answer = accept
          ? ''
          : 'The second case needed a look at three sources; the note names them. The time is right.';
        await this.stage.use(AnswerQuestion).run(question.engagement.expert.person, {
          entryId: question.entryId,
          accept,
          answer,
          idempotencyKey: this.stage.key(),
        });
      });
  }

  /** Labs end answered questions by approving, or ask once more: a dispute. */
  settlements(): Act[] {
    return this.questions
      .filter(({ isAnswered }) => isAnswered)
      .map((question) => async () => {
        const { engagement, entryId } = question;
        const isDispute = question.round === 1 && this.stage.chance.happens(0.4);
        if (isDispute) {
          question.round = 2;
          question.isAnswered = false;
          await this.ask(
            engagement,
            entryId,
            'The sources take minutes, not an hour. What else was done in this time?',
            30,
          );
          return;
        }
        this.questions.splice(this.questions.indexOf(question), 1);
        const sheetId = this.sheets.get(entryId);
        if (sheetId) await this.approve(engagement, sheetId);
      });
  }

  /** One side gives notice. */
  async giveNotice(each: DemoEngagement, byLab: boolean): Promise<void> {
    each.hasNotice = true;
    const reason = byLab
      ? 'The layer is done earlier than planned; the work was good.'
      : 'A new position leaves me no time for this work.';
    await this.stage.use(GiveNotice).run(byLab ? each.lab.owner : each.expert.person, {
      engagementId: each.id,
      reason,
      idempotencyKey: this.stage.key(),
    });
  }

  /** Asks about the last line of a week and approves the others. */
  async question(each: DemoEngagement, timesheetId: string): Promise<void> {
    const { lines } = await this.stage.use(TimesheetQueries).sheet(each.lab.reviewer, timesheetId);
    const line = lines.at(-1);
    if (!line) return;
    const proposal = Math.floor(line.countedSeconds / 120);
    await this.ask(
      each,
      line.id,
      'This took longer than the cases next to it. What was different here?',
      proposal,
    );
    this.questions.push({ engagement: each, entryId: line.id, isAnswered: false, round: 1 });
    this.sheets.set(line.id, timesheetId);
    await this.approve(each, timesheetId);
  }

  private async ask(
    each: DemoEngagement,
    entryId: string,
    question: string,
    proposedMinutes: number,
  ): Promise<void> {
    const input = { entryId, question, proposedMinutes, idempotencyKey: this.stage.key() };
    await this.stage.use(QuestionLine).run(each.lab.reviewer, input);
  }

  private running(): DemoEngagement[] {
    return this.cast.engagements.filter(({ isEnded }) => !isEnded);
  }

  private noteOf({ opening }: DemoEngagement): string {
    const { topics } = opening.layer.speciality;
    const { chance } = this.stage;
    return chance.pick([
      `${chance.between(4, 20)} answers about ${chance.pick(topics)}`,
      `Rubric for ${chance.pick(topics)}, second draft`,
      `Compared ${chance.between(6, 24)} pairs, noted why the worse one fails`,
      `Calibration with the group on ${chance.pick(topics)}`,
    ]);
  }
}
