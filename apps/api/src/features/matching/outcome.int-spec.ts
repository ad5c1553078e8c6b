import { readOutcomes, replayed, type Model, type Part } from '@tallystick/matching';
import {
  chargedWeek,
  moneyWorld,
  putIn,
  type Expert,
  type Lab,
  type MoneyWorld,
} from '../../../test/money-world';
import { engaged, key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { asIntruder } from '../../../test/intruder';
import type { Person } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { OutcomeQueries } from './outcome.queries';
import { NoteShown } from './use-cases/note-shown';

const LIST =
  'query($id: ID!) { shortlist(openingId: $id, first: 50) { fits { edges { node { expertId rank score } } } } }';

const PAST = `query($kind: String, $expertId: ID) { pastFits(first: 50, kind: $kind, expertId: $expertId) { totalCount edges { node {
  id openingId rank score propensity replay parts { contribution } steps { code value } } } } }`;

describe('what comes of a fit', () => {
  let world: MoneyWorld;
  let lab: Lab;
  let ana: Expert;
  let ben: Expert;
  let openingId: string;
  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    [ana, ben] = [await newExpert(world.api, 'Dr Ana'), await newExpert(world.api, 'Dr Ben')];
    await rows(
      `UPDATE expert SET headline = 'Cardiology', hours_per_week = 10, minimum_rate_minor = 9000,
         rate_currency = 'USD', is_visible_to_labs = true`,
    );
    const startsOn = world.api.clock.now().toISOString().slice(0, 10);
    openingId = await publishedOpening(lab, { startsOn, seats: 2 });
    await world.api.runJobs();
    await world.api.job('matching', 'model-changed');
  });
  afterAll(() => world.stop());

  const rows = async (sql: string, ...values: unknown[]) => (await world.api.owner().query(sql, values)).rows;
  const kept = (kind: string) =>
    rows('SELECT * FROM fit_outcome WHERE opening_id = $1 AND kind = $2 ORDER BY rank', openingId, kind);
  const shown = () => world.api.app.get(NoteShown, { strict: false });
  const look = async () => (await lab.ask(LIST, { id: openingId })).shortlist.fits.edges;

  it('is kept once for whom a lab is shown, never holds the page up, and gives the score again', async () => {
    // Where it cannot be kept, the page is as it was, and the next look keeps it.
    await rows('REVOKE INSERT ON fit_outcome FROM tallystick_app');
    expect(await look()).toHaveLength(2);
    await shown().flush();
    await rows('GRANT INSERT ON fit_outcome TO tallystick_app');
    expect(await kept('SHOWN')).toEqual([]);

    const page = await look();
    await look();
    await shown().flush();
    await look();
    await shown().flush();
    const found = await kept('SHOWN');
    expect(found.map(({ expert_id, rank, score }) => ({ expertId: expert_id, rank, score }))).toEqual(
      page.map(({ node }: { node: object }) => node),
    );
    const [{ content }] = await rows('SELECT content FROM match_model');
    for (const { parts, score, averages, interest, propensity, model_id, model_hash, snapshot_id } of found) {
      expect(replayed(parts as Part[], { averages, interest }, content as Model).steps.score).toBe(score);
      expect([propensity, model_id, model_hash]).toEqual([1, content.id, content.hash]);
      expect(snapshot_id).toEqual(expect.any(String));
    }
  });

  it('is read by staff, each score computed again, and one that was changed behind the product differs', async () => {
    const auditor = await world.api.staff('fits@example.org', ['AUDITOR']);
    const asked = async (kind: string) =>
      (await auditor.ask(PAST, { kind, expertId: ana.expertId })).pastFits;
    const { edges, totalCount } = await asked('SHOWN');
    expect(totalCount).toBe(edges.length);
    const { node } = edges.find((each: { node: { openingId: string } }) => each.node.openingId === openingId);
    expect(node).toMatchObject({ replay: 'SAME', propensity: 1, rank: expect.any(Number) });
    const sum = node.parts.reduce(
      (all: number, part: { contribution: number }) => all + part.contribution,
      0,
    );
    expect(node.steps[0].value).toBeCloseTo(sum, 12);
    expect(node.steps[3].value).toBe(node.score);
    expect((await asked('INVITED')).edges).toEqual([]);
    await asIntruder(
      world.api.database,
      `UPDATE fit_outcome SET parts = jsonb_set(parts, '{0,value}', to_jsonb(((parts->0->>'value')::float8 + 0.001)))
       WHERE opening_id = '${openingId}' AND expert_id = '${ana.expertId}'`,
    );
    const changed = (await asked('SHOWN')).edges.find(
      (each: { node: { id: string } }) => each.node.id === node.id,
    );
    expect(changed.node).toMatchObject({ replay: 'DIFFERENT', score: node.score });
    expect(await auditor.refused(PAST, { kind: 'SEEN' })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is kept for what lab and expert do next: invited, applied, accepted, passed over, reviewed', async () => {
    await lab.ask('mutation($input: InviteExpertInput!) { inviteExpert(input: $input) }', {
      input: { openingId, expertId: ana.expertId, message: 'Please apply', idempotencyKey: key() },
    });
    const engagementId = await engaged(world.api, lab, ana, openingId);
    const { apply } = await ben.ask('mutation($input: ApplyInput!) { apply(input: $input) }', {
      input: { openingId, note: 'Hello', idempotencyKey: key() },
    });
    await lab.ask('mutation($input: DeclineApplicationInput!) { declineApplication(input: $input) }', {
      input: { applicationId: apply, reason: 'We took somebody else for it.' },
    });
    await putIn(world, lab, '1000000');
    await chargedWeek(lab, ana, engagementId, [['09:00', '10:00']]);
    await world.api.runJobs();
    const found = await rows(
      `SELECT expert_id, array_agg(kind ORDER BY kind) AS kinds, bool_and(score IS NOT NULL) AS "isScored"
       FROM fit_outcome WHERE opening_id = $1 GROUP BY expert_id`,
      openingId,
    );
    expect(new Map(found.map(({ expert_id, kinds }) => [expert_id, kinds]))).toEqual(
      new Map([
        [ana.expertId, ['ACCEPTED', 'APPLIED', 'INVITED', 'PASSED_REVIEW', 'SHOWN']],
        [ben.expertId, ['APPLIED', 'PASSED_OVER', 'SHOWN']],
      ]),
    );
    expect(found.every(({ isScored }) => isScored)).toBe(true);
    // Learning reads what came of each, and can follow nobody: openings and experts are numbers.
    const { model, lines } = await world.api.app.get(OutcomeQueries, { strict: false }).material();
    expect(model.id).toMatch(/^hand/);
    expect(lines.map(({ opening, expert }) => [opening, expert])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
    expect(lines.map(({ kinds }) => kinds.length).sort((a, b) => a - b)).toEqual([3, 5]);
    expect(readOutcomes(lines.map((line) => JSON.stringify(line)).join('\n'), 'outcomes')).toMatchObject([
      {
        fits: expect.arrayContaining([
          expect.objectContaining({ grade: 3 }),
          expect.objectContaining({ grade: 0 }),
        ]),
      },
    ]);
    // A job that comes twice, and later, changes nothing.
    const [before] = await kept('INVITED');
    await world.api.job('matching', 'note-outcome', { kind: 'INVITED', openingId, expertId: ana.expertId });
    expect(await kept('INVITED')).toEqual([before]);
    await expect(rows(`UPDATE fit_outcome SET propensity = 0.5`)).rejects.toThrow();
    await expect(rows(`DELETE FROM fit_outcome`)).rejects.toThrow();
  });

  it('is seen by the lab alone: not by another, and not by the expert', async () => {
    const person = { kind: 'PERSON', accountId: ana.expertId, staffRoles: [] } as unknown as Person;
    const seenBy = (who: Partial<Person>) =>
      world.api.app.get(UnitOfWork).readAs({ ...person, ...who }, async ({ db }) => db.fitOutcome.count());
    const other = await vettedLab(world.api, 'Nimbus');
    expect(await seenBy({ labId: lab.labId })).toBeGreaterThan(0);
    expect(await seenBy({ labId: other.labId })).toBe(0);
    expect(await seenBy({ expertId: ana.expertId })).toBe(0);
    expect(await other.refused(LIST, { id: openingId })).toMatchObject({ code: 'NOT_FOUND' });
    await shown().flush();
    expect(await kept('SHOWN')).toHaveLength(2);
  });
});
