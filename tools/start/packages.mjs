// The compiled packages of this copy, for commands that need no more of the product than its rules.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from '../install.mjs';

/**
 * A compiled package; builds it and those that it needs where sources are newer, which takes a second, so that none is
 * ever stale. Throws with a sentence where one cannot be built.
 */
export function compiledPackage(name, needs = []) {
  const swc = path.join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
  for (const each of [...needs, name].filter(isStale)) {
    const cwd = path.join(ROOT, 'packages', each);
    const args = [
      swc,
      'src',
      '-d',
      'dist',
      '--strip-leading-paths',
      '--config-file',
      '../../.swcrc',
      '--ignore',
      '**/*.spec.ts',
      '--quiet',
    ];
    const done = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    if (done.status !== 0)
      throw new Error(`packages/${each} could not be built. Run npm ci first. ${done.stderr}`);
  }
  return createRequire(import.meta.url)(path.join(ROOT, 'packages', name, 'dist/index.js'));
}

/** True where a source of a package has no compiled file, or one that is older. What is fresh is left: `npm start` looks at it too. */
function isStale(name) {
  const folder = path.join(ROOT, 'packages', name);
  return readdirSync(path.join(folder, 'src'), { recursive: true })
    .filter((file) => /(?<!\.spec|\.d)\.ts$/.test(file))
    .some((file) => {
      const compiled = path.join(folder, 'dist', file.replace(/\.ts$/, '.js'));
      const source = path.join(folder, 'src', file);
      return !existsSync(compiled) || statSync(compiled).mtimeMs < statSync(source).mtimeMs;
    });
}
