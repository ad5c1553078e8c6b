import { spawnSync } from 'node:child_process';
import { programOf } from '../../../tools/embedded/debian.mjs';

/** A part of each page, points from its top left corner. */
export interface PageArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The text of a PDF, or of an area of its pages, as a reader copies it, lines as they stand on the pages, by Debian's pdftotext. */
export function pdfText(pdf: Buffer, area?: PageArea): string {
  const program = programOf('pdftotext', ['poppler-utils']);
  const crop = area ? ['-x', area.x, '-y', area.y, '-W', area.width, '-H', area.height].map(String) : [];
  const done = spawnSync(program, ['-layout', ...crop, '-', '-'], {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}
