import { TestApi, type Caller } from '../../../test/api';
import { engaged, key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';
import { RunSuspensions } from './use-cases/run-suspensions';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-18T12:00:00Z');
const SUSPEND =
  'mutation($input: SuspendExpertInput!) { suspendExpert(input: $input) { state suspensions { id state takesEffectAt decidedByName } } }';
const LIFT = 'mutation($input: ReviewSuspensionInput!) { liftSuspension(input: $input) { state } }';
const UPHOLD = 'mutation($input: ReviewSuspensionInput!) { upholdSuspension(input: $input) { state } }';
const APPEAL = 'mutation($input: AppealSuspensionInput!) { appealSuspension(input: $input) { appealedAt } }';
const MINE = '{ mySuspension { state decidedByName reason upheldByName liftReason } }';
const APPLY = 'mutation($input: ApplyInput!) { apply(input: $input) }';
const REASON = 'Two people answered on one call.';

/** What becomes of an expert whom the staff suspends. */
describe('a suspension', () => {
  let api: TestApi;
  let lab: Caller & { labId: string };
  let first: Caller;
  let second: Caller;

  beforeAll(async () => {
    api = await TestApi.start({ SESSION_IDLE_SECONDS: '100000000', SESSION_MAX_SECONDS: '100000000' });
    api.clock.hold(NOW);
    lab = await vettedLab(api, 'Cumulus');
    first = await api.staff('ana.trust@example.org', ['TRUST']);
    second = await api.staff('ben.trust@example.org', ['TRUST']);
  });
  beforeEach(() => api.clock.hold(NOW));
  afterAll(() => api.stop());

  const inDays = (days: number) => api.clock.hold(new Date(NOW.getTime() + days * DAY_MS));
  const timePasses = async (days: number) => {
    inDays(days);
    await api.app.get(RunSuspensions).run();
    await api.runJobs();
  };
  const suspended = async (expert: { expertId: string }, rule: string, by = first) => {
    const input = { expertId: expert.expertId, rule, reason: REASON, idempotencyKey: key() };
    const { suspendExpert } = await by.ask(SUSPEND, { input });
    await api.runJobs();
    return suspendExpert.suspensions[0] as { id: string; state: string; takesEffectAt: string };
  };
  const review = (suspensionId: string) => ({
    input: { suspensionId, reason: 'The recording shows one person.', idempotencyKey: key() },
  });
  const appeal = (suspensionId: string) => ({
    input: { suspensionId, appeal: 'My brother answered the door.', idempotencyKey: key() },
  });
  const stateOf = async (expert: { expertId: string }) =>
    (await api.owner().query('SELECT state FROM expert WHERE id = $1', [expert.expertId])).rows[0].state;
  const told = async (who: Caller, kind: string) =>
    (await who.ask('{ notifications(first: 50) { edges { node { kind body } } } }')).notifications.edges
      .map(({ node }: { node: { kind: string; body: string } }) => node)
      .filter((node: { kind: string }) => node.kind === kind)
      .map(({ body }: { body: string }) => body) as string[];

  it('that cannot wait takes effect at once: no new work, running work waits, everybody is told what they must know', async () => {
    const expert = await newExpert(api, 'Dr Ana');
    const engagementId = await engaged(api, lab, expert, await publishedOpening(lab));
    const openingId = await publishedOpening(lab);
    await api.runJobs();
    const { state } = await suspended(expert, 'IDENTITY_FRAUD');
    expect([state, await stateOf(expert)]).toEqual(['IN_FORCE', 'SUSPENDED']);

    const [notice] = await told(expert, 'EXPERT_SUSPENDED');
    for (const part of [
      'ana.trust of our trust team, a person and no machine, decided on 18 November 2026',
      'It is confirmed that somebody else works under this account',
      REASON,
      'All approved work is paid, and you can sign in and take your money out',
      'You can appeal within 90 days; somebody else decides within 14 days',
    ])
      expect(notice).toContain(part);
    expect((await expert.ask(MINE)).mySuspension).toMatchObject({
      decidedByName: 'ana.trust',
      reason: REASON,
    });
    expect(
      await expert.refused(APPLY, { input: { openingId, note: 'Hello', idempotencyKey: key() } }),
    ).toMatchObject({ code: 'SUSPENDED' });
    const list = await lab.ask(
      'query($id: ID!) { shortlist(openingId: $id, first: 10) { fits { totalCount } } }',
      {
        id: openingId,
      },
    );
    expect(list.shortlist.fits.totalCount).toBe(0);
    const SEEN = 'query($id: ID!) { engagement(id: $id) { state wait { gate } } }';
    const running = (await lab.ask(SEEN, { id: engagementId })).engagement;
    expect(running.wait).toEqual({ gate: 'SUSPENDED' });
    expect(running.state).not.toBe('ENDED');
    expect(await told(lab, 'WORK_WAITS')).toHaveLength(1);
  });

  it('for anything else gives two weeks of notice, in which nothing changes and after which it takes effect', async () => {
    const expert = await newExpert(api, 'Dr Ben');
    const { state, takesEffectAt } = await suspended(expert, 'CONDUCT');
    expect([state, takesEffectAt]).toEqual(['ANNOUNCED', '2026-12-02T12:00:00.000Z']);
    await timePasses(13);
    expect(await stateOf(expert)).toBe('ACTIVE');
    await timePasses(14);
    expect(await stateOf(expert)).toBe('SUSPENDED');
    expect(await told(expert, 'EXPERT_SUSPENDED')).toHaveLength(2);
  });

  it('is appealed against once, and somebody else decides', async () => {
    const expert = await newExpert(api, 'Dr Cleo');
    const { id } = await suspended(expert, 'SAFETY');
    expect(await second.refused(UPHOLD, review(id))).toMatchObject({ code: 'STATE_CHANGED' });
    await expert.ask(APPEAL, appeal(id));
    expect(await told(second, 'SUSPENSION_APPEALED')).toHaveLength(1);
    expect(await expert.refused(APPEAL, appeal(id))).toMatchObject({ code: 'APPEALED' });
    expect(await first.refused(UPHOLD, review(id))).toMatchObject({ code: 'APPEAL_TO_OTHER' });
    await second.ask(UPHOLD, review(id));
    expect((await expert.ask(MINE)).mySuspension).toMatchObject({
      state: 'IN_FORCE',
      upheldByName: 'ben.trust',
    });
    // A decision in time: it does not lapse.
    await timePasses(15);
    expect(await stateOf(expert)).toBe('SUSPENDED');
    await second.ask(LIFT, review(id));
    expect(await stateOf(expert)).toBe('ACTIVE');
  });

  it('ends in favour of the expert where nobody decides on the appeal in two weeks', async () => {
    const expert = await newExpert(api, 'Dr Dan');
    const { id } = await suspended(expert, 'SAFETY');
    await expert.ask(APPEAL, appeal(id));
    await timePasses(14);
    expect(await stateOf(expert)).toBe('SUSPENDED');
    await timePasses(15);
    expect(await stateOf(expert)).toBe('ACTIVE');
    expect((await expert.ask(MINE)).mySuspension).toMatchObject({
      state: 'LIFTED',
      liftReason: 'Nobody decided on the appeal within 14 days.',
    });
  });

  it('that is lifted lets work go on, and can be decided anew', async () => {
    const expert = await newExpert(api, 'Dr Eva');
    const engagementId = await engaged(api, lab, expert, await publishedOpening(lab));
    const { id } = await suspended(expert, 'SAFETY');
    const again = { expertId: expert.expertId, rule: 'SAFETY', reason: REASON, idempotencyKey: key() };
    expect(await first.refused(SUSPEND, { input: again })).toMatchObject({ code: 'SUSPENDED_ALREADY' });
    await first.ask(LIFT, review(id));
    await api.runJobs();
    const SEEN = 'query($id: ID!) { engagement(id: $id) { wait { gate } } }';
    expect((await expert.ask(SEEN, { id: engagementId })).engagement.wait).toBeNull();
    expect(await first.refused(LIFT, review(id))).toMatchObject({ code: 'STATE_CHANGED' });
    expect(await expert.refused(APPEAL, appeal(id))).toMatchObject({ code: 'STATE_CHANGED' });
    inDays(1);
    expect((await suspended(expert, 'CONDUCT')).state).toBe('ANNOUNCED');
  });

  it('names a rule from the list, and is never decided by the one whom it is about', async () => {
    const expert = await newExpert(api, 'Dr Two Hats');
    await api
      .owner()
      .query(`INSERT INTO staff_role SELECT account_id, 'TRUST', now() FROM expert WHERE id = $1`, [
        expert.expertId,
      ]);
    const input = { expertId: expert.expertId, reason: REASON, idempotencyKey: key() };
    expect(await first.refused(SUSPEND, { input: { ...input, rule: 'LOW_RATING' } })).toMatchObject({
      code: 'RULE_UNKNOWN',
      field: 'rule',
    });
    expect(await expert.refused(SUSPEND, { input: { ...input, rule: 'SAFETY' } })).toMatchObject({
      code: 'OWN_MATTER',
    });
    const { id } = await suspended(expert, 'SAFETY');
    expect(await expert.refused(LIFT, review(id))).toMatchObject({ code: 'OWN_MATTER' });
    await expert.ask(APPEAL, appeal(id));
    expect(await expert.refused(UPHOLD, review(id))).toMatchObject({ code: 'OWN_MATTER' });
  });
});
