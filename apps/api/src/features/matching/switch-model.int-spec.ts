import { PART_NAMES, sealedModel, type ModelContent, type PartWeights } from '@tallystick/matching';
import { approve, waitingFor } from '../../../test/approvals';
import { TestApi, type Caller } from '../../../test/api';
import { key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { hex } from './model.repository';
import { NoteShown } from './use-cases/note-shown';

const SHOW = `{ matchModels {
  models { id name hash isInForce wasInForce isUsable isAsked addedByName learnedFrom weights { part weight } metrics { gainLow beforeName } }
  switches { modelName kind reason byName }
  exposure { days experts shown gini withoutShare topShare } } }`;
const ADD = 'mutation($input: AddMatchModelInput!) { addMatchModel(input: $input) }';
const ASK = 'mutation($input: ChooseMatchModelInput!) { askForMatchModel(input: $input) }';
const BACK = 'mutation($input: ChooseMatchModelInput!) { goBackToMatchModel(input: $input) }';
const LIST = 'query($id: ID!) { shortlist(openingId: $id, first: 50) { fits { edges { node { score } } } } }';

const weights = Object.fromEntries(PART_NAMES.map((name) => [name, 1 / PART_NAMES.length])) as PartWeights;
const learned = (more: Partial<ModelContent> = {}) =>
  sealedModel(
    {
      id: 'learned-2026-11-29-abcdef',
      weights,
      window: {
        from: '2026-09-01T00:00:00.000Z',
        to: '2026-11-29T00:00:00.000Z',
        heldOutFrom: '2026-11-01T00:00:00.000Z',
      },
      metrics: {
        ...{ openings: 30, outcomes: 900, brier: 0.1, ece: 0.02 },
        before: { modelId: 'hand-2020', map: 0.4, ndcg10: 0.5 },
        after: { map: 0.5, ndcg10: 0.6 },
        gain: { mean: 0.1, low: 0.05, high: 0.15 },
      },
      calibration: { slope: 6, offset: -4 },
      ...more,
    },
    hex,
  );

describe('the page of the model', () => {
  let api: TestApi;
  let admin: Caller;
  let second: Caller;
  let lab: Caller;
  let openingId: string;
  beforeAll(async () => {
    api = await TestApi.start();
    admin = await api.staff('admin@example.org', ['ADMIN']);
    second = await api.staff('second@example.org', ['ADMIN']);
    lab = await vettedLab(api, 'Cumulus');
    for (const name of ['Dr Ana', 'Dr Ben']) await newExpert(api, name);
    await api.owner().query(
      `UPDATE expert SET headline = 'Cardiology', hours_per_week = 10, minimum_rate_minor = 9000,
         rate_currency = 'USD', is_visible_to_labs = true`,
    );
    openingId = await publishedOpening(lab);
    await api.runJobs();
  });
  afterAll(() => api.stop());

  const shown = async () => (await admin.ask(SHOW)).matchModels;
  const scores = async (): Promise<number[]> =>
    (await lab.ask(LIST, { id: openingId })).shortlist.fits.edges.map(
      ({ node }: { node: { score: number } }) => node.score,
    );
  const add = (model: object) => ({ input: { model: JSON.stringify(model), idempotencyKey: key() } });
  const choose = (modelId: string) => ({ input: { modelId, reason: 'It was measured to be better.' } });
  const inForce = async () =>
    (await api.owner().query('SELECT model_id FROM shortlist WHERE opening_id = $1', [openingId])).rows[0]
      .model_id;

  it('shows the weights of the release before and after the worker keeps them', async () => {
    const before = await shown();
    expect(before).toMatchObject({
      models: [{ isInForce: true, isUsable: true, metrics: null }],
      switches: [],
    });
    await api.job('matching', 'model-changed');
    const { models, switches } = await shown();
    expect(models).toMatchObject([{ hash: before.models[0].hash, isInForce: true, addedByName: null }]);
    expect(models[0].weights[0]).toEqual({ part: 'Occupation', weight: 0.216 });
    expect(switches).toMatchObject([{ kind: 'RELEASE', reason: 'Matching began with it.', byName: null }]);
  });

  it('takes a model only as it was made and only where it was better', async () => {
    const model = learned();
    expect(await admin.refused(ADD, add({ ...model, id: 'learned-2' }))).toMatchObject({
      code: 'MODEL_BROKEN',
      message: expect.stringContaining('Its hash does not fit'),
      field: 'model',
    });
    expect(await admin.refused(ADD, { input: { model: 'no JSON', idempotencyKey: key() } })).toMatchObject({
      code: 'MODEL_BROKEN',
    });
    const metrics = { ...model.metrics!, gain: { mean: 0.1, low: -0.01, high: 0.2 } };
    expect(await admin.refused(ADD, add(learned({ metrics })))).toMatchObject({ code: 'MODEL_NOT_BETTER' });
    const { addMatchModel: id } = await admin.ask(ADD, add(model));
    expect((await admin.ask(ADD, add(model))).addMatchModel).toBe(id);
    expect(await admin.refused(ADD, add(learned({ calibration: { slope: 7, offset: -4 } })))).toMatchObject({
      code: 'MODEL_NAME_TAKEN',
    });
    expect((await shown()).models[1]).toMatchObject({
      ...{ id, isInForce: false, wasInForce: false, isUsable: true, isAsked: false, addedByName: 'admin' },
      metrics: { gainLow: 0.05, beforeName: 'hand-2020' },
    });
  });

  it('adds no model that is not wholly valid, and says what is wrong', async () => {
    for (const [broken, why] of [
      [{ calibration: {} }, /slope is missing/],
      [{ calibration: { slope: -8, offset: 4 } }, /slope of its calibration is not a number above 0/],
      [{ window: {} }, /window: from is missing/],
      [{ metrics: {} }, /metrics: openings is missing/],
    ] as const)
      expect(await admin.refused(ADD, add(learned({ id: 'broken', ...broken } as never)))).toMatchObject({
        ...{ code: 'MODEL_BROKEN', field: 'model' },
        message: expect.stringMatching(why),
      });
    expect((await shown()).models.map(({ name }: { name: string }) => name)).not.toContain('broken');
  });

  it('looks again before a kept model is put in force or gone back to', async () => {
    const { hash, ...broken } = learned({ id: 'kept-broken', calibration: {}, metrics: {} } as never);
    const { rows } = await api.owner().query(
      `INSERT INTO match_model (id, name, hash, content, added_at)
       VALUES (gen_random_uuid(), $1, $2, $3, '2020-01-01') RETURNING id`,
      [broken.id, hash, { ...broken, hash }],
    );
    expect((await shown()).models.at(-1)).toMatchObject({ name: 'kept-broken', isUsable: false });
    for (const way of [ASK, BACK])
      expect(await admin.refused(way, choose(rows[0].id))).toMatchObject({ code: 'MODEL_BROKEN' });
  });

  it('puts it in force once another person approves, scores everything anew, and goes back by one', async () => {
    const before = await scores();
    const [hand, own] = (await shown()).models as { id: string; name: string }[];
    expect(await admin.refused(BACK, choose(own!.id))).toMatchObject({ code: 'MODEL_NEVER_IN_FORCE' });
    expect(await admin.refused(ASK, choose(hand!.id))).toMatchObject({ code: 'MODEL_IN_FORCE' });
    await admin.ask(ASK, choose(own!.id));
    expect((await shown()).models[1]).toMatchObject({ isAsked: true, isInForce: false });
    const [waiting] = await waitingFor(second, 'model.put-in-force');
    expect(waiting?.summary).toMatch(
      /^Score every fit by the model learned-2026-11-29-abcdef\. On 30 later openings it changed nDCG@10 by \+0\.100 \(95 % interval \+0\.050 to \+0\.150\)\. It was measured beside hand-2020, and in force is hand-/,
    );
    await approve(second, 'model.put-in-force');
    await api.runJobs();
    expect(await inForce()).toBe(own!.name);
    expect(await scores()).not.toEqual(before);
    expect((await shown()).models[0]).toMatchObject({ id: own!.id, isInForce: true, isAsked: false });
    await admin.ask(BACK, choose(hand!.id));
    await api.runJobs();
    expect(await inForce()).toBe(hand!.name);
    expect(await scores()).toEqual(before);
    const { addMatchModel: newer } = await admin.ask(ADD, add(learned({ id: 'learned-2026-11-30-abcdef' })));
    await admin.ask(ASK, choose(newer));
    // What two agreed on once, one may take up again; a model that was asked for before does not replace it then.
    await second.ask(BACK, choose(own!.id));
    expect(await waitingFor(second, 'model.put-in-force')).toEqual([]);
    const { switches } = await shown();
    expect(switches.map(({ kind, byName }: { kind: string; byName: string }) => [kind, byName])).toEqual([
      ['BACK', 'second'],
      ['BACK', 'admin'],
      ['APPROVED', 'admin'],
      ['RELEASE', null],
    ]);
    const journal = await api
      .owner()
      .query(
        `SELECT count(*)::int AS n FROM journal_entry WHERE subject_type = 'match-model' AND to_state = 'IN_FORCE'`,
      );
    expect(journal.rows[0].n).toBe(4);
  });

  it('tells how evenly experts are shown, of all whom labs may see', async () => {
    await newExpert(api, 'Dr Cora');
    await api.owner().query(`UPDATE expert SET is_visible_to_labs = true`);
    await scores();
    await api.app.get(NoteShown, { strict: false }).flush();
    const { exposure } = await shown();
    const [first, next] = [1, 1 / Math.log2(3)];
    expect(exposure).toMatchObject({ days: 28, experts: 3, shown: 2 });
    expect(exposure.withoutShare).toBeCloseTo(1 / 3, 9);
    expect(exposure.topShare).toBeCloseTo(first / (first + next), 9);
    expect(exposure.gini).toBeCloseTo((2 * (2 * next + 3 * first)) / (3 * (first + next)) - 4 / 3, 9);
  });
});
