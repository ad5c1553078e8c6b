import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { weekOf } from '@tallystick/domain';
import { WEEKS } from '../make-world';
import { movedHashes, withHashes } from './commitments';
import { promiseAgain } from './promised-days';
import { shifted, type Shift } from './shift';
import { worldTables, type WorldTable } from './tables';
import { readWorld, type World } from './world-file';

const WEEK_MS = 7 * 86_400_000;
/** Rows that go to the database at once. */
const CHUNK = 1000;

/** Loads a snapshot as a superuser so that its history ends where the week of an instant begins; its files too. */
export async function loadWorld(url: string, file: string, folder: string, now: Date): Promise<void> {
  const world = readWorld(file);
  const client = new Client({ connectionString: url });
  // Where the connection is lost, the next question fails.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await loadTables(client, world, shiftTo(now, world));
    loadFiles(world, folder);
  } finally {
    await client.end();
  }
}

/** By how much a world moves so that its history ends where the week of an instant begins. */
export function shiftTo(now: Date, { header }: Pick<World, 'header'>): Shift {
  const reference = Date.parse(header.reference);
  return {
    weeks: Math.round((weekOf(now).startsAt.getTime() - reference) / WEEK_MS),
    from: new Date(reference - WEEKS * WEEK_MS),
  };
}

/**
 * Loads a world into a migrated database that nobody uses yet, as a superuser, in one transaction: rows keep their
 * ids, the history moves by whole weeks. Seals and fits are the product's own to make. Throws where people are there.
 */
export async function loadTables(client: Client, world: World, shift: Shift): Promise<void> {
  const moved = shift.weeks === 0 ? new Map<string, string>() : movedHashes(world.tables, shift);
  const known = new Map((await worldTables(client)).map((table) => [table.name, table]));
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL timezone = 'UTC'`);
  try {
    const { rowCount } = await client.query('SELECT 1 FROM account LIMIT 1');
    if (rowCount !== 0)
      throw new Error('the database has people already: a world is loaded into an empty one only');
    for (const { name, rows } of world.tables) {
      const table = known.get(name);
      if (!table)
        throw new Error(`the snapshot has the table ${name}, which is not there any more: make it anew`);
      await client.query(`DELETE FROM ${name}`);
      for (let at = 0; at < rows.length; at += CHUNK)
        await insert(
          client,
          table,
          rows.slice(at, at + CHUNK).map((row) => withHashes(shifted(row, shift), moved)),
        );
      if (table.numbered !== undefined)
        await client.query(
          `SELECT setval(pg_get_serial_sequence($1, $2), greatest(max("${table.numbered}"), 1), count(*) > 0) FROM ${name}`,
          [name, table.numbered],
        );
    }
    await promiseAgain(client);
    await client.query('COMMIT');
    // The planner must know how much is there: without it the proof of the books takes a minute.
    await client.query('ANALYZE');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Puts the files of a world into the folder of files. */
export function loadFiles({ files }: World, folder: string): void {
  for (const { key, base64 } of files) {
    const file = path.join(folder, key);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, Buffer.from(base64, 'base64'), { mode: 0o600 });
  }
}

async function insert(client: Client, { name, columns }: WorldTable, rows: readonly string[]): Promise<void> {
  const has = new Set(Object.keys(JSON.parse(rows[0] ?? '{}') as object));
  const listed = columns
    .filter((column) => has.has(column))
    .map((column) => `"${column}"`)
    .join(', ');
  await client.query(
    `INSERT INTO ${name} (${listed}) OVERRIDING SYSTEM VALUE SELECT ${listed} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
    [`[${rows.join(',')}]`],
  );
}
