import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../install.mjs';

/** A folder of data for benches, where there is one beside this copy. */
export function dataFolder(name) {
  return ['..', '../..', '../../..']
    .map((up) => path.join(ROOT, up, 'shared/data', name))
    .find((folder) => existsSync(folder));
}
