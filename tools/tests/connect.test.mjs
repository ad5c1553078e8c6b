// A connection whose server stops.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { connect } from '../embedded/connect.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { describe, freshFolder, it } from './product.mjs';

describe('a connection to PostgreSQL', () => {
  it('ends nothing where its server stops between two questions: the next one fails', async () => {
    const folder = freshFolder();
    const server = await startPostgres({ dataDir: path.join(folder, 'postgres'), isDurable: false });
    const client = await connect(server.url('postgres', '', 'postgres'));
    assert.equal((await client.query('SELECT 1 AS one')).rows[0].one, 1);
    await server.stop();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await assert.rejects(client.query('SELECT 1'), /terminat|not queryable/);
    rmSync(folder, { recursive: true, force: true });
  });
});
