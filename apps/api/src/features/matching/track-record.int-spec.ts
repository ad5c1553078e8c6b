import { expertDocuments } from '../eligibility/eligibility.public';
import { trackRecords } from '../eligibility/track-record.repository';
import { newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { chargedWeek, moneyWorld, putIn, running, type MoneyWorld } from '../../../test/money-world';

import { system, type Person } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import type { Caller } from '../../../test/api';
import { NoteShown } from './use-cases/note-shown';

const LIST = `query($id: ID!) { shortlist(openingId: $id) {
  fits { edges { node { expertName score steps { code sentence value } parts { name value weight contribution } } } } } }`;

describe('how somebody works', () => {
  let world: MoneyWorld;
  let lab: Caller & { labId: string };
  let other: Caller & { labId: string };
  let ana: Caller & { expertId: string };
  let openingId = '';

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    other = await vettedLab(world.api, 'Stratus');
    ana = await newExpert(world.api, 'Dr Ana');
    await newExpert(world.api, 'Dr Ben');
    await putIn(world, lab, '50000000');
    const engagementId = await running(world, lab, ana, 'Review of cases');
    await chargedWeek(lab, ana, engagementId, [['08:00', '12:00']]);
    openingId = await publishedOpening(other, {});
    await world.api.runJobs();
  });
  afterAll(() => world.stop());

  const rows = async (sql: string, ...values: unknown[]) => (await world.api.owner().query(sql, values)).rows;
  const count = () => world.api.job('matching', 'count-track-records');
  const record = async () => (await rows('SELECT * FROM track_record WHERE expert_id = $1', ana.expertId))[0];
  const list = async () =>
    (await other.ask(LIST, { id: openingId })).shortlist.fits.edges.map(
      ({ node }: { node: unknown }) => node,
    );

  it('is counted from charged weeks, for everybody, and read by matching alone', async () => {
    await count();
    expect(await record()).toMatchObject({ weeks: 1, exposure: 0 });
    expect((await record()).quality).toBeGreaterThan(0.9);
    expect(await rows('SELECT count(*)::int AS n FROM track_record')).toEqual([{ n: 2 }]);
    const unitOfWork = world.api.app.get(UnitOfWork);
    const documents = await unitOfWork.readAs(system('matching'), ({ db, now }) => expertDocuments(db, now));
    const [own] = documents.filter(({ id }) => id === ana.expertId);
    expect(own).toMatchObject({ isNewcomer: true, quality: (await record()).quality });
    expect(own?.engagedHours).toBeGreaterThan(0);
    // A lab that asks for gates reads nothing of it.
    const person = {
      kind: 'PERSON',
      accountId: other.labId,
      labId: other.labId,
      roles: [],
      staffRoles: [],
    } as unknown as Person;
    expect((await unitOfWork.readAs(person, ({ db }) => trackRecords(db, [ana.expertId]))).size).toBe(0);
  });

  it('counts twice as the same, and what was shown as exposure', async () => {
    const before = await record();
    await count();
    expect((await record()).counted_at).toEqual(before.counted_at);
    await list();
    await world.api.app.get(NoteShown, { strict: false }).flush();
    await count();
    expect((await record()).exposure).toBeGreaterThan(0);
  });

  it('is that of anybody who has not worked for a new expert, before they are counted and after', async () => {
    const cleo = await newExpert(world.api, 'Dr Cleo');
    const read = async () => {
      const documents = await world.api.app
        .get(UnitOfWork)
        .readAs(system('matching'), ({ db, now }) => expertDocuments(db, now));
      const own = documents.find(({ id }) => id === cleo.expertId);
      return [own?.quality, own?.timeliness, own?.isNewcomer];
    };
    const before = await read();
    expect(before).toEqual([expect.any(Number), 0.9, true]);
    await count();
    expect(await read()).toEqual(before);
  });

  it('is in the score with its steps, which both sides read', async () => {
    await world.api.job('matching', 'expert-changed', { expertId: ana.expertId });
    await world.api.runJobs();
    for (const { parts, steps, score } of await list()) {
      const sum = parts.reduce(
        (all: number, { contribution }: { contribution: number }) => all + contribution,
        0,
      );
      expect(steps.map(({ code }: { code: string }) => code).slice(0, 4)).toEqual([
        'SUM',
        'AVERAGE',
        'CHANCE',
        'INTEREST',
      ]);
      expect(steps[0].value).toBeCloseTo(sum, 6);
      expect(steps[3].value).toBe(score);
      expect(
        parts
          .filter(({ weight }: { weight: number }) => weight > 0)
          .map(({ name }: { name: string }) => name),
      ).toContain('Weeks of work that were approved as logged');
    }
  });
});
