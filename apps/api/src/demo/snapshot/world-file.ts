import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { CastRecord } from '../cast-record';
import type { Size } from '../make-world';

/** Raised where older files cannot be read any more. */
const FORMAT = 1;

/** What a snapshot is of. */
export interface WorldHeader {
  /** The Monday at which the history ends. */
  readonly reference: string;
  readonly seed: number;
  readonly size: Size;
  /** SHA-256 of the sources that made it. */
  readonly sources: string;
}

/** A world at rest: rows as the database writes them in JSON, one text each. */
export interface World {
  readonly header: WorldHeader;
  readonly cast: CastRecord;
  readonly files: readonly { readonly key: string; readonly base64: string }[];
  readonly tables: readonly { readonly name: string; readonly rows: readonly string[] }[];
}

/** Writes a world: a line for the header, the cast, each file and each table, and one for each row after its table. */
export function writeWorld(path: string, { header, cast, files, tables }: World): void {
  const lines = [
    JSON.stringify({ format: FORMAT, ...header }),
    JSON.stringify(cast),
    JSON.stringify(files),
    ...tables.flatMap(({ name, rows }) => [JSON.stringify({ name, count: rows.length }), ...rows]),
  ];
  const text = Buffer.from(`${lines.join('\n')}\n`);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  writeFileSync(path, brotliCompressSync(text, { params }));
}

/** Reads a world. Throws where the file is of another format or cut off. */
export function readWorld(path: string): World {
  const lines = brotliDecompressSync(readFileSync(path)).toString().split('\n');
  const { format, ...header } = JSON.parse(lines[0] ?? '{}') as WorldHeader & { format?: number };
  if (format !== FORMAT) throw new Error(`the snapshot is of format ${format}, not ${FORMAT}: make it anew`);
  const tables: { name: string; rows: string[] }[] = [];
  for (let at = 3; at < lines.length - 1;) {
    const { name, count } = JSON.parse(lines[at] ?? '') as { name: string; count: number };
    tables.push({ name, rows: lines.slice(at + 1, at + 1 + count) });
    at += 1 + count;
  }
  return {
    header,
    cast: JSON.parse(lines[1] ?? '') as CastRecord,
    files: JSON.parse(lines[2] ?? '') as World['files'],
    tables,
  };
}
