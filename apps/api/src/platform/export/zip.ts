import { createDeflateRaw, crc32 } from 'node:zlib';

/** A file to be put into an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly data: AsyncIterable<Buffer> | Iterable<Buffer>;
}

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Sizes stand behind the data, names are UTF-8. Source: APPNOTE 4.4.4, bits 3 and 11. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** 1 January 1980: an archive says what it holds, not when a clock ran. */
const DAY = 0x21;

/**
 * A ZIP archive, written as its files are read: nothing is held but the piece at hand. The next file is asked for when
 * the one before is written, so that it may tell of it. Each file and the whole stay below 4 GB. Source: APPNOTE 6.3.10.
 */
export async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const done: Written[] = [];
  let at = 0;
  for await (const { name, data } of entries) {
    const offset = at;
    const names = Buffer.from(name);
    const head = localHead(names);
    yield head;
    at += head.length;
    const packer = createDeflateRaw();
    let [crc, size, packed] = [0, 0, 0];
    for await (const part of through(
      packer,
      counted(data, (piece) => {
        crc = crc32(piece, crc);
        size += piece.length;
      }),
    )) {
      packed += part.length;
      yield part;
    }
    const entry = { name: names, crc, packed, size, offset };
    const tail = descriptor(entry);
    yield tail;
    at += packed + tail.length;
    done.push(entry);
  }
  const directory = Buffer.concat(done.map(directoryEntry));
  yield directory;
  yield end(done.length, directory.length, at);
}

async function* counted(data: ZipEntry['data'], see: (piece: Buffer) => void): AsyncGenerator<Buffer> {
  for await (const piece of data) {
    see(piece);
    yield piece;
  }
}

/** What a packer makes of data. A fault of the data is the caller's to hear. */
async function* through(
  packer: ReturnType<typeof createDeflateRaw>,
  data: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const feeding = (async () => {
    try {
      for await (const piece of data)
        if (!packer.write(piece)) await new Promise((go) => packer.once('drain', go));
      packer.end();
    } catch (error) {
      packer.destroy(error as Error);
    }
  })();
  for await (const part of packer) yield part as Buffer;
  await feeding;
}

function localHead(name: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATED, 8);
  head.writeUInt16LE(DAY, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function descriptor({ crc, packed, size }: Written): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  tail.writeUInt32LE(packed, 8);
  tail.writeUInt32LE(size, 12);
  return tail;
}

function directoryEntry({ name, crc, packed, size, offset }: Written): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  entry.writeUInt16LE(VERSION, 6);
  entry.writeUInt16LE(FLAGS, 8);
  entry.writeUInt16LE(DEFLATED, 10);
  entry.writeUInt16LE(DAY, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}

function end(count: number, size: number, offset: number): Buffer {
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(count, 8);
  last.writeUInt16LE(count, 10);
  last.writeUInt32LE(size, 12);
  last.writeUInt32LE(offset, 16);
  return last;
}
