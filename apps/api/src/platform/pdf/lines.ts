/** How wide a text is, points. */
export type Measure = (text: string) => number;

/** A text in lines of at most a width, points: nothing of it is lost. A word that is longer than a line is broken. */
export function linesOf(text: string, measure: Measure, width: number): string[] {
  if (measure(text) <= width) return [text];
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(/\s+/).flatMap((each) => broken(each, measure, width))) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (measure(longer) <= width) row = longer;
    else {
      rows.push(row);
      row = word;
    }
  }
  return [...rows, row];
}

/** A word that is longer than a line, in pieces as long as fit. */
function broken(word: string, measure: Measure, width: number): string[] {
  if (measure(word) <= width) return [word];
  const signs = [...word];
  const pieces: string[] = [];
  for (let from = 0; from < signs.length;) {
    let [fits, tooLong] = [1, signs.length - from + 1];
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      if (measure(signs.slice(from, from + middle).join('')) <= width) fits = middle;
      else tooLong = middle;
    }
    pieces.push(signs.slice(from, from + fits).join(''));
    from += fits;
  }
  return pieces;
}
