// Applies prisma/migrations in their order, each in one transaction, once, under a lock; refuses one that was changed
// after it was applied. Usage: DATABASE_OWNER_URL=... node tools/migrate.mjs
import './start/help.mjs';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { connect } from './embedded/connect.mjs';

const FOLDER = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
const LOCK = 7_117_001;

/** Brings a database up to date as its owner. Returns the names of the migrations that it applied. */
export async function migrate(ownerUrl) {
  const client = await connect(ownerUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query('SELECT name, checksum FROM schema_migration');
    const known = new Map(rows.map(({ name, checksum }) => [name, checksum]));
    const applied = [];
    for (const name of readdirSync(FOLDER, { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map((each) => each.name)
      .sort()) {
      const sql = readFileSync(path.join(FOLDER, name, 'migration.sql'), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      if (known.has(name)) {
        if (known.get(name) !== checksum)
          throw new Error(
            `The migration ${name} was changed after it was applied. Restore its file, or start on a new database.`,
          );
        continue;
      }
      await client.query('BEGIN');
      await client.query(sql);
      await client.query('INSERT INTO schema_migration (name, checksum) VALUES ($1, $2)', [name, checksum]);
      await client.query('COMMIT');
      applied.push(name);
    }
    await migrateQueue(client);
    return applied;
  } finally {
    await client.end();
  }
}

/**
 * The queue's own tables, where it lives in PostgreSQL; the application's role works on them but does not own them.
 * The queue makes sequences of its own while it runs; those belong to the application's role already.
 */
async function migrateQueue(client) {
  const { runMigrations } = await import('bullmq');
  await runMigrations(client);
  const { rows } = await client.query(
    `SELECT format('%s bullmq.%I', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname) AS "what"
       FROM pg_class
      WHERE relnamespace = 'bullmq'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
        AND relowner = current_user::regrole`,
  );
  for (const { what } of rows) await client.query(`GRANT ALL ON ${what} TO tallystick_app`);
  await client.query('GRANT ALL ON ALL FUNCTIONS IN SCHEMA bullmq TO tallystick_app');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const applied = await migrate(process.env.DATABASE_OWNER_URL);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
}
