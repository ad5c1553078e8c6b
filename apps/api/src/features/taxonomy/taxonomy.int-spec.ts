import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestApi, type Caller } from '../../../test/api';
import { readEsco } from './adapter/esco';
import { readOnet } from './adapter/onet';
import { ImportTaxonomy } from './use-cases/import-taxonomy';
import { LoadOwnTaxonomy } from './use-cases/load-own-taxonomy';

const SEARCH =
  'query($text: String!, $kind: String) { searchTaxonomy(text: $text, kind: $kind) { id kind source label matchedAlias broader isRegulated } }';
const OWN = {
  concepts: [
    { id: 'medicine', kind: 'GROUP', label: 'Medicine', aliases: [], broader: null },
    {
      id: 'cardiology',
      kind: 'SKILL',
      label: 'Cardiology',
      aliases: ['Heart medicine', 'ECG 100%'],
      broader: 'medicine',
    },
    {
      id: 'physician',
      kind: 'OCCUPATION',
      label: 'Physician',
      aliases: ['Doctor'],
      broader: ['medicine'],
      isRegulated: true,
    },
    { id: 'r', kind: 'SKILL', label: 'R', aliases: [], broader: [] },
  ],
};
const HEAD = 'conceptUri,preferredLabel,altLabels,description,status,regulatedProfessionNote\n';
const ESCO = `${HEAD}occ/1,nurse,"staff nurse\nward ""night"" nurse",Cares for people.,released,http://x/regulated\nocc/2,old,,,deprecated,\n`;

