import {
  ADD,
  APPROVE_WEEK,
  entryOn,
  moneyWorld,
  NOON,
  putIn,
  running,
  SUBMIT,
  tuesday,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { key, newExpert, vettedLab } from '../../../test/main-job';

const START =
  'mutation($input: TimerInput!) { startTimer(input: $input) { engagementId startedAt lastHeartbeatAt now } }';
const STOP =
  'mutation($trim: Boolean, $fit: Boolean, $at: DateTime) { stopTimer(trimOverlap: $trim, keepWhatFits: $fit, endsAt: $at) }';
const EDIT =
  'mutation($input: EditEntryInput!) { editEntry(input: $input) { lines { id source startsAt note } } }';
const LINES = 'id source note state startsAt endsAt countedSeconds isCharged';
const WEEK = `{ myWeek { loggedSeconds timer { note } rows { openingTitle labName holdState weeklyCapSeconds loggedSeconds leftSeconds isNearCap sheets { id sheetNumber state isRecallable lines { ${LINES} } } } } }`;
const QUESTION = 'mutation($input: QuestionLineInput!) { questionLine(input: $input) }';
const ANSWER = 'mutation($input: AnswerQuestionInput!) { answerQuestion(input: $input) }';
const APPROVE = 'mutation($input: ApproveLinesInput!) { approveLines(input: $input) { state } }';
const RECALL = 'mutation($id: ID!) { recallWeek(id: $id) { state } }';
const HOUR_MS = 3_600_000;

interface Line {
  id: string;
  source: string;
  note: string;
  state: string;
  startsAt: string;
  endsAt: string;
  countedSeconds: number;
  isCharged: boolean;
}

describe('the week', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let expert: Expert;
  let heart: string;
  beforeAll(async () => {
    // The test moves hours and days ahead; sessions go with it.
    world = await moneyWorld({ SESSION_IDLE_SECONDS: '9999999', SESSION_MAX_SECONDS: '9999999' });
    lab = await vettedLab(world.api, 'Cumulus');
    expert = await newExpert(world.api, 'Dr Ana');
  });
  afterAll(() => world.stop());

  const at = (hours: number) => world.api.clock.hold(new Date(NOON.getTime() + hours * HOUR_MS));
  const week = async () => (await expert.ask(WEEK)).myWeek;
  const row = async (title: string) =>
    (await week()).rows.find((each: { openingTitle: string }) => each.openingTitle === title);
  const linesOf = async (title: string): Promise<Line[]> =>
    (await row(title)).sheets.flatMap((sheet: { lines: Line[] }) => sheet.lines);
  const timerFor = (engagementId: string, more: object = {}) => ({
    input: { engagementId, kind: 'WORK', note: 'Reviewing', ...more },
  });

  it('lets nobody start a timer in a week that is not funded', async () => {
    heart = await running(world, lab, expert, 'Heart review');
    expect(await row('Heart review')).toMatchObject({ holdState: 'FAILED', labName: 'Cumulus' });
    expect(await expert.refused(START, timerFor(heart))).toMatchObject({ code: 'WEEK_NOT_FUNDED' });
    await putIn(world, lab, '1000000');
    expect(await row('Heart review')).toMatchObject({
      holdState: 'HELD',
      leftSeconds: 36_000,
      isNearCap: false,
    });
  });

  it('refuses time that cannot be, and says of which field', async () => {
    const refusals: [object, string, string][] = [
      [entryOn(heart, '10:00', '09:00').input, 'ENTRY_BACKWARDS', 'endsAt'],
      [{ ...entryOn(heart, '10:00', '11:00').input, note: '' }, 'ENTRY_NEEDS_NOTE', 'note'],
      [{ ...entryOn(heart, '10:00', '11:00').input, kind: 'SLEEP' }, 'INVALID_INPUT', 'kind'],
      [
        {
          ...entryOn(heart, '10:00', '11:00').input,
          endsAt: '2026-11-18T12:30:00Z',
          startsAt: '2026-11-18T11:30:00Z',
        },
        'ENTRY_IN_FUTURE',
        'endsAt',
      ],
      [
        {
          ...entryOn(heart, '10:00', '11:00').input,
          startsAt: '2026-11-10T10:00:00Z',
          endsAt: '2026-11-10T11:00:00Z',
        },
        'WEEK_NOT_FUNDED',
        'startsAt',
      ],
    ];
    for (const [input, code, field] of refusals)
      expect(await expert.refused(ADD, { input })).toMatchObject({ code, field });
    const other = await newExpert(world.api, 'Dr Bob');
    expect(await other.refused(ADD, entryOn(heart, '10:00', '11:00'))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await week()).loggedSeconds).toBe(0);
  });

  it('runs one timer, and asks before it stops it for another', async () => {
    const lung = await running(world, lab, expert, 'Lung review');
    const { startTimer } = await expert.ask(START, timerFor(heart));
    expect(startTimer).toMatchObject({ engagementId: heart, now: NOON.toISOString() });
    expect(await expert.refused(START, timerFor(lung))).toMatchObject({
      code: 'TIMER_RUNS',
      message: expect.stringContaining('12:00 UTC'),
    });
    at(1);
    expect((await expert.ask('mutation { beatTimer { lastHeartbeatAt } }')).beatTimer.lastHeartbeatAt).toBe(
      '2026-11-18T13:00:00.000Z',
    );
    await expert.ask(START, timerFor(lung, { stopRunning: true }));
    expect(await linesOf('Heart review')).toMatchObject([{ source: 'TRACKED', countedSeconds: 3600 }]);
    await expert.ask('mutation { discardTimer }');
    expect(await expert.refused('mutation { discardTimer }')).toMatchObject({ code: 'NO_TIMER' });
    expect(await expert.refused(STOP)).toMatchObject({ code: 'NO_TIMER' });
    expect(await linesOf('Lung review')).toEqual([]);
  });

  it('refuses to stop a timer over a manual entry, names it, and keeps the rest when asked', async () => {
    await expert.ask(START, timerFor(heart));
    at(3);
    const meeting = {
      startsAt: '2026-11-18T14:00:00Z',
      endsAt: '2026-11-18T14:30:00Z',
      note: 'Team meeting',
    };
    await expert.ask(ADD, { input: { ...entryOn(heart, '01:00', '02:00').input, ...meeting } });
    const refused = await expert.refused(STOP);
    expect(refused).toMatchObject({ code: 'TIMESHEET_OVERLAP', field: 'startsAt' });
    expect(refused.message).toContain(
      '14:00 to 14:30 UTC on 18 November 2026 on Heart review (“Team meeting”)',
    );
    expect((await week()).timer).toMatchObject({ note: 'Reviewing' });
    await expert.ask(STOP, { trim: true });
    const tracked = (await linesOf('Heart review')).filter(({ source }) => source === 'TRACKED');
    expect(
      tracked.map(({ startsAt, endsAt }) => `${startsAt.slice(11, 16)}-${endsAt.slice(11, 16)}`),
    ).toEqual(['12:00-13:00', '13:00-14:00', '14:30-15:00']);
  });

  it('ends a forgotten timer where the expert says, never after now', async () => {
    await expert.ask(START, timerFor(heart));
    at(24);
    expect(await expert.refused(STOP)).toMatchObject({ code: 'ENTRY_TOO_LONG' });
    expect(await expert.refused(STOP, { at: '2026-11-20T00:00:00Z' })).toMatchObject({
      code: 'TIMER_END_OUTSIDE',
      field: 'endsAt',
    });
    await expert.ask(STOP, { at: '2026-11-18T15:30:00Z' });
    expect((await row('Heart review')).loggedSeconds).toBe(3.5 * 3600);
  });

  it('keeps to the weekly cap, warns before it, and keeps what fits of a timer', async () => {
    await expert.ask(ADD, entryOn(heart, '09:00', '14:30', 'A long block'));
    expect(await row('Heart review')).toMatchObject({ leftSeconds: 3600, isNearCap: true });
    expect(await expert.refused(ADD, entryOn(heart, '15:00', '17:00'))).toMatchObject({
      code: 'WEEKLY_CAP',
      message: expect.stringContaining('1 h of it is left'),
    });
    await expert.ask(START, timerFor(heart));
    at(27);
    expect(await expert.refused(STOP)).toMatchObject({ code: 'WEEKLY_CAP' });
    await expert.ask(STOP, { fit: true });
    expect(await row('Heart review')).toMatchObject({ leftSeconds: 0, loggedSeconds: 36_000 });
    expect(await expert.refused(START, timerFor(heart))).toMatchObject({ code: 'WEEKLY_CAP' });
  });

  it('lets a draft be changed and taken back; what is changed by hand is no longer tracked', async () => {
    const tracked = (await linesOf('Heart review')).find(({ source }) => source === 'TRACKED');
    const other = (await linesOf('Heart review')).find(({ note }) => note === 'A long block');
    const change = {
      id: other?.id,
      kind: 'WORK',
      note: 'A shorter block',
      startsAt: tuesday('09:00'),
      endsAt: tuesday('10:00'),
      idempotencyKey: key(),
    };
    await expert.ask(EDIT, { input: change });
    const next = { ...change, idempotencyKey: key() };
    expect(
      await expert.refused(EDIT, {
        input: { ...next, startsAt: '2026-11-15T23:00:00Z', endsAt: '2026-11-16T01:00:00Z' },
      }),
    ).toMatchObject({ code: 'ENTRY_LEAVES_WEEK' });
    expect(
      await expert.refused(EDIT, {
        input: { ...next, startsAt: '2026-11-18T12:30:00Z', endsAt: '2026-11-18T12:40:00Z' },
      }),
    ).toMatchObject({ code: 'TIMESHEET_OVERLAP' });
    expect(await lab.refused(EDIT, { input: next })).toMatchObject({ code: 'NOT_FOUND' });
    const shorter = {
      id: tracked?.id,
      kind: 'WORK',
      note: 'Cut by hand',
      startsAt: '2026-11-18T12:00:00Z',
      endsAt: '2026-11-18T12:30:00Z',
      idempotencyKey: key(),
    };
    const { editEntry } = await expert.ask(EDIT, { input: shorter });
    expect(editEntry.lines.find(({ id }: Line) => id === tracked?.id)).toMatchObject({ source: 'MANUAL' });
    await expert.ask('mutation($id: ID!) { removeEntry(id: $id) }', { id: other?.id });
    expect(
      await expert.refused('mutation($id: ID!) { removeEntry(id: $id) }', { id: other?.id }),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses an entry that the database finds to overlap, and names the other one', async () => {
    const span = { startsAt: '2026-11-18T12:10:00Z', endsAt: '2026-11-18T12:20:00Z' };
    const refused = await expert.refused(ADD, {
      input: { ...entryOn(heart, '01:00', '02:00').input, ...span },
    });
    expect(refused).toMatchObject({ code: 'TIMESHEET_OVERLAP', field: 'startsAt' });
    expect(refused.message).toContain(
      '12:00 to 12:30 UTC on 18 November 2026 on Heart review (“Cut by hand”)',
    );
  });

  it('keeps drafts from the lab, and lets a week be submitted early and recalled', async () => {
    const [{ id }] = (await row('Heart review')).sheets;
    const READ = 'query($id: ID!) { timesheet(id: $id) { state } }';
    expect(await lab.refused(READ, { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(
      await lab.refused(APPROVE_WEEK, { input: { timesheetId: id, idempotencyKey: key() } }),
    ).toMatchObject({ code: 'NOT_FOUND' });
    expect(await expert.refused(SUBMIT, { id: heart, k: key() })).toMatchObject({ code: 'NOT_FOUND' });
    await expert.ask(SUBMIT, { id, k: key() });
    expect((await lab.ask(READ, { id })).timesheet.state).toBe('SUBMITTED');
    const { reviewQueue } = await lab.ask(
      '{ reviewQueue { totalCount edges { node { id expertName reviewDueAt } } } }',
    );
    expect(reviewQueue).toMatchObject({
      totalCount: 1,
      edges: [{ node: { id, expertName: 'Dr Ana', reviewDueAt: '2026-11-24T15:00:00.000Z' } }],
    });
    const stranger = await vettedLab(world.api, 'Nimbus');
    expect(await stranger.refused(READ, { id })).toMatchObject({ code: 'NOT_FOUND' });
    await expert.ask(RECALL, { id });
    expect(await expert.refused(RECALL, { id })).toMatchObject({ code: 'STATE_CHANGED' });
    await expert.ask(SUBMIT, { id, k: key() });
  });

  it('puts later hours of the same week on a second sheet', async () => {
    await expert.ask(ADD, entryOn(heart, '16:00', '17:00', 'Later hours'));
    const { sheets } = await row('Heart review');
    expect(
      sheets.map(({ sheetNumber, state }: { sheetNumber: number; state: string }) => [sheetNumber, state]),
    ).toEqual([
      [1, 'SUBMITTED'],
      [2, 'OPEN'],
    ]);
  });

  it('settles a question by an answer that the lab then approves, and each side hears of it', async () => {
    const [{ id, lines }] = (await row('Heart review')).sheets;
    const [first, second] = lines as [Line, Line];
    const ask = { entryId: first.id, question: 'What was this half an hour for?', idempotencyKey: key() };
    expect(await lab.refused(QUESTION, { input: { ...ask, proposedMinutes: 30 } })).toMatchObject({
      code: 'PROPOSAL_NOT_LESS',
      field: 'proposedMinutes',
    });
    expect(await lab.refused(QUESTION, { input: { ...ask, question: 'Why?' } })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'question',
    });
    expect(await expert.refused(QUESTION, { input: ask })).toMatchObject({ code: 'NOT_FOUND' });
    await lab.ask(QUESTION, { input: ask });
    expect(await expert.refused(RECALL, { id })).toMatchObject({ code: 'LAB_ACTED' });
    const answer = {
      entryId: first.id,
      accept: false,
      answer: 'Reading the new guideline.',
      idempotencyKey: key(),
    };
    expect(await expert.refused(ANSWER, { input: { ...answer, accept: true } })).toMatchObject({
      code: 'NO_PROPOSAL',
    });
    expect(await expert.refused(ANSWER, { input: { ...answer, answer: '' } })).toMatchObject({
      code: 'ANSWER_MISSING',
      field: 'answer',
    });
    await lab.ask(APPROVE, { input: { timesheetId: id, entryIds: [second.id], idempotencyKey: key() } });
    await expert.ask(ANSWER, { input: answer });
    const told = JSON.stringify(await lab.ask('{ notifications { edges { node { kind body } } } }'));
    expect(told).toContain('Reading the new guideline.');
    await lab.ask(APPROVE, { input: { timesheetId: id, entryIds: [first.id], idempotencyKey: key() } });
    const after = await linesOf('Heart review');
    expect(
      after
        .filter(({ isCharged }) => isCharged)
        .map((line) => line.id)
        .sort(),
    ).toEqual([first.id, second.id].sort());
  });

  it('approves by silence what was submitted, not what was questioned, and only after the days for review', async () => {
    const sheets = (await row('Heart review')).sheets;
    const waiting = (sheets[0].lines as Line[]).filter(({ state }) => state === 'SUBMITTED');
    const asked = waiting[0];
    await lab.ask(QUESTION, {
      input: {
        entryId: asked?.id,
        question: 'Was this time on our cases?',
        proposedMinutes: 10,
        idempotencyKey: key(),
      },
    });
    at(24 * 6 + 2);
    await world.api.job('engagement', 'silence-approves');
    const state = async (id?: string) =>
      (await world.api.owner().query('SELECT state FROM time_entry WHERE id = $1', [id])).rows[0].state;
    expect(await state(waiting[1]?.id)).toBe('SUBMITTED');
    at(24 * 6 + 4);
    await world.api.job('engagement', 'silence-approves');
    expect(await state(waiting[1]?.id)).toBe('APPROVED');
    expect(await state(asked?.id)).toBe('QUESTIONED');
    await expert.ask(ANSWER, {
      input: { entryId: asked?.id, accept: false, answer: 'Yes, on yours.', idempotencyKey: key() },
    });
    await world.api.job('engagement', 'silence-approves');
    expect(await state(asked?.id)).toBe('ANSWERED');
    at(24 * 12);
    await world.api.job('engagement', 'silence-approves');
    expect(await state(asked?.id)).toBe('APPROVED');
    const { rows } = await world.api
      .owner()
      .query(`SELECT DISTINCT actor_kind FROM journal_entry WHERE command = 'silence-approves'`);
    expect(rows).toEqual([{ actor_kind: 'SYSTEM' }]);
    expect(await world.drift()).toEqual([]);
  });

  it('cuts time that crosses Monday 00:00 UTC into both weeks', async () => {
    const fresh = await newExpert(world.api, 'Dr Cleo');
    world.api.clock.hold(new Date('2026-12-03T12:00:00Z'));
    const night = await running(world, lab, fresh, 'Night review');
    await putIn(world, lab, '1000000');
    // On a Thursday the money of the next week is held too.
    await world.api.job('engagement', 'run-weeks');
    world.api.clock.hold(new Date('2026-12-07T09:00:00Z'));
    const input = {
      engagementId: night,
      kind: 'WORK',
      note: 'Over midnight',
      startsAt: '2026-12-06T23:00:00Z',
      endsAt: '2026-12-07T01:30:00Z',
      idempotencyKey: key(),
    };
    await fresh.ask(ADD, { input });
    const { myTimesheets } = await fresh.ask(
      '{ myTimesheets { edges { node { weekStart countedSeconds } } } }',
    );
    expect(myTimesheets.edges.map(({ node }: { node: object }) => node)).toEqual([
      { weekStart: '2026-12-07T00:00:00.000Z', countedSeconds: 5400 },
      { weekStart: '2026-11-30T00:00:00.000Z', countedSeconds: 3600 },
    ]);
  });
});
