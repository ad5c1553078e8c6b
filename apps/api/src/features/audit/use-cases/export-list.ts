import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { csvLine } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock/clock';
import { notFound } from '../../../platform/errors/refused';
import {
  ExportLists,
  type ExportCell,
  type ExportList,
  type ExportRow,
} from '../../../platform/export/export-lists';
import { readFilter } from '../../../platform/export/export-filter';
import { zipped, type ZipEntry } from '../../../platform/export/zip';
import { Ids } from '../../../platform/ids/ids';
import type { JournalFact } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { snapshotOf } from '../audit.repository';

export type ExportFormat = 'csv' | 'jsonl';

/** What an export says of itself, in its archive and in the journal. */
export interface ExportManifest {
  readonly export: string;
  readonly list: string;
  readonly format: ExportFormat;
  readonly query: Readonly<Record<string, string>>;
  /** The instant of which all rows are, and the database's own name for it. */
  readonly asOf: string;
  readonly snapshot: string;
  readonly rows: number;
  readonly sha256: string;
  readonly madeBy: string;
}

/** Takes a list away: its rows of one instant in one file, and a manifest that says what they are. */
@Injectable()
export class ExportListFile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: ExportLists,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * An archive of the rows and their manifest, written as it is read. Who takes what is in the journal before the first
   * byte leaves, and how it ended after the last. Refuses with NOT_FOUND, INVALID_INPUT, DATES_BACKWARDS.
   */
  async run(
    person: Person,
    name: string,
    format: ExportFormat,
    query: Record<string, unknown>,
  ): Promise<AsyncGenerator<Buffer>> {
    const list = this.lists.find(name);
    if (!list) throw notFound('list');
    const filter = readFilter(list, query);
    const asked = Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)]));
    const id = this.ids.next(this.clock.now());
    await this.note(person, id, { to: 'BEGUN', facts: { list: name, format, query: asked } });
    return zipped(this.entries(person, id, list, format, filter, asked));
  }

  private async *entries(
    person: Person,
    id: string,
    list: ExportList<never>,
    format: ExportFormat,
    filter: never,
    query: Record<string, string>,
  ): AsyncGenerator<ZipEntry> {
    const hash = createHash('sha256');
    const made = { rows: 0, asOf: '', snapshot: '' };
    const data = this.unitOfWork.streamAtOneInstant(person, async function* (read) {
      made.asOf = read.now.toISOString();
      made.snapshot = await snapshotOf(read.db);
      if (format === 'csv') yield csvLine(list.columns);
      for await (const rows of list.rows(read, filter)) {
        made.rows += rows.length;
        yield rows.map((row) => lineOf(list, row, format)).join('');
      }
    });
    yield { name: `${list.name}.${format}`, data: hashed(data, hash) };
    const manifest: ExportManifest = {
      export: id,
      list: list.name,
      format,
      query,
      ...made,
      sha256: hash.digest('hex'),
      madeBy: person.accountId,
    };
    await this.note(person, id, { from: 'BEGUN', to: 'MADE', facts: { ...manifest } });
    yield { name: 'manifest.json', data: [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)] };
  }

  private async note(
    person: Person,
    subjectId: string,
    fact: Pick<JournalFact, 'from' | 'to' | 'facts'>,
  ): Promise<void> {
    await this.unitOfWork.run(person, { name: 'export-list' }, async (tx) =>
      tx.record({ subjectType: 'export', subjectId, isLook: true, ...fact }),
    );
  }
}

async function* hashed(
  parts: AsyncIterable<string>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(bytes);
    yield bytes;
  }
}

function lineOf({ columns }: ExportList<never>, row: ExportRow, format: ExportFormat): string {
  const cells = columns.map((column) => plain(row[column] ?? null));
  if (format === 'csv')
    return csvLine(cells.map((cell) => (typeof cell === 'boolean' ? String(cell) : cell)));
  return `${JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, cells[at]])))}\n`;
}

function plain(cell: ExportCell): string | number | boolean | null {
  if (typeof cell === 'bigint') return cell.toString();
  return cell instanceof Date ? cell.toISOString() : cell;
}
