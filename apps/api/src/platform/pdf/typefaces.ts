import { readFileSync } from 'node:fs';

/** The families of the product's identity, as documents use them. */
export type Family = 'text' | 'strong' | 'heading';

/** A stretch of text that one font can draw. */
export interface Run {
  readonly text: string;
  readonly font: string;
}

interface Part {
  /** The font's file: it is the font's name as well. */
  readonly file: string;
  readonly ranges: readonly (readonly [number, number])[];
}

const FAMILIES: Readonly<Record<Family, { readonly name: string; readonly weight: number }>> = {
  text: { name: 'public-sans', weight: 400 },
  strong: { name: 'public-sans', weight: 600 },
  heading: { name: 'fraunces', weight: 600 },
};
/** The files of a family, in the order in which they are asked for a sign. */
const SUBSETS = ['latin', 'latin-ext', 'vietnamese'] as const;

const parts = new Map<Family, readonly Part[]>();
const files = new Map<string, Buffer>();

/** A text in the runs that its signs need; a sign that no font has is drawn as a question mark. */
export function runsOf(text: string, family: Family): Run[] {
  const known = partsOf(family);
  const runs: { text: string; font: string }[] = [];
  for (const sign of text.normalize('NFC')) {
    const point = sign.codePointAt(0) ?? 0;
    const part = known.find(({ ranges }) => ranges.some(([from, to]) => point >= from && point <= to));
    const font = (part ?? known[0])?.file ?? '';
    const last = runs.at(-1);
    if (last?.font === font) last.text += part ? sign : '?';
    else runs.push({ text: part ? sign : '?', font });
  }
  return runs;
}

/** The font of a run. */
export function fontFile(file: string): Buffer {
  const known = files.get(file) ?? readFileSync(require.resolve(file));
  files.set(file, known);
  return known;
}

function partsOf(family: Family): readonly Part[] {
  const known = parts.get(family);
  if (known) return known;
  const { name, weight } = FAMILIES[family];
  const ranges = JSON.parse(
    readFileSync(require.resolve(`@fontsource/${name}/unicode.json`), 'utf8'),
  ) as Record<string, string>;
  const found = SUBSETS.map((subset) => ({
    file: `@fontsource/${name}/files/${name}-${subset}-${weight}-normal.woff`,
    ranges: (ranges[subset] ?? '').split(',').map(rangeOf),
  }));
  parts.set(family, found);
  return found;
}

/** `U+0000-00FF` or `U+0131` as its first and last point. */
function rangeOf(text: string): readonly [number, number] {
  const [from = '', to = from] = text.trim().replace('U+', '').split('-');
  return [parseInt(from, 16), parseInt(to, 16)];
}
