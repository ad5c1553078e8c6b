import {
  PART_NAMES,
  replayed,
  sealedModel,
  type Model,
  type Averages,
  type Part,
  type PartWeights,
} from '@tallystick/matching';
import { TestApi } from '../../../test/api';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { hex, insertModel } from './model.repository';
import { putInForce } from './put-in-force';
import { Score } from './use-cases/score';

const even = Object.fromEntries(PART_NAMES.map((name) => [name, 1 / PART_NAMES.length])) as PartWeights;
const plain = { window: null, metrics: null, calibration: null };

describe('the model of matching', () => {
  let api: TestApi;
  let openingId: string;
  beforeAll(async () => {
    api = await TestApi.start();
    const lab = await vettedLab(api, 'Cumulus');
    for (const name of ['Dr Ana', 'Dr Ben']) await newExpert(api, name);
    await api.owner().query(
      `UPDATE expert SET headline = CASE display_name WHEN 'Dr Ana' THEN 'Cardiology' ELSE 'Reviews' END,
         hours_per_week = 10, minimum_rate_minor = 9000, rate_currency = 'USD', is_visible_to_labs = true`,
    );
    openingId = await publishedOpening(lab);
    await api.runJobs();
    await api.job('matching', 'model-changed');
  });
  afterAll(() => api.stop());

  const rows = async (sql: string, ...values: unknown[]) => (await api.owner().query(sql, values)).rows;
  const models = async () =>
    new Map(
      (await rows('SELECT content FROM match_model')).map(({ content }): [string, Model] => [
        (content as Model).hash,
        content as Model,
      ]),
    );
  const shortlist = async () => ({
    state: (await rows('SELECT * FROM shortlist WHERE opening_id = $1', openingId))[0],
    fits: await rows('SELECT * FROM fit WHERE opening_id = $1 ORDER BY rank', openingId),
  });
  /** Computes fits again from what was stored of them. */
  const replay = async (
    fits: readonly { parts: Part[]; steps: { interest: number } }[],
    { model_hash: modelHash, averages }: { model_hash: string; averages: Averages },
  ) => {
    const model = (await models()).get(modelHash);
    if (!model) throw new Error(`no model ${modelHash}`);
    return fits.map(({ parts, steps: { interest } }) => {
      const again = replayed(parts, { averages, interest }, model);
      return { score: again.steps.score, parts: again.parts };
    });
  };

  it('weighs what is stored; another that is put in force scores everything anew, and old fits still give their bytes', async () => {
    const before = await shortlist();
    expect(before.fits).toHaveLength(2);
    const unitOfWork = api.app.get(UnitOfWork);
    const model = sealedModel({ id: 'even', weights: even, ...plain }, hex);
    await unitOfWork.run(system('test'), { name: 'test' }, async (tx) => {
      const row = { id: tx.newId(), name: model.id, hash: model.hash };
      await insertModel(tx.db, { id: row.id, model, addedById: null, addedAt: tx.now });
      await putInForce(tx, row, { kind: 'RELEASE', reason: 'To see it.', byId: null });
    });
    expect(await api.runJobs()).toContain('model-changed');
    const after = await shortlist();
    expect([before.state.model_id, after.state.model_id]).toEqual([expect.stringMatching(/^hand/), 'even']);
    expect(await rows('SELECT DISTINCT model_hash FROM recommendation_state')).toEqual([
      { model_hash: model.hash },
    ]);
    expect(after.fits.map(({ score }) => score)).not.toEqual(before.fits.map(({ score }) => score));
    for (const { state, fits } of [before, after])
      expect(JSON.stringify(await replay(fits as never, state))).toBe(
        JSON.stringify(fits.map(({ score, parts }) => ({ score, parts: inOrder(parts) }))),
      );
    // What this release brings is kept, so it is not put in force over another again.
    await api.job('matching', 'model-changed');
    expect((await shortlist()).state.model_id).toBe('even');
  });

  it('is never changed, and one whose hash does not fit scores nothing', async () => {
    await expect(rows(`UPDATE match_model SET content = content || '{"window": 1}'`)).rejects.toThrow();
    await expect(
      rows(`INSERT INTO match_model_switch (id, model_id, kind, reason, at)
        SELECT gen_random_uuid(), id, 'BACK', 'Why', now() FROM match_model`),
    ).rejects.toThrow(/match_model_switch_by/);
    await rows(`WITH broken AS (
        INSERT INTO match_model (id, name, hash, content, added_at)
        SELECT gen_random_uuid(), 'broken', repeat('a', 64),
          content || jsonb_build_object('id', 'broken', 'hash', repeat('a', 64)), now()
        FROM match_model WHERE name = 'even' RETURNING id)
      INSERT INTO match_model_switch (id, model_id, kind, reason, at)
      SELECT gen_random_uuid(), id, 'RELEASE', 'Somebody meddled.', now() FROM broken`);
    await expect(api.app.get(Score, { strict: false }).opening(openingId)).rejects.toThrow(
      /hash does not fit/,
    );
    // The worker goes back to what this release brings, and says why.
    await api.job('matching', 'model-changed');
    expect((await shortlist()).state.model_id).toMatch(/^hand/);
    expect(
      (await rows('SELECT reason FROM match_model_switch ORDER BY place DESC LIMIT 1'))[0].reason,
    ).toMatch(/cannot be used/);
  });
});

/** Parts with their keys in the order in which scoring writes them: the database keeps keys in its own. */
function inOrder(parts: readonly Part[]): Part[] {
  return parts.map(({ name, value, weight, contribution }) => ({ name, value, weight, contribution }));
}
