import { assignSeats, type SeatProblem } from '@tallystick/matching';
import path from 'node:path';
import { TestApi } from '../../../test/api';
import { key, layer, newExpert, vettedLab } from '../../../test/main-job';
import { SeatSolver } from './engine/seat-solver';

const PROPOSAL = `id version state startedAt step floor isProven offersLeft
  openings { openingId seats filled whyEmpty }
  seats { candidate { openingId expertId expertName } isLocked bestLeftOut { expertName } whyNotThem { code } offerId refusalCode refusal }
  notSeated { candidate { openingId expertName } fit why { code about } }
  refusals { code openingId tag wanted reached }`;
const PROPOSE = `mutation($input: ProposeSeatsInput!) { proposeSeats(input: $input) { ${PROPOSAL} } }`;
const SHOW = `query($projectId: ID!) { seatProposal(projectId: $projectId) { ${PROPOSAL} } }`;
const CANCEL = `mutation($id: ID!) { cancelSeats(proposalId: $id) { id state } }`;
const CONFIRM = `mutation($input: ConfirmSeatsInput!) { confirmSeats(input: $input) { ${PROPOSAL} } }`;
const HOOK = path.join(__dirname, '../../../../../tools/jest/typescript-hook.cjs');
const RULES = { perExpert: 1, largestSharePercent: 100, newcomers: 0, jurisdictions: [], said: [] };

