import { TestApi } from '../../../test/api';
import { key, layer, newExpert, vettedLab } from '../../../test/main-job';
import { readTaxonomyText } from '../../demo/content';
import { LoadOwnTaxonomy } from '../taxonomy/taxonomy.public';

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

  it('pay in a currency in which money can come in: said when they are written, and when an old draft is published', async () => {
    const lab = await vettedLab(api, 'Stratus');
    const input = {
      ...{ title: 'In dinars', summary: 'Judging answers about the heart.', taskFamily: 'REASONING' },
      ...{ scarcity: 'MEDIUM', sensitivity: 'LOW', control: 'LOW' },
      ...{ unpaidParts: '', monitoring: '', contentWarning: '' },
    };
    const wish = (currency: string) => ({
      input: { ...input, openings: [layer({}), layer({ currency })], idempotencyKey: key() },
    });
    for (const currency of ['KWD', 'CAD'])
      expect(await lab.refused(SAVE, wish(currency))).toMatchObject({
        ...{ code: 'CURRENCY_WITHOUT_FUNDING', field: 'openings.1.currency' },
        message: expect.stringContaining('USD, EUR, GBP, or JPY'),
      });
    const { saveProject } = await lab.ask(SAVE, wish('EUR'));
    await api.owner().query(`UPDATE opening SET currency = 'KWD' WHERE currency = 'EUR'`);
    expect(await lab.refused(PUBLISH, { id: saveProject.id, k: key() })).toMatchObject({
      ...{ code: 'CURRENCY_WITHOUT_FUNDING', field: expect.stringMatching(/^openings\.\d\.currency$/) },
      message: expect.stringContaining('USD, EUR, GBP, or JPY'),
    });
  });

  it('name required skills that are not in the list or that no expert lists, until the project is published', async () => {
    const lab = await vettedLab(api, 'Cirrus');
    await api.app.get(LoadOwnTaxonomy, { strict: false }).run(readTaxonomyText());
    const expert = await newExpert(api, 'Dr Eva');
    await api.owner().query(
      `INSERT INTO expert_skill (id, expert_id, label)
       SELECT gen_random_uuid(), $1, label FROM unnest(ARRAY['Electrocardiogram interpretation', 'Cupping']) AS label`,
      [expert.expertId],
    );
    const skill = (label: string, isRequired = true) => ({ label, isRequired });
    const input = {
      title: 'Of a fragment',
      summary: 'Judging answers about the heart.',
      taskFamily: 'REASONING',
      ...{ scarcity: 'MEDIUM', sensitivity: 'LOW', control: 'LOW' },
      ...{ unpaidParts: '', monitoring: '', contentWarning: '' },
      openings: [
        layer({
          skills: [
            ...[skill('Cupping'), skill('Echocard'), skill('electrocardiogram interpretation')],
            ...[skill('Stereochemistry'), skill('Nonsense', false)],
          ],
        }),
      ],
      idempotencyKey: key(),
    };
    const { saveProject } = await lab.ask(
      'mutation($input: SaveProjectInput!) { saveProject(input: $input) { id unmatchedSkills { label isListed isHeld } } }',
      { input },
    );
    expect(saveProject.unmatchedSkills).toEqual([
      { label: 'Cupping', isListed: false, isHeld: true },
      { label: 'Echocard', isListed: false, isHeld: false },
      { label: 'Stereochemistry', isListed: true, isHeld: false },
    ]);
    await lab.ask(PUBLISH, { id: saveProject.id, k: key() });
    const { project } = await lab.ask('query($id: ID!) { project(id: $id) { unmatchedSkills { label } } }', {
      id: saveProject.id,
    });
    expect(project.unmatchedSkills).toEqual([]);
  });
});
