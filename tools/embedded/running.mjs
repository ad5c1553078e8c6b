// The embedded server that runs on a data folder, whoever started it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Port of the server that runs on the data, by its own note (process on line 1, port on line 4); undefined where none runs. */
export function runningPort(dataDir) {
  const note = path.join(dataDir, 'postgres/postmaster.pid');
  if (!existsSync(note)) return undefined;
  const lines = readFileSync(note, 'utf8').split('\n');
  return existsSync(`/proc/${lines[0]?.trim()}`) ? Number(lines[3]) : undefined;
}