describe('who takes which seat of a project', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.start();
    api.app.get(SeatSolver).execArgv = ['--require', HOOK];
  });
  afterAll(() => api.stop());

  it('is proposed with reasons, changed by what a person says, and confirmed by offers that check every gate again', async () => {
    const lab = await vettedLab(api, 'Cumulus');
    const [ana, ben, cora] = [
      await newExpert(api, 'Dr Ana'),
      await newExpert(api, 'Dr Ben'),
      await newExpert(api, 'Dr Cora'),
    ];
    const one = async (sql: string, ...values: unknown[]) => (await api.owner().query(sql, values)).rows[0];
    const { saveProject } = await lab.ask(
      'mutation($input: SaveProjectInput!) { saveProject(input: $input) { id openings { id title } } }',
      {
        input: {
          ...{ title: 'Heart and brain', summary: 'Judging answers.', taskFamily: 'REASONING' },
          ...{ scarcity: 'LOW', sensitivity: 'LOW', control: 'LOW' },
          ...{ unpaidParts: '', monitoring: '', contentWarning: '' },
          openings: [layer({ title: 'Heart' }), layer({ title: 'Brain', countries: ['US'] })],
          idempotencyKey: key(),
        },
      },
    );
    const projectId = saveProject.id as string;
    await lab.ask('mutation($id: ID!, $k: String!) { publishProject(id: $id, idempotencyKey: $k) { id } }', {
      id: projectId,
      k: key(),
    });
    const opening = (title: string): string =>
      saveProject.openings.find((each: { title: string }) => each.title === title).id;
    const [heart, brain] = [opening('Heart'), opening('Brain')];
    for (const [expert, openings] of [
      [ana, [heart, brain]],
      [ben, [heart]],
      [cora, [brain]],
    ] as const)
      for (const openingId of openings)
        await expert.ask('mutation($input: ApplyInput!) { apply(input: $input) }', {
          input: { openingId, note: 'Hello', idempotencyKey: key() },
        });
    // Cora moves after she has applied.
    await one(`UPDATE expert SET country = 'RO', updated_at = now() WHERE id = $1`, cora.expertId);
    const propose = async (more: object = {}) => {
      const input = { projectId, ...RULES, ...more, idempotencyKey: key() };
      const { proposeSeats } = await lab.ask(PROPOSE, { input });
      expect(proposeSeats).toMatchObject({ state: 'WAITING', seats: [], floor: null });
      await api.runJobs();
      return (await lab.ask(SHOW, { projectId })).seatProposal;
    };
    const who = ({ seats }: { seats: { candidate: { openingId: string; expertName: string } }[] }) =>
      Object.fromEntries(seats.map(({ candidate }) => [candidate.openingId, candidate.expertName])) as Record<
        string,
        string
      >;

    // Both seats are filled though Ana fits both: nobody but she can take the second.
    const first = await propose();
    expect(first).toMatchObject({ state: 'READY', isProven: true, refusals: [], offersLeft: 0 });
    expect([first.startedAt, first.step]).toEqual([expect.any(String), 'FLOOR']);
    expect(who(first)).toEqual({ [heart]: 'Dr Ben', [brain]: 'Dr Ana' });
    expect(first.notSeated).toEqual([
      {
        candidate: { openingId: brain, expertName: 'Dr Cora' },
        fit: null,
        why: { code: 'GATE', about: expect.stringMatching(/\w/) },
      },
    ]);
    // Computed again from what was stored it is the same.
    const row = await one('SELECT * FROM seat_proposal WHERE id = $1', first.id);
    expect(await assignSeats(row.inputs as SeatProblem)).toEqual(row.result);
    expect([row.snapshot_id, row.model_id]).toEqual([expect.any(String), expect.any(String)]);
    await expect(one(`UPDATE seat_proposal SET result = '{}' WHERE id = $1`, first.id)).rejects.toThrow(
      /stays as it was/,
    );

    // What a person says holds, and the proposal before is kept as replaced.
    const locked = await propose({ said: [{ openingId: heart, expertId: ana.expertId, said: 'LOCKED' }] });
    expect(who(locked)).toEqual({ [heart]: 'Dr Ana' });
    expect(locked.seats[0].isLocked).toBe(true);
    expect(locked.openings.find((each: { openingId: string }) => each.openingId === brain)).toMatchObject({
      filled: 0,
      whyEmpty: 'CAPACITY',
    });
    expect((await one('SELECT state FROM seat_proposal WHERE id = $1', first.id)).state).toBe('REPLACED');
    const aside = await propose({ said: [{ openingId: brain, expertId: ana.expertId, said: 'SET_ASIDE' }] });
    expect(Object.keys(who(aside))).toEqual([heart]);

    // A rule that cannot be met is named, with how far one gets.
    const jurisdictions = [{ openingId: heart, jurisdiction: 'DE', atLeast: 1 }];
    expect(await propose({ jurisdictions })).toMatchObject({
      state: 'REFUSED',
      seats: [],
      refusals: [{ code: 'MIX_NOT_REACHED', openingId: heart, tag: 'DE', wanted: 1, reached: 0 }],
    });
    expect(
      (await lab.refused(PROPOSE, { input: { projectId, ...RULES, perExpert: 0, idempotencyKey: key() } }))
        .code,
    ).toBe('INVALID_INPUT');

    // Where the time is over before anything is found the proposal says so, and its job is done.
    const solver = api.app.get(SeatSolver);
    const { seconds } = solver;
    solver.seconds = 0.001;
    expect(await propose()).toMatchObject({
      ...{ state: 'REFUSED', seats: [] },
      refusals: [{ code: 'NOT_WORKED_OUT', openingId: null, tag: null, wanted: 2, reached: 0 }],
    });
    solver.seconds = seconds;

    // What is waited for can be taken back, and nothing is worked out then; a search that runs ends.
    const ask = async () =>
      (await lab.ask(PROPOSE, { input: { projectId, ...RULES, idempotencyKey: key() } })).proposeSeats.id;
    const back = await ask();
    expect((await lab.ask(CANCEL, { id: back })).cancelSeats.state).toBe('CANCELLED');
    expect((await lab.refused(CANCEL, { id: back })).code).toBe('STATE_CHANGED');
    await api.runJobs();
    expect((await lab.ask(SHOW, { projectId })).seatProposal).toMatchObject({ id: back, state: 'CANCELLED' });
    const running = await ask();
    const solve = solver.solve.bind(solver);
    solver.solve = (problem, listening) =>
      new Promise((resolve) => listening?.signal?.addEventListener('abort', () => resolve(undefined)));
    const computing = api.runJobs();
    for (let started = false; !started;)
      started =
        (await one('SELECT started_at FROM seat_proposal WHERE id = $1', running)).started_at !== null;
    await lab.ask(CANCEL, { id: running });
    await computing;
    solver.solve = solve;
    expect((await one('SELECT state, result FROM seat_proposal WHERE id = $1', running)).state).toBe(
      'CANCELLED',
    );

    // Everybody is new here; then one is suspended before the proposal is confirmed.
    const last = await propose({ newcomers: 1 });
    const terms = [heart, brain].map((openingId) => ({
      ...{ openingId, rateMinorPerHour: '12345', weeklyCapHours: 5, noticeDays: 7 },
      startsOn: new Date().toISOString().slice(0, 10),
    }));
    const prices = async () =>
      (
        await lab.ask(
          `query($id: ID!, $terms: [SeatTermsInput!]!) { seatPrices(proposalId: $id, terms: $terms) {
            openingId seats week { price { minor } pay { minor } fee { minor } takeRatePpm } } }`,
          { id: last.id, terms: terms.slice(0, 1) },
        )
      ).seatPrices;
    expect(await prices()).toEqual([
      {
        ...{ openingId: heart, seats: 1 },
        week: {
          ...{ price: { minor: '70984' }, pay: { minor: '61725' }, fee: { minor: '9259' } },
          takeRatePpm: expect.any(Number),
        },
      },
    ]);
    const given = { proposalId: last.id, version: last.version, terms };
    expect((await lab.refused(CONFIRM, { input: { ...given, version: 0 } })).code).toBe('CHANGED_MEANWHILE');
    expect((await lab.refused(CONFIRM, { input: { ...given, terms: terms.slice(1) } })).code).toBe(
      'TERMS_MISSING',
    );
    const low = terms.map((each) => ({ ...each, rateMinorPerHour: '1' }));
    expect(await lab.refused(CONFIRM, { input: { ...given, terms: low } })).toMatchObject({
      code: 'RATE_OUTSIDE_BAND',
      message: expect.stringContaining('Offer a rate in this band.'),
    });
    const past = terms.map((each) => ({ ...each, startsOn: '2020-01-01' }));
    expect((await lab.refused(CONFIRM, { input: { ...given, terms: past } })).code).toBe('START_IN_PAST');
    const whyNot = async () =>
      (
        await lab.ask(
          `query($projectId: ID!) { seatProposal(projectId: $projectId) { seats { candidate { expertName } whyNoOffer } } }`,
          { projectId },
        )
      ).seatProposal.seats
        .map((each: { candidate: { expertName: string }; whyNoOffer: string | null }) => [
          each.candidate.expertName,
          each.whyNoOffer,
        ])
        .sort();
    expect(await whyNot()).toEqual([
      ['Dr Ana', null],
      ['Dr Ben', null],
    ]);
    await one(`UPDATE expert SET state = 'SUSPENDED' WHERE id = $1`, ben.expertId);
    // The page says so before, prices nothing for it and asks for no terms of it.
    expect(await whyNot()).toEqual([
      ['Dr Ana', null],
      ['Dr Ben', 'The account is suspended.'],
    ]);
    expect(await prices()).toEqual([]);
    const input = { ...given, terms };
    const { confirmSeats } = await lab.ask(CONFIRM, { input });
    expect(confirmSeats).toMatchObject({ state: 'CONFIRMED', offersLeft: 0 });
    const outcome = (name: string) =>
      confirmSeats.seats.find(
        (each: { candidate: { expertName: string } }) => each.candidate.expertName === name,
      );
    expect(outcome('Dr Ana')).toMatchObject({ offerId: expect.any(String), refusalCode: null });
    expect(outcome('Dr Ben')).toMatchObject({
      offerId: null,
      refusalCode: 'SUSPENDED',
      refusal: 'The account is suspended.',
    });
    expect((await lab.ask(CONFIRM, { input })).confirmSeats).toEqual(confirmSeats);
    const states = await api.owner().query(
      `SELECT e.display_name, o.title, a.state FROM application a JOIN expert e ON e.id = a.expert_id
         JOIN opening o ON o.id = a.opening_id ORDER BY 1, 2`,
    );
    expect(states.rows.map(({ display_name, title, state }) => `${display_name} ${title} ${state}`)).toEqual([
      'Dr Ana Brain OFFERED',
      'Dr Ana Heart APPLIED',
      'Dr Ben Heart APPLIED',
      'Dr Cora Brain APPLIED',
    ]);
    const journal = await api
      .owner()
      .query(`SELECT command, to_state FROM journal_entry WHERE subject_type LIKE 'seat_%' ORDER BY id`);
    expect(journal.rows.map(({ command, to_state }) => `${command} ${to_state}`)).toEqual(
      expect.arrayContaining([
        'propose-seats WAITING',
        'propose-seats REPLACED',
        'cancel-seats CANCELLED',
        'compute-seats READY',
        'compute-seats REFUSED',
        'confirm-seats CONFIRMED',
        'note-seat-offer OFFERED',
        'note-seat-offer REFUSED',
      ]),
    );
  });
});
