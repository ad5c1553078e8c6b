// Prepares a server's database: roles with their passwords, the database, the migrations. Run by docker compose.
import { prepareDatabase } from './embedded/roles.mjs';
import { migrate } from './migrate.mjs';

const { SUPERUSER_URL, OWNER_PASSWORD, APP_PASSWORD, SANDBOX_PASSWORD } = process.env;
for (const [name, value] of Object.entries({
  SUPERUSER_URL,
  OWNER_PASSWORD,
  APP_PASSWORD,
  SANDBOX_PASSWORD,
})) {
  if (!value) {
    console.error(`${name} is not set. Write it into .env beside docker-compose.yml.`);
    process.exit(2);
  }
}
await prepareDatabase(SUPERUSER_URL, 'tallystick', {
  tallystick_owner: OWNER_PASSWORD,
  tallystick_app: APP_PASSWORD,
  tallystick_sandbox: SANDBOX_PASSWORD,
});
const owner = new URL(SUPERUSER_URL);
owner.username = 'tallystick_owner';
owner.password = OWNER_PASSWORD;
owner.pathname = '/tallystick';
const applied = await migrate(owner.toString());
console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
