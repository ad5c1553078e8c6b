// One connection to PostgreSQL.
import pg from 'pg';

/** Opens a connection. Where it is lost, the next question fails; between two questions nobody is there to be told. */
export async function connect(connectionString) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
