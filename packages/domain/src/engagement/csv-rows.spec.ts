import fc from 'fast-check';
import { csvLine } from '../billing/statement';
import { csvRows } from './csv-rows';

const cellsOf = (text: string) => csvRows(text).rows.map(({ cells }) => cells);

describe('the rows of a CSV file', () => {
  it('are read with commas or semicolons, any line end, a byte-order mark, and quotes over several lines', () => {
    expect(csvRows('\uFEFFa;b\r\n1;"2;\n""3"""\r\r4;\n')).toEqual({
      rows: [
        { rowNumber: 1, cells: ['a', 'b'] },
        { rowNumber: 2, cells: ['1', '2;\n"3"'] },
        { rowNumber: 5, cells: ['4', ''] },
      ],
      broken: [],
    });
    expect(csvRows('')).toEqual({ rows: [], broken: [] });
    expect(cellsOf('a,b\n,\n""')).toEqual([['a', 'b']]);
  });

  it('come back as they were written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((cells) => csvLine(['x', ...cells])).join('');
        const asWritten = rows.map((cells) => [
          'x',
          ...cells.map((each) => (each.startsWith('\n') ? `'${each}` : each)),
        ]);
        expect(cellsOf(text)).toEqual(asWritten);
      }),
    );
  });

  it.each([
    ['is never closed', 'a,b\n1,2\n3,"four\n5,6', [3], /none closes/],
    ['is closed by the one that opens another cell', 'a,b\n1,"2\n3,"four"\n5,6', [2], /none closes/],
    ['stands inside a cell', 'a,b\n1,said "very good" work\n5,6', [2], /stands inside a cell/],
    ['has text after it', 'a,b\n1,"two" three\n5,6', [2], /Text follows/],
  ])('are all read but the one whose quotation mark %s', (_, text, broken, sentence) => {
    const read = csvRows(text);
    expect(read.broken.map(({ rowNumber }) => rowNumber)).toEqual(broken);
    expect(read.broken[0]?.sentence).toMatch(sentence);
    expect(read.rows.map(({ rowNumber }) => rowNumber)).toEqual(
      text.split('\n').flatMap((line, index) => (broken.includes(index + 1) || !line ? [] : [index + 1])),
    );
  });
});