describe('the taxonomy', () => {
  let api: TestApi;
  let person: Caller;
  let folder: string;
  const concepts = async () =>
    (await api.owner().query('SELECT id, label FROM taxonomy_concept ORDER BY id')).rows as {
      id: string;
      label: string;
    }[];
  const put = (name: string, text: string | Buffer) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };

  beforeAll(async () => {
    api = await TestApi.start();
    person = await api.signUp('ana@example.org');
    folder = mkdtempSync(path.join(tmpdir(), 'taxonomy-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await api.stop();
  });

  it('is not for visitors, and names a kind that it does not have', async () => {
    expect(await api.caller().refused(SEARCH, { text: 'nurse' })).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    expect(await person.refused(SEARCH, { text: 'nurse', kind: 'ANIMAL' })).toMatchObject({ field: 'kind' });
  });

  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['no label', '{"concepts":[{"id":"a","kind":"SKILL"}]}', 'concepts.0.label'],
    [
      'an id twice',
      '{"concepts":[{"id":"a","kind":"SKILL","label":"A"},{"id":"a","kind":"SKILL","label":"B"}]}',
      'stands there twice',
    ],
    [
      'a broader one that is absent',
      '{"concepts":[{"id":"a","kind":"SKILL","label":"A","broader":["b"]}]}',
      'b, which is not there',
    ],
  ])('refuses an own list with %s and stores nothing', async (_, text, message) => {
    await expect(api.app.get(LoadOwnTaxonomy).run(text)).rejects.toThrow(message);
    expect(await concepts()).toEqual([]);
  });

  it('names a bad folder, file, line or column', () => {
    put('empty/readme.txt', '');
    put('column/occupations_en.csv', 'conceptUri,preferredLabel\n');
    put('cut/occupations_en.csv', `${HEAD}occ/1,nurse\n`);
    put('quote/occupations_en.csv', `${HEAD}occ/1,"nurse\n`);
    put('bytes/occupations_en.csv', Buffer.from([0xff, 0xfe, 0x00]));
    put('onet/Occupation Data.txt', 'O*NET-SOC Code\tTitle\n11-1011.00\tChief Executives\n');
    const at = (name: string) => path.join(folder, name);
    expect(() => readEsco(at('absent'))).toThrow(/absent does not exist/);
    expect(() => readEsco(at('empty'))).toThrow(/needs occupations_en.csv or skills_en.csv/);
    expect(() => readEsco(at('column'))).toThrow('occupations_en.csv has no column "altLabels"');
    expect(() => readEsco(at('cut'))).toThrow('occupations_en.csv, line 2: 2 fields');
    expect(() => readEsco(at('quote'))).toThrow('occupations_en.csv, line 2: a quote');
    expect(() => readEsco(at('bytes'))).toThrow('UTF-8');
    expect(() => readOnet(at('onet'))).toThrow('Occupation Data.txt has no column "Description"');
  });

  it('finds skills and occupations by name, other name and likeness, the same first', async () => {
    await api.app.get(LoadOwnTaxonomy).run(JSON.stringify(OWN));
    const find = async (text: string, kind?: string) =>
      (await person.ask(SEARCH, { text, kind })).searchTaxonomy as { label: string }[];
    expect(await find('cardiology')).toMatchObject([
      { label: 'Cardiology', kind: 'SKILL', source: 'OWN', matchedAlias: null, broader: ['Medicine'] },
    ]);
    expect(await find('doctor')).toMatchObject([
      { label: 'Physician', matchedAlias: 'Doctor', isRegulated: true },
    ]);
    expect(await find('cardiolog')).toMatchObject([{ label: 'Cardiology' }]);
    expect(await find('medicine')).toMatchObject([{ label: 'Cardiology', matchedAlias: 'Heart medicine' }]);
    expect(await find('medicine', 'GROUP')).toMatchObject([{ label: 'Medicine' }]);
    expect(await find('r', 'SKILL')).toMatchObject([{ label: 'R' }]);
    expect(await find('100%')).toMatchObject([{ label: 'Cardiology' }]);
    expect(await find('%%%')).toEqual([]);
    expect(await find('  ')).toEqual([]);
  });

  it('can be loaded again: ids stay, names that are gone are gone', async () => {
    const before = await concepts();
    const changed = {
      concepts: OWN.concepts.map((each) => ({
        ...each,
        aliases: [],
        label: each.label === 'R' ? 'R language' : each.label,
      })),
    };
    await api.app.get(LoadOwnTaxonomy).run(JSON.stringify(changed));
    expect((await concepts()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await api.owner().query('SELECT 1 FROM taxonomy_alias')).rowCount).toBe(0);
    expect((await concepts()).map(({ label }) => label)).toContain('R language');
  });

  it('loads what is there of ESCO and O*NET, also from a folder inside, and lists what is missing', async () => {
    put('esco/inner/occupations_en.csv', ESCO);
    put('esco/inner/broaderRelationsOccPillar_en.csv', 'conceptUri,broaderUri\nocc/1,isco/2\n');
    put(
      'good-onet/Occupation Data.txt',
      'O*NET-SOC Code\tTitle\tDescription\n29-1141.00\tRegistered Nurses\tAssess.\n',
    );
    put(
      'good-onet/Alternate Titles.txt',
      'O*NET-SOC Code\tTitle\tAlternate Title\n29-1141.00\tRegistered Nurses\tRN\n',
    );
    const esco = readEsco(path.join(folder, 'esco'));
    expect(esco.missing.join()).toMatch(/skills_en.csv: .*1 relations name a concept/);
    const loading = api.app.get(ImportTaxonomy);
    expect(await loading.run(esco)).toMatchObject({ occupations: 1, aliases: 2, relations: 0 });
    expect(await loading.run(readOnet(path.join(folder, 'good-onet')))).toMatchObject({
      occupations: 1,
      aliases: 1,
    });
    const { searchTaxonomy } = await person.ask(SEARCH, { text: 'ward "night" nurse' });
    expect(searchTaxonomy[0]).toMatchObject({ label: 'nurse', source: 'ESCO', isRegulated: true });
    const journal = await api
      .owner()
      .query("SELECT facts FROM journal_entry WHERE subject_type = 'taxonomy-import' ORDER BY id");
    expect(journal.rows.map(({ facts }) => facts.source)).toEqual(['OWN', 'OWN', 'ESCO', 'ONET']);
    const kept = await api.owner().query("SELECT missing FROM taxonomy_import WHERE source = 'ESCO'");
    expect(kept.rows[0].missing.join()).toContain('skills_en.csv');
  });

  it('is as it was when an import breaks in the middle', async () => {
    const before = await concepts();
    const concept = { kind: 'SKILL', description: '', aliases: [], isRegulated: false } as const;
    const many = Array.from({ length: 1001 }, (_, n) => ({ ...concept, code: `s${n}`, label: `skill ${n}` }));
    many[1000] = { ...concept, code: 'bad', label: 'nul \u0000' };
    const source = { name: 'ESCO', concepts: many, relations: [], read: [], missing: [] } as const;
    await expect(api.app.get(ImportTaxonomy).run(source)).rejects.toThrow();
    expect(await concepts()).toEqual(before);
  });

  it('has a list of its own: twelve fields, sixty occupations, every skill under a field', async () => {
    const file = path.join(__dirname, '../../../../../prisma/seed/taxonomy/taxonomy.json');
    const text = readFileSync(file, 'utf8');
    const loaded = await api.app.get(LoadOwnTaxonomy).run(text);
    expect(loaded).toMatchObject({ groups: 12, occupations: 60, skills: 264 });
    expect(loaded.aliases).toBeGreaterThan(400);
    const { concepts: listed } = JSON.parse(text) as { concepts: { label: string; kind: string }[] };
    const labels = listed.map(({ kind, label }) => `${kind} ${label.toLowerCase()}`);
    expect(new Set(labels).size).toBe(labels.length);
    const lost = await api.owner().query(`
      WITH RECURSIVE above AS (
        SELECT id AS concept, id AS at FROM taxonomy_concept WHERE source = 'OWN' AND source_code LIKE '%/%'
        UNION SELECT a.concept, r.broader_id FROM above a JOIN taxonomy_relation r ON r.narrower_id = a.at
      )
      SELECT concept FROM above GROUP BY concept
      HAVING NOT bool_or(at IN (SELECT id FROM taxonomy_concept WHERE kind = 'GROUP'))`);
    expect(lost.rows).toEqual([]);
    const { searchTaxonomy } = await person.ask(SEARCH, { text: 'red-teaming' });
    expect(searchTaxonomy[0]).toMatchObject({
      label: 'Adversarial prompting',
      matchedAlias: 'red-teaming',
      broader: ['Machine learning'],
    });
  });
});
