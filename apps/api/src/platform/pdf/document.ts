import PDFDocument from 'pdfkit';
import type { Readable } from 'node:stream';
import { linesOf } from './lines';
import { fontFile, runsOf, type Family } from './typefaces';

/** Colours of the identity, on paper. Source: design tokens of the web client. */
export const INK = '#221a12';
export const QUIET = '#5d5142';
export const LINE = '#d9cdb9';
export const LAB = '#7a3b12';
export const EXPERT = '#1f6247';
export const PLATFORM = '#8a7a63';

const MARGIN = 48;
const FOOT = 40;
/** Points of a row of a table with one line, and of each line more. */
const ROW = 15;
const NEXT_LINE = 10;
/** Points between two columns. */
const GAP = 4;

interface Style {
  readonly family?: Family;
  readonly size?: number;
  readonly colour?: string;
}

/** A cell as it is drawn: where its lines begin, points from the left. */
interface Cell {
  readonly x: number;
  readonly lines: readonly string[];
  readonly style: Style;
}

/** How many lines the longest cell of a row has. */
function longest(cells: readonly Cell[]): number {
  return Math.max(...cells.map(({ lines }) => lines.length));
}

/** A column of a table; its width is a share of the page's. */
export interface PdfColumn {
  readonly header: string;
  readonly share: number;
  /** Figures stand at the right. */
  readonly isFigure?: boolean;
  readonly colour?: string;
}

/**
 * A document in the product's identity, written as it is made: A4, selectable text, figures at the right, heads of
 * tables again on each page. Whatever reads it slowly holds up nothing but the document.
 */
export class PdfPages {
  private readonly doc: PDFKit.PDFDocument;
  private readonly registered = new Set<string>();
  private page = 0;
  private y = MARGIN;

