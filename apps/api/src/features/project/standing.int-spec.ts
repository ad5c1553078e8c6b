import { TestApi } from '../../../test/api';
import { key, newExpert, publishedOpening, vettedLab } from '../../../test/main-job';

const FIELDS = 'id standing { openings seats seatsFilled applicationsWaiting }';
const LIST = `{ projects { edges { node { ${FIELDS} } } } }`;
const ONE = `query($id: ID!) { project(id: $id) { ${FIELDS} } }`;
const APPLY = 'mutation($input: ApplyInput!) { apply(input: $input) }';

describe('how far a project is', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.stop());

  it('counts openings, seats and the applications that wait, each lab its own', async () => {
    const [lab, other] = [await vettedLab(api, 'Standing Labs'), await vettedLab(api, 'Sitting Labs')];
    const openingId = await publishedOpening(lab, { seats: 3 });
    await publishedOpening(other, { seats: 5 });
    const listed = async () =>
      (await lab.ask(LIST)).projects.edges.map(
        ({ node }: { node: { id: string; standing: object } }) => node,
      );
    const [{ id }] = await listed();
    const before = { openings: 1, seats: 3, seatsFilled: 0, applicationsWaiting: 0 };
    expect(await listed()).toEqual([{ id, standing: before }]);
    const input = { openingId, note: '', idempotencyKey: key() };
    await (await newExpert(api, 'Gus')).ask(APPLY, { input });
    await (await newExpert(api, 'Hal')).ask(APPLY, { input: { ...input, idempotencyKey: key() } });
    const after = { id, standing: { ...before, applicationsWaiting: 2 } };
    expect(await listed()).toEqual([after]);
    expect((await lab.ask(ONE, { id })).project).toEqual(after);
  });
});
