// The compiled packages of this copy, for commands that need no more of the product than its rules.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from '../install.mjs';
import { isBuildDue } from './build.mjs';

/**
 * A compiled package; builds it and those that it needs where sources are newer, which takes a second, so that none is
 * ever stale. Throws with a sentence where one cannot be built.
 */
export function compiledPackage(name, needs = []) {
  for (const each of [...needs, name]) build(`packages/${each}`);
  return compiled(`packages/${name}/dist/index.js`);
}

/** A compiled file of the API, by its path below `src` without its ending; the API is built where its sources are newer. */
export function compiledApi(file) {
  for (const each of ['packages/domain', 'packages/matching', 'apps/api']) build(each);
  return compiled(`apps/api/dist/${file}.js`);
}

const compiled = (file) => createRequire(import.meta.url)(path.join(ROOT, file));

function build(folder) {
  if (!isBuildDue()) return;
  if (folder === 'packages/matching') compileKernel(folder);
  if (!isStale(folder)) return;
  const swc = path.join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
  const ignored = '**/*.spec.ts,**/*.int-spec.ts';
  const options = ['--strip-leading-paths', '--config-file', '../../.swcrc', '--ignore', ignored, '--quiet'];
  const done = spawnSync(process.execPath, [swc, 'src', '-d', 'dist', ...options], {
    cwd: path.join(ROOT, folder),
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`${folder} could not be built. Run npm ci first. ${done.stderr}`);
}

/** Compiles the loops of the kernel into a source of the package, where they are newer. */
function compileKernel(folder) {
  const result = path.join(ROOT, folder, 'src/generated/kernel.ts');
  const sources = path.join(ROOT, folder, 'kernel');
  const isOlder = (file) => statSync(result).mtimeMs < statSync(path.join(sources, file)).mtimeMs;
  if (existsSync(result) && !readdirSync(sources).some(isOlder)) return;
  const done = spawnSync(process.execPath, [path.join(ROOT, 'tools/compile-kernel.mjs')], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`${folder} could not be built. Run npm ci first. ${done.stderr}`);
}

/**
 * True where a source has no compiled file, or one that is older. Asked only where the whole product is not the one that
 * was built last: compiled files that came out of a cache may be older than a fresh copy of their sources, and a server
 * that runs uses them.
 */
function isStale(name) {
  const folder = path.join(ROOT, name);
  return readdirSync(path.join(folder, 'src'), { recursive: true })
    .filter((file) => /(?<!spec|\.d)\.ts$/.test(file))
    .some((file) => {
      const compiled = path.join(folder, 'dist', file.replace(/\.ts$/, '.js'));
      const source = path.join(folder, 'src', file);
      return !existsSync(compiled) || statSync(compiled).mtimeMs < statSync(source).mtimeMs;
    });
}
