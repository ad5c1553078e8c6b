// The three roles of the database and the database itself, made by the superuser.
import { connect } from './connect.mjs';

export const ROLES = ['tallystick_owner', 'tallystick_app', 'tallystick_sandbox'];

/** Makes the roles (with passwords, where given) and the database, where they are not there yet. */
export async function prepareDatabase(superuserUrl, database, passwords = {}) {
  const client = await connect(superuserUrl);
  for (const role of ROLES) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS`);
    if (passwords[role])
      await client.query(`ALTER ROLE ${role} PASSWORD ${client.escapeLiteral(passwords[role])}`);
  }
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER tallystick_owner`);
  await client.end();
}
