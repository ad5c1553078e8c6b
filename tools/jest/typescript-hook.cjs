// For threads that tests start: compiles our TypeScript as Jest does, and finds our packages in their sources.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const root = path.join(__dirname, '../..');
const swcrc = JSON.parse(readFileSync(path.join(root, '.swcrc'), 'utf8'));
const resolve = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  const own = /^@tallystick\/(domain|matching)$/.exec(request);
  return resolve.call(this, own ? path.join(root, 'packages', own[1], 'src/index.ts') : request, ...rest);
};
require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swcrc, filename, swcrc: false });
  module._compile(code, filename);
};
