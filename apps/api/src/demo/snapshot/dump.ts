import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from 'pg';
import { worldTables } from './tables';
import type { World } from './world-file';

/** Reads the tables of a world as a superuser, in the order of their keys; nobody's password goes along. */
export async function dumpTables(client: Client): Promise<World['tables']> {
  const tables: { name: string; rows: string[] }[] = [];
  await client.query(`SET timezone = 'UTC'`);
  for (const { name, columns, key } of await worldTables(client)) {
    const listed = columns.map((column) =>
      column === 'password_hash' ? `'!' AS password_hash` : `"${column}"`,
    );
    const order = key.map((column) => `"${column}"`).join(', ') || '1';
    const { rows } = await client.query<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM (SELECT ${listed.join(', ')} FROM ${name} ORDER BY ${order}) t`,
    );
    tables.push({ name, rows: rows.map(({ row }) => row) });
  }
  return tables;
}

/** Reads the files of the evidence that the rows name. */
export function dumpFiles(tables: World['tables'], folder: string): World['files'] {
  const evidence = tables.find(({ name }) => name === 'public.credential_evidence')?.rows ?? [];
  return evidence.map((row) => {
    const { storage_key: key } = JSON.parse(row) as { storage_key: string };
    return { key, base64: readFileSync(path.join(folder, key)).toString('base64') };
  });
}
