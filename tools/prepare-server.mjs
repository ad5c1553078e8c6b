// Prepares a server's product, as often as it is run: skills and occupations where there are none yet, and the link of the
// first admin where there is no staff. Run by docker compose after the migration.
import path from 'node:path';
import { CannotStart } from './embedded/cannot-start.mjs';
import { connect } from './embedded/connect.mjs';
import { ROOT } from './install.mjs';
import { command } from './start/words.mjs';

try {
  if (!(await hasSkills(process.env.DATABASE_URL)))
    await command('import-taxonomy.js', process.env, {
      args: ['--own', path.join(ROOT, 'prisma/seed/taxonomy/taxonomy.json')],
    });
  await command('first-admin.js', process.env);
} catch (error) {
  console.error(
    error instanceof CannotStart ? error.message : `The server is not prepared (${error.message}).`,
  );
  process.exitCode = 1;
}

/** An operator's own list is left as it is. */
async function hasSkills(connectionString) {
  const client = await connect(connectionString);
  try {
    const { rowCount } = await client.query('SELECT 1 FROM taxonomy_concept LIMIT 1');
    return rowCount > 0;
  } finally {
    await client.end();
  }
}
