// Every tool answers --help with its options, and does nothing else.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../install.mjs';
import { describe, it } from './product.mjs';

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const tools = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file] = /^node (tools\/\S+\.mjs)$/.exec(command) ?? [];
  return file ? [[name, file]] : [];
});
/** The options that a tool reads, by its source. */
const optionsOf = (file) => {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  const parsed = [...source.matchAll(/^\s+'?([a-z-]+)'?: \{ type: '(?:string|boolean)'/gm)].map(
    ([, name]) => `--${name}`,
  );
  const looked = [...source.matchAll(/argv\.(?:includes|indexOf)\('(--[a-z-]+)'\)/g)].map(([, name]) => name);
  return [...new Set([...parsed, ...looked])];
};

describe('tools', () => {
  it('are the scripts of the package', () => assert.ok(tools.length >= 20));
  for (const [name, file] of tools)
    it(`npm run ${name} -- --help says what it does and takes, and ends with 0`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [file, '--help'], {
        cwd: ROOT,
        encoding: 'utf8',
        timeout: 20_000,
      });
      assert.equal(status, 0, stderr);
      assert.equal(stderr, '');
      assert.ok(stdout.length > 40);
      for (const option of optionsOf(file))
        assert.ok(stdout.includes(option), `${option} is not named: ${stdout}`);
    });
});
