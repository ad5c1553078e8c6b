import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

/** A database of one test file: a clone of the migrated template. */
export interface TestDatabase {
  readonly environment: Record<string, string>;
  readonly dataDir: string;
  readonly owner: Client;
  drop(): Promise<void>;
}

/** Address of the test server's database of a name, for a role. The test run sets TEST_POSTGRES (postgresql://postgres@host:port). */
function address(database: string, role: string): string {
  const url = new URL(process.env.TEST_POSTGRES ?? 'postgresql://postgres@127.0.0.1:55999');
  url.username = role;
  url.pathname = `/${database}`;
  return url.toString();
}

/** Clones the migrated template database (TEST_TEMPLATE); `settings` hold for every session on it. */
export async function createTestDatabase(
  settings: Readonly<Record<string, string>> = {},
): Promise<TestDatabase> {
  const name = `test_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
  const admin = new Client({ connectionString: address('postgres', 'postgres') });
  await admin.connect();
  await admin.query(
    `CREATE DATABASE ${name} TEMPLATE ${process.env.TEST_TEMPLATE ?? 'tallystick_template'} OWNER tallystick_owner`,
  );
  for (const [setting, value] of Object.entries(settings))
    await admin.query(`ALTER DATABASE ${name} SET ${setting} = ${value}`);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tallystick-test-'));
  const owner = new Client({ connectionString: address(name, 'tallystick_owner') });
  await owner.connect();
  return {
    environment: {
      DATABASE_URL: address(name, 'tallystick_app'),
      DATABASE_OWNER_URL: address(name, 'tallystick_owner'),
      SANDBOX_DATABASE_URL: address(name, 'tallystick_sandbox'),
    },
    dataDir,
    owner,
    drop: async () => {
      await owner.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
