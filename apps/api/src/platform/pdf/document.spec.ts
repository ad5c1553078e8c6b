import { buffer } from 'node:stream/consumers';
import { pdfText } from '../../../test/pdf-text';
import { PdfPages } from './document';

const A4 = { width: 595, height: 842 };
const MARGIN = 48;
/** A word without a space, in which each sign tells its place. */
const word = (length: number) =>
  Array.from({ length: length / 4 }, (_, at) => String.fromCharCode(65 + (at % 26)) + String(100 + at)).join(
    '',
  );
const PROJECT = word(60);
const EMAIL = `${word(48).toLowerCase()}@${word(60).toLowerCase()}.example.org`;
const OPENING = 'Reviews of answers about the heart by people who '.repeat(6).trim();
const AMOUNT = 'US$123,456,789,012,345.67';

/** What stands in a part of the pages, without its spaces and ends of lines. */
const packed = (pdf: Buffer, from = 0, to: number = A4.width, top = 0, bottom: number = A4.height) =>
  pdfText(pdf, { x: Math.round(from), y: top, width: Math.round(to - from), height: bottom - top }).replace(
    /\s+/g,
    '',
  );

describe('a document with long texts', () => {
  const columns = [
    { header: 'When', share: 20 },
    { header: 'Project', share: 20 },
    { header: 'Opening', share: 20 },
    { header: 'Hours', share: 25 },
    { header: 'Lab pays', share: 15, isFigure: true },
  ];
  const edge = (at: number) =>
    MARGIN +
    (columns.slice(0, at).reduce((sum, { share }) => sum + share, 0) / 100) * (A4.width - 2 * MARGIN);
  /** What stands in a column of a table that is alone in a document: between the logo and the foot. */
  const column = (pdf: Buffer, at: number) => packed(pdf, edge(at) - 2, edge(at + 1) - 2, 40, 800);
  const packedOpening = OPENING.replaceAll(' ', '');
  const made = async (rows: readonly string[][]) => {
    const pages = new PdfPages('Title', `${OPENING} · ${EMAIL} · ${PROJECT}`);
    const row = pages.table(columns);
    for (const cells of rows) row(cells);
    row(['Sum', PROJECT, '', '', AMOUNT], true);
    pages.end();
    return buffer(pages.stream);
  };
  const ROW = ['2026-11-30', PROJECT, OPENING, EMAIL, AMOUNT];

  it('loses nothing of a heading, of a fact, of what is under the stick, nor at the foot', async () => {
    const pages = new PdfPages('Title', `${OPENING} · ${EMAIL} · ${PROJECT}`);
    pages.title(PROJECT.repeat(2), EMAIL);
    pages.facts([['Opening', `${OPENING} ${PROJECT}`]]);
    pages.tally('Long', 0.8, { price: AMOUNT, pay: AMOUNT, fee: AMOUNT });
    pages.end();
    const pdf = await buffer(pages.stream);
    expect(packed(pdf)).toContain(PROJECT.repeat(2) + EMAIL);
    expect(packed(pdf)).toContain(`Opening${packedOpening}${PROJECT}`);
    expect(packed(pdf)).toContain(AMOUNT.repeat(3));
    expect(packed(pdf, 0, A4.width - 90, 800)).toBe(`${packedOpening}·${EMAIL}·${PROJECT}`);
    for (const at of [0, 1, 2])
      expect(packed(pdf, MARGIN + at * 166.3 - 2, MARGIN + (at + 1) * 166.3 - 2)).toContain(AMOUNT);
  });

  it('keeps each text whole in its own column, and an amount on one line', async () => {
    const pdf = await made([ROW]);
    expect(column(pdf, 1)).toBe(`Project${PROJECT}${PROJECT}`);
    expect(column(pdf, 2)).toBe(`Opening${packedOpening}`);
    expect(column(pdf, 3)).toBe(`Hours${EMAIL}`);
    expect(packed(pdf, edge(4) - 2, edge(5) + 1, 40, 800)).toBe(`Labpays${AMOUNT}${AMOUNT}`);
    expect(pdfText(pdf).split(AMOUNT)).toHaveLength(3);
    // Nothing stands in the margins.
    expect(packed(pdf, 0, MARGIN - 2) + packed(pdf, A4.width - MARGIN + 2)).toBe('');
  });

  it('keeps rows of many lines whole over pages, and goes on with one that is longer than a page', async () => {
    const many = column(await made(Array(30).fill(ROW)), 3);
    expect(many.replaceAll('Hours', '')).toBe(EMAIL.repeat(30));
    const long = await made([['', 'One more word '.repeat(300), '', '', AMOUNT]]);
    expect(column(long, 1).replaceAll('Project', '')).toBe('Onemoreword'.repeat(300) + PROJECT);
    // The head of the table stands above it on each page.
    expect(pdfText(long).split('Project').length).toBeGreaterThan(2);
  });
});
