// The passwords of this copy's database roles and rail, made once, kept in the data folder.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';

const NAMES = ['postgres', 'tallystick_owner', 'tallystick_app', 'tallystick_sandbox', 'sandbox'];

/** Reads the secrets, making those that are missing. Throws CannotStart where the data is there but its secrets are not. */
export function secretsOf(dataDir) {
  const file = path.join(dataDir, 'secrets.json');
  const known = read(file);
  if (!known && existsSync(path.join(dataDir, 'postgres/PG_VERSION')))
    throw new CannotStart(
      `The data in ${dataDir} has no readable secrets.json, so its passwords are not known: put that file back from a backup, or move the folder away, and start again.`,
    );
  if (known && NAMES.every((name) => known[name])) return known;
  const all = Object.fromEntries(
    NAMES.map((name) => [name, known?.[name] ?? randomBytes(24).toString('base64url')]),
  );
  writeFileSync(`${file}.new`, JSON.stringify(all), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return all;
}

function read(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
