import { spawnSync } from 'node:child_process';
import { programOf } from '../../../tools/embedded/debian.mjs';

/** The text of a PDF as a reader copies it, lines as they stand on the pages, by Debian's pdftotext. */
export function pdfText(pdf: Buffer): string {
  const program = programOf('pdftotext', ['poppler-utils']);
  const done = spawnSync(program, ['-layout', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1e9 });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}
