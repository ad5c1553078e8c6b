import { buffer } from 'node:stream/consumers';
import type { Half, HalfLine } from '@tallystick/domain';
import { pdfText } from '../../../test/pdf-text';
import { halfCsv, halfPdf } from './half-files';

const ROOT = 'a1'.repeat(32);
const lineOf = (week: string, at: number): HalfLine => ({
  week,
  charge: `charge-${week}-${at}`,
  entry: 'entry',
  activity: 'ONBOARDING',
  startsAt: new Date(Date.parse(`${week}T00:00:00Z`) + at * 3_600_000).toISOString(),
  endsAt: `${week}T23:00:00.000Z`,
  seconds: 1800 + at,
  currency: 'USD',
  rateMinorPerHour: '12345',
  agreedMinor: '1000',
  priceMinor: String(123_400 + at),
  payMinor: String(100_000 + at),
  feeMinor: '23400',
  labFeePpm: 150_000,
  expertFeePpm: 0,
  rounding: 'HALF_EVEN',
  takeRatePolicy: 'policy',
  ledgerTransaction: 'transaction',
  bookedPayMinor: '1',
  bookedFeeMinor: '1',
  chargedAt: `${week}T23:00:00.000Z`,
});
const WEEKS = ['2026-11-02', '2026-11-09', '2026-11-16'];
const lines = WEEKS.flatMap((week) => Array.from({ length: 100 }, (_, at) => lineOf(week, at)));
const half: Half = {
  format: 'tallystick-half',
  version: 1,
  side: 'EXPERT',
  issuer: 'https://tally.example.org',
  madeAt: '2026-11-28T10:00:00.000Z',
  engagement: '00000000-0000-7000-8000-000000000001',
  opening:
    'Überprüfung von Žižeks Antworten, mit einem sehr langen Namen, der nicht auf eine Zeile passt, weil er nie endet',
  party: { id: 'e', name: 'Dr Đặng Žižek 日本' },
  currency: 'USD',
  lines,
  weeks: WEEKS.map((week) => ({
    week,
    version: 2,
    lines: 100,
    priceMinor: '12344950',
    payMinor: '10004950',
    feeMinor: '2340000',
    root: ROOT,
    signature: 'a.b.c',
  })),
  totals: {
    lines: 300,
    seconds: 5_549_85,
    priceMinor: '37034850',
    payMinor: '30014850',
    feeMinor: '7020000',
  },
  root: ROOT,
};

describe('a half as a file', () => {
  it('is a PDF of many pages in which every line can be read, with its root and how to check it', async () => {
    const text = pdfText(await buffer(halfPdf(half)));
    const pages = text.split('\f').filter((page) => page.trim() !== '');
    expect(pages.length).toBeGreaterThan(6);
    for (const [at, page] of pages.entries()) expect(page).toContain(`Page ${at + 1}`);
    const rows = text.split('\n').filter((row) => /^\s*2026-\d\d-\d\d \d\d:\d\d/.test(row));
    expect(rows).toHaveLength(300);
    for (const [at, line] of lines.entries()) {
      expect(rows[at]).toContain(`${line.startsAt.slice(0, 10)} ${line.startsAt.slice(11, 16)}`);
      expect(rows[at]).toMatch(/Onboarding\s.*US\$123\.45/);
      const price = (123_400 + (at % 100)).toString();
      expect(rows[at]).toContain(`US$1,${price.slice(1, 4)}.${price.slice(4)}`);
    }
    expect(text.match(/Begins \(UTC\)/g)?.length).toBeGreaterThan(6);
    expect(text).toContain('US$370,348.50');
    expect(text.replace(/\s+/g, ' ')).toContain(`Root, version 2: ${ROOT}`);
    expect(text).toContain('Dr Đặng Žižek ??');
    expect(text.replace(/\s+/g, ' ')).toContain('der nicht auf eine Zeile passt, weil er nie endet');
    expect(text).toContain('https://tally.example.org/.well-known/jwks.json');
  });

  it('has its figures at the right: amounts of a column end at one place', async () => {
    const text = pdfText(await buffer(halfPdf({ ...half, lines: lines.slice(0, 12) })));
    const rows = text.split('\n').filter((row) => /^\s*2026-11-02 \d\d:\d\d/.test(row));
    expect(new Set(rows.map((row) => row.trimEnd().length)).size).toBe(1);
  });

  it('says what a bonus was for, in the PDF whole and in the CSV as its last column', async () => {
    const reason = 'Found the flaw in the third protocol before anybody else had read it';
    const [first] = lines;
    const bonus = { ...half, lines: first ? [{ ...first, activity: 'BONUS', reason }] : [] };
    const words = pdfText(await buffer(halfPdf(bonus))).replace(/\s+/g, ' ');
    for (const word of `Bonus: ${reason}`.split(' ')) expect(words).toContain(word);
    expect([...halfCsv(bonus)].map((row) => row.trim().split(',').at(-1))).toEqual([
      'what a bonus was for',
      reason,
    ]);
  });

  it('is a CSV with the same lines and numbers', () => {
    const rows = [...halfCsv(half)];
    expect(rows).toHaveLength(301);
    expect(rows[1]).toContain('2026-11-02,2026-11-02T00:00:00.000Z,');
    expect(rows[1]).toContain(',123.45,10.00,1234.00,1000.00,234.00,15.0000,0.0000,HALF_EVEN,');
    expect(rows[1]?.trim().endsWith(`${ROOT},${ROOT},`)).toBe(true);
  });
});
