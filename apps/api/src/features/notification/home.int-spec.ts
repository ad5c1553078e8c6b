import { TestApi, type Caller } from '../../../test/api';
import { engaged, key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const FIELDS = '{ id kind title sentence link since due count }';

describe('the home page', () => {
  let api: TestApi;
  const of = async (caller: Caller, side: 'Lab' | 'Expert' | 'Staff') =>
    (await caller.ask(`{ home: homeFor${side} ${FIELDS} }`)).home as {
      kind: string;
      link: string;
      count: number;
      due: string | null;
    }[];
  const kinds = async (caller: Caller, side: 'Lab' | 'Expert' | 'Staff') =>
    (await of(caller, side)).map(({ kind }) => kind);

  beforeAll(async () => (api = await TestApi.start()));
  afterAll(() => api.stop());

  it('shows each side what waits for it, as it comes and goes', async () => {
    const lab = await vettedLab(api, 'Home Labs');
    const expert = await newExpert(api, 'Ana');
    expect(await kinds(expert, 'Expert')).toEqual(['PROFILE_INCOMPLETE']);
    expect(await kinds(lab, 'Lab')).toEqual([]);
    const openingId = await publishedOpening(lab, { seats: 2 });
    const invite = 'mutation($input: InviteExpertInput!) { inviteExpert(input: $input) }';
    await lab.ask(invite, {
      input: { openingId, expertId: expert.expertId, message: '', idempotencyKey: key() },
    });
    expect(await kinds(lab, 'Lab')).toEqual(['INVITATION_OUT']);
    const invited = (await of(expert, 'Expert')).find(({ kind }) => kind === 'INVITATION_TO_ANSWER');
    expect(invited?.link).toBe(`/expert/openings/${openingId}`);
    const other = await newExpert(api, 'Bea');
    await other.ask('mutation($input: ApplyInput!) { apply(input: $input) }', {
      input: { openingId, note: '', idempotencyKey: key() },
    });
    expect((await of(lab, 'Lab')).find(({ kind }) => kind === 'APPLICATION_TO_ANSWER')).toMatchObject({
      count: 1,
      link: `/lab/openings/${openingId}`,
    });
    await engaged(api, lab, expert, openingId);
    expect(await kinds(expert, 'Expert')).toEqual(
      expect.arrayContaining(['WEEK_UNFUNDED', 'PAYOUT_ACCOUNT_MISSING']),
    );
    expect(await kinds(expert, 'Expert')).not.toContain('INVITATION_TO_ANSWER');
    expect(await kinds(lab, 'Lab')).toEqual(
      expect.arrayContaining(['WEEK_UNFUNDED', 'LOW_FUNDS', 'APPLICATION_TO_ANSWER']),
    );
    expect(await kinds(other, 'Expert')).not.toContain('WEEK_UNFUNDED');
  });

  it('shows a lab nothing of another lab', async () => {
    const stranger = await vettedLab(api, 'Stranger Labs');
    expect(await of(stranger, 'Lab')).toEqual([]);
  });

  it('shows staff what their roles decide on, and nothing else', async () => {
    const person = await api.signUp('founder@example.org');
    await person.ask('mutation($input: CreateLabInput!) { createLab(input: $input) { id } }', {
      input: {
        name: 'Unvetted Labs',
        legalName: 'Unvetted Labs Inc.',
        country: 'US',
        owners: [{ name: 'Ana Pop', shareBasisPoints: 10000 }],
        competitors: [],
        idempotencyKey: key(),
      },
    });
    const trust = await api.staff('trust@example.org', ['TRUST']);
    const verifier = await api.staff('verifier@example.org', ['VERIFIER']);
    const vet = (await of(trust, 'Staff')).find(({ kind }) => kind === 'LAB_TO_VET');
    expect(vet?.link).toMatch(/^\/admin\/labs\/[0-9a-f-]{36}$/);
    expect(await kinds(verifier, 'Staff')).toEqual([]);
    expect(await person.refused(`{ homeForStaff ${FIELDS} }`)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
