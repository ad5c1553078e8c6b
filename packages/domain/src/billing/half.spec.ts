import fc from 'fast-check';
import { readHalf, type Half, type HalfLine, type HalfWeek } from './half';
import { checkHalf, signedText, type HalfTools } from './half-check';
import { agreeAsFarAsBothGo, compareHalves, halvesAgree } from './half-compare';
import { newerWords } from './half-newer';
import { inSignedOrder, lineHash, rootOf, type SignedWeekClaim } from './half-root';

/** FNV-1a of 64 bits: a stand-in, as the domain has no SHA-256 of its own. */
const sha256 = (text: string) => {
  let hash = 0xcbf29ce484222325n;
  for (const sign of text) hash = BigInt.asUintN(64, (hash ^ BigInt(sign.charCodeAt(0))) * 0x100000001b3n);
  return hash.toString(16).padStart(64, '0');
};
/** A signature of this test: the text itself with its hash under a secret. */
const sign = (text: string) => `${sha256(`secret ${text}`)}.${text}`;
const tools: HalfTools = {
  sha256,
  verify: (signature) => {
    const text = signature.slice(65);
    return Promise.resolve(sign(text) === signature ? { signed: text } : { problem: 'not signed' });
  },
};

const lineOf = (week: string, at: number, payMinor: number): HalfLine => ({
  week,
  charge: `charge-${week}-${at}`,
  entry: `entry-${week}-${at}`,
  activity: 'WORK',
  startsAt: `${week}T${String(8 + at).padStart(2, '0')}:00:00.000Z`,
  endsAt: `${week}T${String(9 + at).padStart(2, '0')}:00:00.000Z`,
  seconds: 3600,
  currency: 'USD',
  rateMinorPerHour: String(payMinor),
  agreedMinor: String(payMinor),
  priceMinor: String(payMinor + 15),
  payMinor: String(payMinor),
  feeMinor: '15',
  labFeePpm: 150_000,
  expertFeePpm: 0,
  rounding: 'HALF_EVEN',
  takeRatePolicy: 'policy',
  ledgerTransaction: `transaction-${week}-${at}`,
  bookedPayMinor: String(payMinor),
  bookedFeeMinor: '15',
  chargedAt: `${week}T20:00:00.000Z`,
});

const sumOf = (lines: readonly HalfLine[], field: 'priceMinor' | 'payMinor' | 'feeMinor') =>
  lines.reduce((sum, line) => sum + BigInt(line[field]), 0n).toString();
const sums = (lines: readonly HalfLine[]) => ({
  lines: lines.length,
  priceMinor: sumOf(lines, 'priceMinor'),
  payMinor: sumOf(lines, 'payMinor'),
  feeMinor: sumOf(lines, 'feeMinor'),
});

async function halfOf(
  side: 'LAB' | 'EXPERT',
  weeks: Record<string, number[]>,
  engagement = 'one',
  versions: Readonly<Record<string, number>> = {},
) {
  const lines = Object.entries(weeks).flatMap(([week, pays]) => pays.map((pay, at) => lineOf(week, at, pay)));
  const signed: HalfWeek[] = [];
  for (const week of Object.keys(weeks)) {
    const own = lines.filter((line) => line.week === week);
    const hashes = await Promise.all(own.map((line) => lineHash(sha256, line)));
    const root = await rootOf(sha256, hashes);
    const statementRoot = await rootOf(sha256, [...signed.map((each) => each.root), root]);
    const claim: SignedWeekClaim = {
      format: 'tallystick-signed-week',
      formatVersion: 1,
      engagement,
      week,
      version: versions[week] ?? 1,
      number: signed.length + 1,
      previousRoot: null,
      lines: hashes,
      root,
      statementRoot,
      currency: 'USD',
      priceMinor: sumOf(own, 'priceMinor'),
      payMinor: sumOf(own, 'payMinor'),
      feeMinor: sumOf(own, 'feeMinor'),
      signedAt: `${week}T20:00:00.000Z`,
    };
    signed.push({
      week,
      version: versions[week] ?? 1,
      root,
      signature: sign(signedText(claim)),
      ...sums(own),
    });
  }
  const root = await rootOf(
    sha256,
    signed.map((each) => each.root),
  );
  const half: Half = {
    format: 'tallystick-half',
    version: 1,
    side,
    issuer: 'http://localhost',
    madeAt: '2026-11-28T00:00:00.000Z',
    engagement,
    opening: 'Case review',
    party: { id: side, name: side },
    currency: 'USD',
    lines,
    weeks: signed,
    totals: { ...sums(lines), seconds: lines.length * 3600 },
    root,
  };
  return half;
}

