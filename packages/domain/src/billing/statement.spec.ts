import { csvLine, plainAmount, plainHours } from './statement';

describe('a statement as a file', () => {
  it('never lets a spreadsheet run what somebody typed', () => {
    for (const start of ['=1+1', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1']) {
      expect(csvLine([start])).toMatch(/^"'/);
    }
    expect(csvLine(['plain', '-12.50', '80.00', -3])).toBe('plain,-12.50,80.00,-3\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csvLine(['a,b', 'say "x"', 'two\nlines', null])).toBe('"a,b","say ""x""","two\nlines",\r\n');
  });

  it("writes amounts with the currency's own digits", () => {
    expect(plainAmount(123450n, 'USD')).toBe('1234.50');
    expect(plainAmount(-5n, 'USD')).toBe('-0.05');
    expect(plainAmount(500n, 'JPY')).toBe('500');
    expect(plainAmount(1n, 'KWD')).toBe('0.001');
    expect(plainHours(5400)).toBe('1.5000');
  });
});
