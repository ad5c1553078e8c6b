import type { Caller } from '../../../test/api';
import { funded, key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { moneyWorld, NOON, type Expert, type Lab, type MoneyWorld } from '../../../test/money-world';
import { RunWeeks } from './use-cases/run-weeks';

const DAY_MS = 86_400_000;
const ADD = 'mutation($input: EntryInput!) { addEntry(input: $input) }';
const START = 'mutation($input: TimerInput!) { startTimer(input: $input) { engagementId } }';
const STOP = 'mutation($keep: Boolean) { stopTimer(keepWhatFits: $keep) }';
const SEEN =
  'query($id: ID!) { engagement(id: $id) { state wait { gate since sentence mendPath } nextWeekFunding { state } weeks { weekStart state } } }';
const NEWS = '{ notifications { edges { node { kind body } } } }';

/** What becomes of work whose gates are not passed any more when it starts, or on a day of it. */
describe('work that waits', () => {
  let world: MoneyWorld;
  let lab: Lab;

  beforeAll(async () => {
    world = await moneyWorld();
    lab = await vettedLab(world.api, 'Cumulus');
    await funded(world.api, lab, '9000000');
  });
  afterAll(() => world.stop());
  beforeEach(() => itIs(NOON));

  const at = (days: number, hour = 12) => new Date(NOON.getTime() + days * DAY_MS + (hour - 12) * 3_600_000);
  const one = async (sql: string, ...values: unknown[]) =>
    (await world.api.owner().query(sql, values)).rows[0];
  const licensed = async (name: string) => {
    const expert = await newExpert(world.api, name);
    await one(
      `INSERT INTO credential (id, expert_id, type, claim, jurisdiction, state, created_at)
       VALUES (gen_random_uuid(), $1, 'US_MEDICAL_LICENSE', '{}', 'US-CA', 'VERIFIED', now())`,
      expert.expertId,
    );
    return expert;
  };
  /** An engagement whose work begins in some days. */
  const signed = async (expert: Expert, days: number, more: object = {}) => {
    const day = at(days).toISOString().slice(0, 10);
    const credentials = [{ type: 'US_MEDICAL_LICENSE', jurisdiction: 'US-CA' }];
    const openingId = await publishedOpening(lab, { startsOn: day, credentials, ...more });
    const { apply } = await expert.ask('mutation($input: ApplyInput!) { apply(input: $input) }', {
      input: { openingId, note: 'Hello', idempotencyKey: key() },
    });
    const { sendOffer } = await lab.ask(
      'mutation($input: SendOfferInput!) { sendOffer(input: $input) { id } }',
      {
        input: {
          ...{ applicationId: apply, rateMinorPerHour: '9000', weeklyCapHours: 10, noticeDays: 7 },
          startsOn: day,
          idempotencyKey: key(),
        },
      },
    );
    const { acceptOffer } = await expert.ask(
      'mutation($id: ID!, $k: String!) { acceptOffer(id: $id, idempotencyKey: $k) { id } }',
      { id: sendOffer.id, k: key() },
    );
    return acceptOffer.id as string;
  };
  const itIs = async (now: Date) => {
    world.api.clock.hold(now);
    // Nobody signs in again meanwhile.
    await one('UPDATE session SET last_seen_at = $1, expires_at = $2', now, at(100));
  };
  const timePasses = async (now: Date) => {
    await itIs(now);
    await world.api.app.get(RunWeeks).run();
    await world.api.runJobs();
  };
  const seen = async (who: Caller, id: string) => (await who.ask(SEEN, { id })).engagement;
  const kinds = async (who: Caller) =>
    (await who.ask(NEWS)).notifications.edges.map(({ node }: { node: { kind: string } }) => node.kind);
  const span = (engagementId: string, startsAt: Date, endsAt: Date) => ({
    input: {
      ...{ engagementId, kind: 'WORK', note: 'Reviewed cases', startsAt: startsAt.toISOString() },
      ...{ endsAt: endsAt.toISOString(), idempotencyKey: key() },
    },
  });
  const mended = async (expert: Expert) => {
    await one(`UPDATE credential SET state = 'VERIFIED' WHERE expert_id = $1`, expert.expertId);
  };
  const lost = async (expert: Expert) => {
    await one(`UPDATE credential SET state = 'REVOKED' WHERE expert_id = $1`, expert.expertId);
  };

  it('does not start where a credential was lost since it was agreed, says so to both, and starts once it is mended', async () => {
    const expert = await licensed('Dr Ana');
    const id = await signed(expert, 10);
    await lost(expert);
    await timePasses(at(10));
    expect(await seen(expert, id)).toMatchObject({
      state: 'ACTIVE',
      wait: {
        gate: 'CREDENTIAL',
        since: at(10).toISOString().slice(0, 10) + 'T00:00:00.000Z',
        sentence: expect.stringContaining('(US-CA) is revoked'),
        mendPath: '/expert/credentials',
      },
    });
    expect((await seen(lab, id)).wait).toMatchObject({ gate: 'CREDENTIAL', mendPath: null });
    for (const side of [expert, lab]) expect(await kinds(side)).toContain('WORK_WAITS');
    expect(await expert.refused(ADD, span(id, at(10, 9), at(10, 11)))).toMatchObject({ code: 'WORK_WAITS' });
    expect(
      await expert.refused(START, { input: { engagementId: id, kind: 'WORK', note: 'Work' } }),
    ).toMatchObject({
      code: 'WORK_WAITS',
    });

    // No week is opened that begins meanwhile, and both are told once.
    await timePasses(at(17));
    expect((await seen(lab, id)).weeks).toHaveLength(1);
    expect((await kinds(expert)).filter((kind: string) => kind === 'WORK_WAITS')).toHaveLength(1);

    await mended(expert);
    await timePasses(at(17, 13));
    expect((await seen(expert, id)).wait).toBeNull();
    for (const side of [expert, lab]) expect(await kinds(side)).toContain('WORK_GOES_ON');
    expect(await expert.refused(ADD, span(id, at(17, 10), at(17, 12)))).toMatchObject({ code: 'WORK_WAITS' });
    await itIs(at(17, 16));
    expect((await expert.ask(ADD, span(id, at(17, 13), at(17, 15)))).addEntry).toBe(true);
  });

  it('asks all gates on the first day and before it no time is logged, though its money is held', async () => {
    const expert = await licensed('Dr Ben');
    const id = await signed(expert, 2);
    expect((await seen(lab, id)).weeks).toMatchObject([{ state: 'HELD' }]);
    expect(await expert.refused(ADD, span(id, at(0, 9), at(0, 11)))).toMatchObject({
      code: 'WORK_NOT_BEGUN',
    });
    // They join a competitor before it starts.
    await one(
      `INSERT INTO affiliation (id, expert_id, organisation) VALUES (gen_random_uuid(), $1, 'Nimbus Labs')`,
      expert.expertId,
    );
    await timePasses(at(2));
    expect((await seen(lab, id)).wait).toMatchObject({ gate: 'CONFLICT' });
    await one('DELETE FROM affiliation WHERE expert_id = $1', expert.expertId);
    await timePasses(at(2, 13));
    expect((await seen(lab, id)).wait).toBeNull();
    // Once begun, a competitor that is named or joined later is for the lab to act on, not for a machine.
    await one(
      `INSERT INTO affiliation (id, expert_id, organisation) VALUES (gen_random_uuid(), $1, 'Nimbus Labs')`,
      expert.expertId,
    );
    await timePasses(at(5));
    expect((await seen(lab, id)).wait).toBeNull();
  });

  it('asks on the first day who owns an organisation whose name is only alike: a question, and what is answered decides', async () => {
    const MINE = '{ myConflicts { questions { openingId organisation } } }';
    const DECLARE = 'mutation($input: DeclareOwnershipInput!) { declareOwnership(input: $input) }';
    const declared = async (expert: Expert, belongsTo: string[]) => {
      const [question] = (await expert.ask(MINE)).myConflicts.questions;
      const words = 'I asked its founders who owns it.';
      await expert.ask(DECLARE, { input: { ...question, belongsTo, words, idempotencyKey: key() } });
    };
    for (const [name, belongsTo, outcome] of [
      ['Dr Eva', [], null],
      ['Dr Finn', ['Nimbus Labs'], { gate: 'CONFLICT', sentence: expect.stringContaining('You declared') }],
    ] as const) {
      await itIs(NOON);
      const expert = await licensed(name);
      const id = await signed(expert, 3);
      // They join it after the offer was accepted and before the work begins.
      await one(
        `INSERT INTO affiliation (id, expert_id, organisation) VALUES (gen_random_uuid(), $1, 'Nimbus Weather')`,
        expert.expertId,
      );
      await timePasses(at(3));
      expect(await seen(expert, id)).toMatchObject({
        state: 'ACTIVE',
        wait: {
          gate: 'CONFLICT',
          sentence: expect.stringContaining('Say who owns it and whom it belongs to'),
          mendPath: '/expert/conflicts',
        },
      });
      expect((await seen(lab, id)).wait.sentence).toContain('They are asked who owns it');
      expect(await expert.refused(ADD, span(id, at(3, 9), at(3, 11)))).toMatchObject({ code: 'WORK_WAITS' });
      await declared(expert, [...belongsTo]);
      await timePasses(at(3, 13));
      if (outcome === null) expect((await seen(expert, id)).wait).toBeNull();
      else expect((await seen(expert, id)).wait).toMatchObject(outcome);
      expect((await seen(expert, id)).state).toBe('ACTIVE');
    }
  });

  it('waits at once when what must hold each day is lost; time before it is kept and paid', async () => {
    const expert = await licensed('Dr Cleo');
    const id = await signed(expert, 0);
    await expert.ask(START, { input: { engagementId: id, kind: 'WORK', note: 'Work' } });
    await itIs(at(0, 14));
    await one(`UPDATE expert SET state = 'SUSPENDED' WHERE id = $1`, expert.expertId);
    await world.api.app.get(RunWeeks).askOf(expert.expertId);
    expect((await seen(expert, id)).wait).toMatchObject({
      gate: 'SUSPENDED',
      since: at(0, 14).toISOString(),
    });
    await itIs(at(0, 15));
    expect(await expert.refused(STOP)).toMatchObject({ code: 'WORK_WAITS' });
    expect((await expert.ask(STOP, { keep: true })).stopTimer).toBe(true);
    const logged = await one(
      'SELECT starts_at, ends_at FROM time_entry WHERE engagement_id = $1 AND counted_seconds = 7200',
      id,
    );
    expect(logged).toEqual({ starts_at: at(0), ends_at: at(0, 14) });
    // Nobody is removed by it.
    expect((await seen(lab, id)).state).toBe('ACTIVE');
  });

  it('says on Thursday what will be missing on Monday, and waits from then on', async () => {
    const expert = await licensed('Dr Dan');
    const id = await signed(expert, 0);
    // It ends on Sunday.
    await one(`UPDATE credential SET expires_on = $2 WHERE expert_id = $1`, expert.expertId, '2026-11-22');
    await timePasses(at(1));
    expect((await seen(expert, id)).wait).toMatchObject({
      gate: 'CREDENTIAL',
      since: '2026-11-23T00:00:00.000Z',
    });
    expect((await seen(lab, id)).nextWeekFunding.state).toBe('NO_WORK');
    await itIs(at(1, 15));
    expect((await expert.ask(ADD, span(id, at(1, 12), at(1, 13)))).addEntry).toBe(true);
  });
});
