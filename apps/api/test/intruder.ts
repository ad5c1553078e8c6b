import { Client } from 'pg';
import type { TestDatabase } from './database';

/** Runs statements as somebody who has broken in: a superuser with every check of the database off. */
export async function asIntruder({ environment }: TestDatabase, sql: string): Promise<void> {
  const url = new URL(environment.DATABASE_OWNER_URL ?? '');
  url.username = 'postgres';
  const intruder = new Client({ connectionString: url.toString() });
  await intruder.connect();
  try {
    await intruder.query(`SET session_replication_role = replica; ${sql}`);
  } finally {
    await intruder.end();
  }
}
