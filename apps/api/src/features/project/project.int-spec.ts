import { TestApi } from '../../../test/api';
import { key, layer, vettedLab } from '../../../test/main-job';

const SAVE = 'mutation($input: SaveProjectInput!) { saveProject(input: $input) { id openings { title } } }';
const PUBLISH =
  'mutation($id: ID!, $k: String!) { publishProject(id: $id, idempotencyKey: $k) { openings { title } } }';

describe('the layers of a project', () => {
  let api: TestApi;
  beforeAll(async () => (api = await TestApi.start()));
  afterAll(() => api.stop());

  it('stay in the order in which they are written: in the draft, once published, and in the public list', async () => {
    const lab = await vettedLab(api, 'Nimbostratus');
    const titles = Array.from({ length: 8 }, (_each, index) => `Layer ${index + 1}`);
    const input = {
      title: 'In order',
      summary: 'Judging answers about the heart.',
      taskFamily: 'REASONING',
      ...{ scarcity: 'MEDIUM', sensitivity: 'LOW', control: 'LOW' },
      ...{ unpaidParts: '', monitoring: '', contentWarning: '' },
      openings: titles.map((title) => layer({ title })),
    };
    const titlesOf = (rows: { title: string }[]) => rows.map(({ title }) => title);
    const { saveProject } = await lab.ask(SAVE, { input: { ...input, idempotencyKey: key() } });
    expect(titlesOf(saveProject.openings)).toEqual(titles);
    const again = await lab.ask(SAVE, { input: { ...input, id: saveProject.id, idempotencyKey: key() } });
    expect(titlesOf(again.saveProject.openings)).toEqual(titles);
    const { publishProject } = await lab.ask(PUBLISH, { id: saveProject.id, k: key() });
    expect(titlesOf(publishProject.openings)).toEqual(titles);
    const { publicOpenings } = await lab.ask('{ publicOpenings { edges { node { title } } } }');
    expect(publicOpenings.edges.map(({ node }: { node: { title: string } }) => node.title)).toEqual(titles);
  });
});