const WEEKS = { '2026-11-02': [100, 200, 300], '2026-11-09': [400, 500] };
type Loose = { -readonly [K in keyof Half]: any };
const changed = (half: Half, change: (half: Loose) => void): Half => {
  const copy = JSON.parse(JSON.stringify(half)) as Loose;
  change(copy);
  return copy as Half;
};

describe('two halves of a tally', () => {
  let [lab, expert] = [] as unknown as [Half, Half];
  beforeAll(async () => {
    [lab, expert] = [await halfOf('LAB', WEEKS), await halfOf('EXPERT', WEEKS)];
  });

  it('agree where both are as they were signed', async () => {
    const result = await compareHalves(lab, expert, tools);
    expect(result).toEqual({ lab: [], expert: [], difference: undefined });
    expect(halvesAgree(result)).toBe(true);
    expect(readHalf(JSON.stringify(lab))).toEqual({ ok: true, value: lab });
  });

  it('carry what a bonus was for since the second form; the first has no such field', () => {
    const given = (version: number) =>
      JSON.stringify(changed(lab, (half) => ((half.version = version), (pay(half).reason = 'Found a flaw'))));
    expect(readHalf(given(2))).toMatchObject({
      ok: true,
      value: { lines: { 1: { reason: 'Found a flaw' } } },
    });
    expect(readHalf(given(1))).toMatchObject({
      refusal: { message: expect.stringMatching(/line 2: there is no field "reason"/) },
    });
  });

  const pay = (half: Loose) => half.lines[1];
  it.each<[string, (half: Loose) => void, RegExp]>([
    [
      'a cent more pay',
      (half) => (pay(half).payMinor = '201'),
      /2 November 2026, line 2 .* not as it was signed/,
    ],
    [
      'a cent that is moved from pay to fee everywhere',
      (half) => {
        for (const row of [pay(half), half.weeks[0], half.totals]) {
          row.payMinor = (BigInt(row.payMinor) - 1n).toString();
          row.feeMinor = (BigInt(row.feeMinor) + 1n).toString();
        }
      },
      /line 2 .* not as it was signed/,
    ],
    ['a reason that was not signed', (half) => (pay(half).reason = 'x'), /line 2 .* not as it was signed/],
    ['another time', (half) => (pay(half).seconds = 3601), /line 2 .* not as it was signed/],
    ['a line left out', (half) => half.lines.splice(1, 1), /line 2 .* not in its place/],
    ['the last line left out', (half) => half.lines.splice(2, 1), /3 lines are signed and 2 are in the file/],
    ['a line doubled', (half) => half.lines.splice(1, 0, half.lines[0]), /line 2 .* stands twice/],
    [
      'lines reordered',
      (half) => half.lines.splice(0, 2, half.lines[1], half.lines[0]),
      /line 1 .* not in its place/,
    ],
    ['a line of no week', (half) => half.lines.push({ ...pay(half), week: '2026-11-16' }), /no signature is/],
    [
      'a line made up',
      (half) => half.lines.splice(3, 0, { ...pay(half), charge: 'x' }),
      /not among the lines/,
    ],
    [
      'a week left out',
      (half) => (half.weeks.shift(), (half.lines = half.lines.slice(3))),
      /missing or was changed|root of the file/,
    ],
    ['weeks reordered', (half) => half.weeks.reverse(), /not in its place/],
    ['a sum', (half) => (half.totals.payMinor = '1'), /The file: the pay of its lines is US\$15.00/],
    ['a sum of a week', (half) => (half.weeks[1].lines = 3), /2 lines are signed, the file says 3/],
    ['the root of all', (half) => (half.root = half.weeks[0].root), /root of the file/],
    [
      'a signature of another week',
      (half) => (half.weeks[0].signature = half.weeks[1].signature),
      /another week/,
    ],
    ['a broken signature', (half) => (half.weeks[0].signature += 'x'), /not signed/],
    [
      'other amounts in the ledger',
      (half) => (pay(half).bookedPayMinor = '201'),
      /the ledger moved other amounts/,
    ],
  ])('tell of %s, whichever side it is', async (_, change, words) => {
    const one = await compareHalves(changed(lab, change), expert, tools);
    const other = await compareHalves(lab, changed(expert, change), tools);
    expect(one.lab.join('\n')).toMatch(words);
    expect(one.expert).toEqual([]);
    expect(other.expert.join('\n')).toMatch(words);
    expect([halvesAgree(one), halvesAgree(other)]).toEqual([false, false]);
  });

  it('name the first line that differs, its field and both values', async () => {
    const { difference } = await compareHalves(
      changed(lab, (half) => (pay(half).payMinor = '201')),
      expert,
      tools,
    );
    expect(difference).toBe(
      "Week of 2 November 2026, Work at 2 November 2026, 09:00 UTC (charge charge-2026-11-02-1): the pay differs: US$2.01 in the lab's half, US$2.00 in the expert's half.",
    );
  });

  describe('of which one is older', () => {
    const older = () => halfOf('EXPERT', { '2026-11-02': [100, 200] });
    const newer = () => halfOf('LAB', WEEKS, 'one', { '2026-11-02': 2 });

    it('say which lines are only in the newer one, and that all that both have is the same', async () => {
      const result = await compareHalves(await newer(), await older(), tools);
      expect([halvesAgree(result), agreeAsFarAsBothGo(result)]).toEqual([false, true]);
      expect(newerWords(result.newer!, true)).toEqual([
        "The lab's half is newer: 3 lines were charged after the expert's half was made.",
        'Week of 2 November 2026, only in the newer half: 1 line: Work at 2 November 2026, 10:00 UTC (charge charge-2026-11-02-2).',
        'Week of 9 November 2026, only in the newer half: the whole week: Work at 9 November 2026, 08:00 UTC (charge charge-2026-11-09-0); Work at 9 November 2026, 09:00 UTC (charge charge-2026-11-09-1).',
        'The 2 lines that both have are the same.',
        "Download the expert's half again: then both can be compared whole.",
      ]);
      const other = await compareHalves(
        { ...(await older()), side: 'LAB' },
        { ...(await newer()), side: 'EXPERT' },
        tools,
      );
      expect(other).toMatchObject({ newer: { side: 'EXPERT', common: 2 }, difference: undefined });
    });

    it('name the first line that both have and that differs, and a line that only the older one has', async () => {
      const withCent = changed(await older(), (half) => (pay(half).payMinor = '201'));
      const cent = await compareHalves(await newer(), withCent, tools);
      expect(cent.newer?.common).toBe(2);
      expect(cent.difference).toBe(
        "Week of 2 November 2026, Work at 2 November 2026, 09:00 UTC (charge charge-2026-11-02-1): the pay differs: US$2.00 in the lab's half, US$2.01 in the expert's half.",
      );
      expect(agreeAsFarAsBothGo(cent)).toBe(false);
      const withMore = changed(await older(), (half) => half.lines.push({ ...pay(half), charge: 'x' }));
      expect((await compareHalves(await newer(), withMore, tools)).difference).toMatch(
        /charge x\): the line is in the expert's half only/,
      );
    });

    it('let no line in by a week of the same version on both sides', async () => {
      const later = await halfOf('LAB', WEEKS);
      const two = { '2026-11-02': [100, 200, 300] };
      const withMore = changed(later, (half) =>
        half.lines.splice(3, 0, { ...half.lines[2], charge: 'x', startsAt: '2026-11-02T12:00:00.000Z' }),
      );
      expect((await compareHalves(withMore, await halfOf('EXPERT', two), tools)).difference).toMatch(
        /charge x\): the line is in the lab's half only/,
      );
    });

    it('are not of one time where each is newer in another week', async () => {
      const one = await halfOf('LAB', WEEKS, 'one', { '2026-11-02': 2 });
      const other = await halfOf('EXPERT', WEEKS, 'one', { '2026-11-09': 2 });
      const { newer: found, difference } = await compareHalves(one, other, tools);
      expect(found).toBeUndefined();
      expect(difference).toMatch(/2 November 2026: its version differs: 2 in the lab's half, 1 in/);
    });
  });

  it('of two engagements do not agree, and neither does a signature that is carried over', async () => {
    const other = await halfOf('LAB', WEEKS, 'two');
    expect((await compareHalves(other, expert, tools)).difference).toMatch(/The engagement differs/);
    const swapped = changed(lab, (half) => (half.weeks[0].signature = other.weeks[0]?.signature));
    expect(await checkHalf(swapped, tools)).toEqual([
      'Week of 2 November 2026: the signature is of another engagement.',
    ]);
  });

  it('no field of a line can be changed without notice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(lab.lines.length - 1),
        fc.constantFrom(...Object.keys(lab.lines[0] ?? {})),
        async (at, field) => {
          const touched = changed(lab, (half) => {
            const value = half.lines[at][field];
            half.lines[at][field] =
              typeof value === 'number'
                ? value + 1
                : `${value}`.replace(/.$/, (c) => (c === '7' ? '8' : '7'));
          });
          const result = await compareHalves(touched, expert, tools);
          return result.lab.length > 0 && result.difference !== undefined;
        },
      ),
    );
  });

  it.each<[string, (half: Loose) => unknown, RegExp]>([
    ['is not JSON', () => '{', /not JSON/],
    ['is something else', () => '[]', /no half of a tally/],
    [
      'has another version',
      (half) => ({ ...half, version: 3 }),
      /version 3 of the form; this program reads versions up to 2/,
    ],
    ['has no side', (half) => ({ ...half, side: 'BANK' }), /neither LAB nor EXPERT/],
    ['has no lines', (half) => ({ ...half, lines: undefined }), /lines are missing/],
    [
      'has a line without pay',
      (half) => (delete half.lines[0].payMinor, half),
      /Its line 1: the field payMinor is missing/,
    ],
    ['has a number for an amount', (half) => ((half.lines[0].payMinor = 1), half), /payMinor cannot be 1\./],
    [
      'has an amount of words',
      (half) => ((half.lines[0].payMinor = '1e9'), half),
      /payMinor cannot be "1e9"/,
    ],
    ['has a field too many', (half) => ((half.lines[0].note = ''), half), /there is no field "note"/],
    [
      'would move a cursor',
      (half) => ((half.lines[0].activity = '\u001b[2J'), half),
      /activity cannot be "\\u001b/,
    ],
    ['has too many lines', (half) => ({ ...half, lines: Array(200_001).fill(0) }), /200000 are read at most/],
  ])('a file that %s is no half', (_, change, words) => {
    const made = change(JSON.parse(JSON.stringify(lab)));
    const read = readHalf(typeof made === 'string' ? made : JSON.stringify(made));
    expect(read.ok ? '' : read.refusal.message).toMatch(words);
  });

  it('are signed in one order, however the lines come', () => {
    expect(inSignedOrder([...lab.lines].reverse())).toEqual(lab.lines);
  });
});
