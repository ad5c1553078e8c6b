import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { ROOT } from '../install.mjs';

const CONFIG = fileURLToPath(new URL('dependency-cruiser.cjs', import.meta.url));

/** Runs the fence over folders of a tree. Returns the violations and how many modules were seen. */
export function cruiseTree(root, folders) {
  const program = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const done = spawnSync(
    process.execPath,
    [program, ...folders, '--config', CONFIG, '--output-type', 'json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (!done.stdout.startsWith('{')) throw new Error(done.stderr || done.stdout);
  const { summary } = JSON.parse(done.stdout);
  return { violations: summary.violations, count: summary.totalCruised };
}
