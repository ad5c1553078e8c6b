// Turns ES modules of packages into CommonJS for Jest; leaves everything else as it is.
const { readFileSync, existsSync } = require('node:fs');
const path = require('node:path');
const crypto = require('node:crypto');
const swc = require('@swc/core');

const kinds = new Map();

/** True where the nearest package.json says "module". */
function isModule(folder) {
  if (kinds.has(folder)) return kinds.get(folder);
  const file = path.join(folder, 'package.json');
  const answer = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8')).type === 'module'
    : folder !== path.dirname(folder) && isModule(path.dirname(folder));
  kinds.set(folder, answer);
  return answer;
}

const needs = (source, file) =>
  file.endsWith('.mjs') ||
  (!file.endsWith('.cjs') && isModule(path.dirname(file))) ||
  /\bimport\(/.test(source);

module.exports = {
  process(source, file) {
    if (!needs(source, file)) return { code: source };
    return swc.transformSync(source, {
      filename: file,
      sourceMaps: false,
      swcrc: false,
      configFile: false,
      module: { type: 'commonjs' },
      jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
    });
  },
  getCacheKey: (source, file) => crypto.createHash('sha256').update(`2${file}${source}`).digest('hex'),
};
