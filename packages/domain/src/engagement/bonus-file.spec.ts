import { csvLine } from '../billing/statement';
import { checkBonuses, readBonusFile } from './bonus-file';

const ONE = '01939f2e-0000-7000-8000-000000000001';
const TWO = '01939f2e-0000-7000-8000-000000000002';
const HEADER = ['engagement', 'expert', 'currency', 'amount', 'reason'];
const written = (...rows: (readonly string[])[]): string => [HEADER, ...rows].map(csvLine).join('');
const good = [ONE, 'Ana', 'USD', '1,250.50', 'Found the flaw'];

describe('a file of bonuses', () => {
  it('is read as people write it, and rows of the template that ask for nothing are left out', () => {
    expect(readBonusFile(written(good, [TWO, 'Ben', 'usd', '', '']))).toEqual({
      rows: [
        {
          ...{ rowNumber: 2, engagementId: ONE, expertName: 'Ana' },
          ...{ currency: 'USD', amountMinor: 125_050n, reason: 'Found the flaw' },
        },
      ],
      problems: [],
      leftOut: 1,
    });
  });

  it('takes columns in any order and reads over those that it does not know', () => {
    const text = ` Reason;AMOUNT;colour;Currency;engagement\nThanks;5;red;JPY;${TWO.toUpperCase()}`;
    expect(readBonusFile(text).rows).toEqual([
      { rowNumber: 2, engagementId: TWO, currency: 'JPY', amountMinor: 5n, reason: 'Thanks' },
    ]);
  });

  it.each([
    ['an id that is none', ['Ana', '', 'USD', '5', 'x'], /no id/],
    ['a currency that nobody knows', [ONE, '', 'XYZ', '5', 'x'], /currency must be one of USD/],
    ['no currency', [ONE, '', '', '5', 'x'], /currency must be one of/],
    ['no amount', [ONE, '', 'USD', '', 'x'], /amount is missing/],
    ['an amount in words', [ONE, '', 'USD', 'five', 'x'], /in digits/],
    ['an amount below zero', [ONE, '', 'USD', '-5', 'x'], /in digits/],
    ['an amount of nothing', [ONE, '', 'USD', '0.00', 'x'], /above zero/],
    ['a finer amount than the currency has', [ONE, '', 'JPY', '5.5', 'x'], /no smaller unit/],
    ['more than anybody means', [ONE, '', 'USD', '100000.01', 'x'], /at most US\$100,000\.00/],
    ['no reason', [ONE, '', 'USD', '5', ' '], /reason is missing/],
    ['a reason that is an essay', [ONE, '', 'USD', '5', 'x'.repeat(301)], /at most 300/],
    ['a reason that was not written as UTF-8', [ONE, '', 'USD', '5', 'Sch\uFFFDn'], /CSV UTF-8/],
    ['a name that was not written as UTF-8', [ONE, 'Jos\uFFFD', 'USD', '5', 'x'], /CSV UTF-8/],
    ['cells that are not there', [ONE, '', 'USD', '5'], /has 4 cells, and there are 5 columns/],
    ['one cell too many', [ONE, '', 'USD', '1', '000.00', 'x'], /has 6 cells, and there are 5 columns/],
  ])('names a row with %s, and every other bad row with it', (_, row, sentence) => {
    const { rows, problems } = readBonusFile(written(good, row, [ONE, '', '', '', '']));
    expect(rows).toHaveLength(1);
    expect(problems).toEqual([{ rowNumber: 3, sentence: expect.stringMatching(sentence) }]);
  });

  it.each(['Found the flaw', 'found  the flaw', 'Found\u00a0the fl\u200baw'])(
    'names a row that was written twice, however its reason is spaced: %j',
    (reason) => {
      const { problems } = readBonusFile(written(good, [...good.slice(0, 3), '1250.5', reason]));
      expect(problems).toEqual([{ rowNumber: 3, sentence: expect.stringMatching(/same as row 2/) }]);
    },
  );

  it('names columns that are missing, a file that asks for nothing, and one that is too long', () => {
    expect(readBonusFile('engagement,currency').problems[0]?.sentence).toMatch(/amount, reason are not/);
    expect(readBonusFile('').problems).toHaveLength(1);
    expect(readBonusFile(written([TWO, 'Ben', 'USD', '', ''])).problems[0]?.sentence).toMatch(/No row has/);
    const many = Array.from({ length: 501 }, (_, index) => [ONE, '', 'USD', '5', `Week ${index}`]);
    expect(readBonusFile(written(...many)).problems[0]?.sentence).toMatch(/has 501 bonuses; 500/);
  });

  it('names every bad row beside one whose quotation mark is not closed, and only that where it is the header', () => {
    const text = `${written([ONE, '', 'XYZ', '5', 'x'])}${ONE},,USD,5,"x\r\n${ONE},,USD,0,x\r\n${ONE},,USD,1,000.00,x`;
    const { rows, problems } = readBonusFile(text);
    expect(rows).toEqual([]);
    expect(problems.map(({ rowNumber }) => rowNumber)).toEqual([2, 3, 4, 5]);
    expect(readBonusFile('engagement,"currency\n1,2').problems).toEqual([
      { rowNumber: 1, sentence: expect.stringMatching(/none closes/) },
    ]);
    expect(readBonusFile(`${HEADER.join(',')},Amount\n`).problems[0]?.sentence).toMatch(/called amount/);
  });

  it('names a row whose name is not that of its engagement, however it is written', () => {
    const named = (expertName: string) =>
      checkBonuses(
        readBonusFile(written([ONE, expertName, 'USD', '5', 'x'])).rows,
        new Map([[ONE, { currency: 'USD', expertName: 'Joaquín O’Peralta' }]]),
      );
    expect(named('JOAQUIN  OPERALTA')).toEqual([]);
    expect(named('')).toEqual([]);
    expect(named('Mwangi Wambui')).toEqual([
      { rowNumber: 2, sentence: expect.stringMatching(/names Mwangi Wambui.* is with Joaquín/) },
    ]);
  });

  it('holds rows against the engagements of the lab', () => {
    const { rows } = readBonusFile(written(good, [TWO, '', 'EUR', '5', 'x'], [TWO, '', 'USD', '5', 'x']));
    const problems = checkBonuses(rows, new Map([[TWO, { currency: 'EUR' }]]));
    expect(problems).toEqual([
      { rowNumber: 2, sentence: expect.stringMatching(/no such engagement/) },
      { rowNumber: 4, sentence: expect.stringMatching(/paid in EUR, and the row says USD/) },
    ]);
  });
});
