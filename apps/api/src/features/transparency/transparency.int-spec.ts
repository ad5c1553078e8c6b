import request from 'supertest';
import { TestApi } from '../../../test/api';
import { publishedOpening, vettedLab } from '../../../test/main-job';
import { settledWeeks } from '../../../test/settled-week';

const HOSTILE = '</script><script>alert(1)</script>';
const HOUR = 3600;

describe('public pages', () => {
  let api: TestApi;
  let lab: Awaited<ReturnType<typeof vettedLab>>;
  const get = (address: string, headers: Record<string, string> = {}) =>
    request(api.app.getHttpServer())
      .get(address)
      .set({ accept: 'text/html', ...headers });
  const postings = (html: string) =>
    [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text = '']) =>
      JSON.parse(text),
    );

  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Aurora Research');
  });
  afterAll(() => api.stop());

  it('run no script, set no cookie, have one heading, a canonical link and a cache that may be shared', async () => {
    const id = await publishedOpening(lab, { title: 'Plain work' });
    for (const address of [
      '/',
      '/rate-card',
      '/openings',
      `/openings/${id}`,
      '/terms',
      '/privacy',
      '/transparency',
    ]) {
      const { status, text, headers } = await get(address);
      expect([address, status]).toEqual([address, 200]);
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=600');
      expect(headers.vary).toContain('cookie');
      expect(text.match(/<h1/g)).toHaveLength(1);
      expect(text.replaceAll(/<script type="application\/ld\+json">/g, '')).not.toContain('<script');
      expect(text).not.toMatch(/\sstyle=/);
      expect(text).not.toMatch(/\son\w+=/);
      expect(text).toContain(
        `<link rel="canonical" href="http://127.0.0.1:4000${address === '/' ? '/' : address}"/>`,
      );
      expect(text.match(/rel="preload" as="font"/g)).toHaveLength(2);
      expect(text).toContain('href="#main"');
    }
  });

  it('remember the chosen theme, and are then not shared with others', async () => {
    const { text, headers } = await get('/', { cookie: 'theme=dark' });
    expect(text).toContain('data-theme="dark"');
    expect(headers['cache-control']).toBe('private, no-cache');
    expect((await get('/', { cookie: 'theme="><script>' })).text).not.toContain('data-theme');
    const signedIn = await get('/', { authorization: `Bearer ${lab.token}` });
    expect(signedIn.headers['cache-control']).toBe('private, no-cache');
    expect(signedIn.text).toContain('Your pages');
  });

  it('show hostile words as words', async () => {
    const id = await publishedOpening(lab, { title: HOSTILE, description: '"><img src=x onerror=alert(1)>' });
    const { text } = await get(`/openings/${id}`);
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img');
    expect(text).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
    const [posting] = postings(text);
    expect(posting.title).toBe(HOSTILE);
    const list = await get(`/openings?search=${encodeURIComponent('"><img onerror=x>')}`);
    expect(list.text).not.toContain('<img');
    expect(list.text).toContain('value="&quot;&gt;&lt;img onerror=x&gt;"');
    expect((await get(`/openings/${encodeURIComponent('"><img>')}`)).text).not.toContain('<img');
  });

  it('say that work begins at once where the first day of an open opening has come, and go on offering it', async () => {
    const startsOn = '2025-01-06';
    const id = await publishedOpening(lab, { title: 'Begun long ago', startsOn, weeks: 4 });
    const { text } = await get(`/openings/${id}`);
    expect(text).toMatch(/<dt>Starts<\/dt><dd>At once<\/dd>/);
    expect(text).not.toContain(startsOn);
    expect(Date.parse(postings(text)[0].validThrough)).toBeGreaterThan(api.clock.now().getTime());
    expect((await get('/openings?search=Begun+long+ago')).text).toContain('<li>at once</li>');
  });

  it('give search engines each open opening, and take closed ones back', async () => {
    const id = await publishedOpening(lab, {
      title: 'Kept in Japan',
      currency: 'JPY',
      rateMinMinor: '9000',
      rateMaxMinor: '12000',
      countries: ['JP', 'DE'],
    });
    const open = await get(`/openings/${id}`);
    expect(postings(open.text)).toEqual([
      expect.objectContaining({
        '@type': 'JobPosting',
        title: 'Kept in Japan',
        jobLocationType: 'TELECOMMUTE',
        directApply: true,
        validThrough: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        identifier: { '@type': 'PropertyValue', name: 'Tallystick', value: id },
        applicantLocationRequirements: [
          { '@type': 'Country', name: 'JP' },
          { '@type': 'Country', name: 'DE' },
        ],
        baseSalary: {
          '@type': 'MonetaryAmount',
          currency: 'JPY',
          value: { '@type': 'QuantitativeValue', minValue: 9000, maxValue: 12000, unitText: 'HOUR' },
        },
      }),
    ]);
    await lab.ask('mutation($id: ID!) { closeOpening(openingId: $id) }', { id });
    const closed = await get(`/openings/${id}`);
    expect(closed.status).toBe(410);
    expect(postings(closed.text)).toEqual([]);
    expect(closed.text).toContain('Similar, and open');
    expect(closed.text).not.toContain('>Apply<');
    const { text, headers } = await get('/sitemap.xml');
    expect(headers['content-type']).toContain('application/xml');
    const { rows } = await api.owner().query(`SELECT id FROM opening WHERE state = 'OPEN' ORDER BY id`);
    expect(
      [...text.matchAll(/\/openings\/([0-9a-f-]{36})</g)].map(([, found]) => found ?? '').sort(),
    ).toEqual(rows.map((row: { id: string }) => row.id));
    expect((await get('/robots.txt')).text).toContain('Sitemap: http://127.0.0.1:4000/sitemap.xml');
  });

  it('show nothing of a draft, even to its own lab', async () => {
    const id = await publishedOpening(lab, { title: 'Was a draft' });
    await api.owner().query(`UPDATE opening SET state = 'DRAFT', published_at = NULL WHERE id = $1`, [id]);
    expect((await get(`/openings/${id}`, { authorization: `Bearer ${lab.token}` })).status).toBe(404);
  });

  it('answer an unknown address with our own page, and programs in JSON', async () => {
    const page = await get('/no/such/page');
    expect(page.status).toBe(404);
    expect(page.text).toContain('<h1>Nothing is here</h1>');
    expect(page.text).toContain('<meta name="robots" content="noindex"/>');
    const program = await get('/no/such/page', { accept: 'application/json' });
    expect([program.status, program.body.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the list of open projects', () => {
  let api: TestApi;
  let lab: Awaited<ReturnType<typeof vettedLab>>;
  const text = async (address: string) =>
    (await request(api.app.getHttpServer()).get(address).set('accept', 'text/html')).text;
  const titles = (html: string) =>
    [...html.matchAll(/class="opening-title"><a href="[^"]+">([^<]+)</g)].map(([, title]) => title);
  const link = (html: string, rel: string) =>
    new RegExp(`rel="${rel}"[^>]*href="([^"]+)"`).exec(html)?.[1]?.replaceAll('&amp;', '&');

  beforeAll(async () => {
    api = await TestApi.start();
    lab = await vettedLab(api, 'Aurora Research');
    for (let n = 1; n <= 43; n++) await publishedOpening(lab, { title: `Bulk ${n}`, rung: 'GENERALIST' });
    await publishedOpening(lab, { title: 'Heart rhythm', countries: ['US'], rung: 'CREDENTIALED' });
  }, 120_000);
  afterAll(() => api.stop());

  it('is filtered by rung, kind, search and country, and the form keeps what was asked', async () => {
    expect(titles(await text('/openings?rung=CREDENTIALED'))).toEqual(['Heart rhythm']);
    expect(titles(await text('/openings?search=rhythm&country=US&taskFamily=REASONING'))).toEqual([
      'Heart rhythm',
    ]);
    const bulk = await text('/openings?rung=GENERALIST&search=Bulk&country=DE');
    expect(bulk).toContain('43 openings found');
    expect(bulk).toMatch(/<option value="GENERALIST" selected="">/);
    expect(bulk).toMatch(/name="search"[^>]*value="Bulk"/);
    expect(titles(await text('/openings?rung=NO_SUCH'))).toHaveLength(20);
  });

  it('names the nearest filter that finds something', async () => {
    const html = await text('/openings?rung=CREDENTIALED&search=rhythm&country=JP');
    expect(titles(html)).toEqual([]);
    expect(html).toMatch(
      /<a href="\/openings\?search=rhythm&amp;rung=CREDENTIALED">“rhythm”, Credentialed<\/a>: 1 opening/,
    );
    expect(html).not.toContain('Everything that is open');
  });

  it('is paged forth and back without losing or repeating a row or the filter', async () => {
    const pages: string[][] = [];
    let address: string | undefined = '/openings?rung=GENERALIST';
    let html = '';
    while (address) {
      html = await text(address);
      pages.push(titles(html) as string[]);
      address = link(html, 'next');
    }
    expect(pages.map((page) => page.length)).toEqual([20, 20, 3]);
    expect(new Set(pages.flat()).size).toBe(43);
    const back: string[][] = [];
    for (address = link(html, 'prev'); address; address = link(html, 'prev')) {
      html = await text(address);
      back.unshift(titles(html) as string[]);
    }
    expect(back).toEqual(pages.slice(0, 2));
    expect(titles(await text('/openings?after=nonsense'))).toHaveLength(20);
    expect(
      titles(await text(`/openings?after=${Buffer.from('["x","y"]').toString('base64url')}`)),
    ).toHaveLength(20);
  });
});

describe('public figures', () => {
  let api: TestApi;
  let openingId: string;
  const now = new Date('2026-11-18T12:00:00Z');
  const yesterday = new Date('2026-11-17T15:00:00Z');
  const text = async (address: string) =>
    (await request(api.app.getHttpServer()).get(address).set('accept', 'text/html')).text;
  const later = () => api.clock.hold(new Date(api.clock.now().getTime() + 61_000));

  beforeAll(async () => {
    api = await TestApi.start();
    openingId = await publishedOpening(await vettedLab(api, 'Aurora Research'));
    api.clock.hold(now);
  });
  afterAll(() => api.stop());

  it('stay hidden below five people, and say why', async () => {
    const hour = { openingId, seconds: HOUR, chargedAt: yesterday };
    await settledWeeks(api.owner(), [
      ...[10_000, 11_000, 12_000, 40_000].map((payMinor) => ({ ...hour, payMinor })),
      { ...hour, payMinor: 9_000, state: 'SUBMITTED' },
    ]);
    const opening = await text(`/openings/${openingId}`);
    expect(opening).toContain('Fewer than 5 people');
    expect(opening).not.toMatch(/US\$1[12]\d\.00 .*median/);
    expect(await text('/rate-card')).toContain('Not shown: fewer than 5 people');
  });

  it('are the median over people of pay by all logged time from five on', async () => {
    await settledWeeks(api.owner(), [
      { openingId, payMinor: 10_000, seconds: 2 * HOUR, chargedAt: yesterday },
    ]);
    later();
    const opening = await text(`/openings/${openingId}`);
    expect(opening).toContain('US$110.00');
    expect(opening).toContain('median over 5 people');
    expect(await text('/rate-card')).toMatch(/US\$110\.00<\/strong> over 5(?:<!-- -->)? people/);
    expect(await text('/rate-card?taskFamily=CODE')).not.toContain('US$110.00');
    expect(await text('/openings')).toContain('Realised: US$110.00');
  });

  it('show the tally of yesterday to the cent, and a marked example when too little was charged', async () => {
    const home = await text('/');
    expect(home).toContain('17 November 2026');
    expect(home).toContain('6 lines');
    expect(home).toContain('US$1,058.00');
    expect(home).toContain('US$920.00');
    expect(home).toContain('US$138.00');
    expect(await text('/transparency')).toContain('US$1,058.00');
    api.clock.hold(new Date(now.getTime() + 86_400_000));
    const next = await text('/');
    expect(next).toContain('Example');
    expect(next).toContain('US$115.00');
    expect(next).not.toContain('Yesterday&#x27;s tally</h2>');
  });
});

describe('the shell of the signed-in pages', () => {
  let api: TestApi;
  beforeAll(async () => (api = await TestApi.start()));
  afterAll(() => api.stop());

  it('names the page, the theme, and fetches the modules of the address at once with its nonce', async () => {
    const shell = (address: string) =>
      request(api.app.getHttpServer()).get(address).set({ accept: 'text/html', cookie: 'theme=light' });
    const { text, headers } = await shell('/lab/projects/new');
    const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1];
    expect(text).toContain('<html lang="en" data-theme="light">');
    expect(text).toContain('<h1>Your lab</h1>');
    const modules = [...text.matchAll(/<link rel="modulepreload" nonce="([^"]+)" href="([^"]+)">/g)];
    expect(new Set(modules.map(([, given]) => given))).toEqual(new Set([nonce]));
    expect(modules.some(([, , href]) => href?.includes('project-wizard-page'))).toBe(true);
    expect((await shell('/expert/credentials')).text).not.toContain('project-wizard-page');
    for (const [, , href] of modules) expect((await shell(href ?? '')).status).toBe(200);
  });
});