  constructor(
    title: string,
    private readonly foot: string,
  ) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      lang: 'en',
      info: { Title: title, Author: 'Tallystick', Producer: 'Tallystick', Creator: 'Tallystick' },
    });
    this.turn();
    this.logo();
  }

  /** The document's bytes. */
  get stream(): Readable {
    return this.doc as unknown as Readable;
  }

  /** Ends the document. */
  end(): void {
    this.doc.end();
  }

  /** The heading of the document and a sentence under it. */
  title(text: string, about: string): void {
    this.paragraph(text, { family: 'heading', size: 24 });
    this.paragraph(about, { colour: QUIET, size: 10 });
    this.space(10);
  }

  /** A heading that stays with what follows. */
  heading(text: string): void {
    this.space(14);
    this.room(60);
    this.paragraph(text, { family: 'heading', size: 13 });
    this.space(2);
  }

  /** Names and their values. */
  facts(facts: readonly (readonly [string, string])[]): void {
    for (const [name, value] of facts) {
      const rows = this.wrapped(value, { size: 9 }, this.width - 110);
      this.room(Math.min(rows.length, 10) * 13);
      this.put(name, MARGIN, this.y, { size: 9, colour: QUIET });
      for (const row of rows) {
        this.room(13);
        this.put(row, MARGIN + 110, this.y, { size: 9 });
        this.y += 13;
      }
    }
    this.space(6);
  }

  /** A text over as many lines as it needs. */
  paragraph(text: string, style: Style = {}): void {
    const height = (style.size ?? 9.5) * 1.4;
    for (const row of this.wrapped(text, style, this.width)) {
      this.room(height);
      this.put(row, MARGIN, this.y, style);
      this.y += height;
    }
  }

  /** What the lab pays, split into what the expert gets and what the platform keeps: as a stick, and in figures. */
  tally(label: string, share: number, amounts: { price: string; pay: string; fee: string }): void {
    this.room(92);
    this.paragraph(label, { size: 9, colour: QUIET });
    this.space(2);
    const split = MARGIN + (this.width - 1) * share;
    const notch = 5;
    this.doc.rect(MARGIN, this.y, this.width, 10).fill(LAB);
    this.doc.rect(MARGIN, this.y + 14, split - MARGIN, 10).fill(EXPERT);
    if (share < 1) this.doc.rect(split, this.y + 14, MARGIN + this.width - split, 10).fill(PLATFORM);
    this.doc
      .moveTo(split - notch, this.y + 14)
      .lineTo(split, this.y + 7)
      .lineTo(split + notch, this.y + 14)
      .lineTo(split + 1, this.y + 19)
      .lineTo(split + 1, this.y + 25)
      .lineTo(split - 1, this.y + 25)
      .lineTo(split - 1, this.y + 19)
      .fill('#ffffff');
    this.y += 32;
    const third = this.width / 3;
    for (const [at, name, value, colour] of [
      [0, 'Lab pays', amounts.price, LAB],
      [1, 'Expert gets', amounts.pay, EXPERT],
      [2, 'Platform keeps', amounts.fee, INK],
    ] as const) {
      this.put(name, MARGIN + third * at, this.y, { size: 8.5, colour: QUIET });
      const style = this.shrunk(value, { size: 14, family: 'strong', colour }, third - GAP);
      this.put(value, MARGIN + third * at, this.y + 12, style);
    }
    this.y += 38;
  }

  /** Starts a table: its head stands above its rows on every page. Returns what puts a row. */
  table(columns: readonly PdfColumn[]): (cells: readonly string[], isSum?: boolean) => void {
    const head = () => {
      this.row(
        this.cells(
          columns,
          columns.map(({ header }) => header),
          { size: 7.5, colour: QUIET },
        ),
      );
      this.rule(INK);
    };
    const roomFor = (height: number) => {
      if (this.y + height <= this.bottom) return;
      this.turn();
      head();
    };
    this.room(ROW * 3);
    head();
    return (texts, isSum = false) => {
      const cells = this.cells(columns, texts, { size: 8, family: isSum ? 'strong' : 'text' });
      // A row stays together, unless it is longer than many rows are.
      roomFor(Math.min(ROW + (longest(cells) - 1) * NEXT_LINE, ROW * 10));
      if (isSum) this.rule(QUIET);
      this.row(cells, () => roomFor(NEXT_LINE + GAP));
      if (!isSum) this.rule(LINE);
    };
  }

  /** Some room between parts, points. */
  space(points: number): void {
    this.y += points;
  }

  /** The cells of a row as they are drawn: texts on as many lines as they need, figures on one, as small as they must be. */
  private cells(columns: readonly PdfColumn[], texts: readonly string[], style: Style): Cell[] {
    const total = columns.reduce((sum, { share }) => sum + share, 0);
    let left = MARGIN;
    return columns.map(({ share, isFigure = false, colour }, at) => {
      const [text, x, width] = [texts[at] ?? '', left, (share / total) * this.width];
      left += width;
      const own = { colour, ...(isFigure ? this.shrunk(text, style, width - GAP) : style) };
      const lines = isFigure ? [text] : this.wrapped(text, own, width - GAP);
      return { x: isFigure ? x + width - this.measure(text, own) : x, lines, style: own };
    });
  }

  /** Draws a row; `next` makes room for each line after its first. */
  private row(cells: readonly Cell[], next?: () => void): void {
    for (let at = 0; at < longest(cells); at += 1) {
      if (at > 0) next?.();
      for (const { x, lines, style } of cells) this.put(lines[at] ?? '', x, this.y + 3, style);
      this.y += at < longest(cells) - 1 ? NEXT_LINE : ROW;
    }
  }

  private rule(colour: string): void {
    this.doc
      .moveTo(MARGIN, this.y)
      .lineTo(MARGIN + this.width, this.y)
      .lineWidth(0.5)
      .stroke(colour);
  }

  private get width(): number {
    return this.doc.page.width - 2 * MARGIN;
  }

  private get bottom(): number {
    return this.doc.page.height - MARGIN - FOOT / 2;
  }

  private room(height: number): void {
    if (this.y + height > this.bottom) this.turn();
  }

  private turn(): void {
    this.doc.addPage();
    this.page += 1;
    this.y = this.doc.page.height - FOOT;
    this.rule(LINE);
    const page = `Page ${this.page}`;
    const style = { size: 7.5, colour: QUIET };
    this.footLines();
    this.put(page, MARGIN + this.width - this.measure(page, style), this.y + 6, style);
    this.y = MARGIN;
  }

  /** What the document is about, at the foot of each page: smaller where it needs more lines than there is room for. */
  private footLines(): void {
    let [size, rows] = [8, [] as string[]];
    do rows = this.wrapped(this.foot, { size: (size -= 0.5) }, this.width - 60);
    while (rows.length * size * 1.2 > FOOT - 12);
    for (const [at, row] of rows.entries())
      this.put(row, MARGIN, this.y + 6 + at * size * 1.2, { size, colour: QUIET });
  }

  private logo(): void {
    this.doc
      .save()
      .translate(MARGIN - 2, this.y - 10)
      .scale(0.7)
      .path('M2 4H46V11H32L30 7 28 11H23L21 7 19 11H17L15 7 13 11H11L9 7 7 11H2Z')
      .fill(LAB)
      .path('M2 20H37V13H32L30 17 28 13H23L21 17 19 13H17L15 17 13 13H11L9 17 7 13H2Z')
      .fill(EXPERT)
      .restore();
    this.put('Tallystick', MARGIN + 40, this.y - 8, { family: 'heading', size: 12 });
    this.y += 24;
  }

  private put(text: string, x: number, y: number, style: Style): void {
    const { size = 9.5, family = 'text', colour = INK } = style;
    let left = x;
    for (const run of runsOf(text, family)) {
      this.use(run.font, size);
      this.doc.fillColor(colour).text(run.text, left, y, { lineBreak: false, features: ['tnum', 'kern'] });
      left += this.doc.widthOfString(run.text, { features: ['tnum', 'kern'] });
    }
  }

  private measure(text: string, { size = 9.5, family = 'text' }: Style): number {
    let width = 0;
    for (const run of runsOf(text, family)) {
      this.use(run.font, size);
      width += this.doc.widthOfString(run.text, { features: ['tnum', 'kern'] });
    }
    return width;
  }

  private use(font: string, size: number): void {
    if (!this.registered.has(font)) this.doc.registerFont(font, fontFile(font));
    this.registered.add(font);
    this.doc.font(font).fontSize(size);
  }

  private wrapped(text: string, style: Style, width: number): string[] {
    return linesOf(text, (each) => this.measure(each, style), width);
  }

  /** A style that is as small as it must be for a text to stand on one line: widths grow as sizes do. */
  private shrunk(text: string, style: Style, width: number): Style {
    const measured = this.measure(text, style);
    return measured <= width ? style : { ...style, size: ((style.size ?? 9.5) * width) / measured };
  }
}
