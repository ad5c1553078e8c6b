// The check of docker-compose.yml finds a fault of each kind.
import assert from 'node:assert/strict';
import { composeFaults, composeFiles } from '../checks/compose.mjs';
import { describe, it } from './product.mjs';

const files = composeFiles();

/** What is wrong once a part of a file stands differently. */
function faultsWith(file, from, to) {
  assert.ok(files[file].includes(from), `${file} has no ${from}`);
  return composeFaults({ ...files, [file]: files[file].replace(from, to) }).join('\n');
}

const SEEDS = [
  [
    'a variable that is no setting',
    'compose',
    'DATA_DIR: /data',
    'DATA_FOLDER: /data',
    /DATA_FOLDER is not a setting/,
  ],
  ['a value that the product would refuse', 'compose', "PORT: '4000'", 'PORT: many', /PORT .* whole number/],
  ['a setting that was taken away', 'settings', '"REDIS_URL"', '"OLD_URL"', /REDIS_URL is not a setting/],
  [
    'a build target that is not there',
    'compose',
    'target: web',
    'target: front',
    /front, which is not in the Dockerfile/,
  ],
  [
    'a target that left the Dockerfile',
    'dockerfile',
    ' AS migrate',
    ' AS once',
    /migrate, which is not in the Dockerfile/,
  ],
  [
    'a service without a health check',
    'compose',
    "healthcheck: { test: ['CMD', 'redis-cli', 'ping'], interval: 5s, retries: 20 }",
    'init: true',
    /redis has no health check/,
  ],
  [
    'a health check that is off',
    'compose',
    'healthcheck:\n      test:\n        - CMD',
    'healthcheck:\n      disable: true\n      test:\n        - CMD',
    /api has its health check off/,
  ],
  ['a service that is missing', 'compose', '\n  worker:\n', '\n  labourer:\n', /no service worker/],
  [
    'a secret with a default',
    'compose',
    '${SANDBOX_SECRET:?write it into .env}',
    '${SANDBOX_SECRET:-secret-of-this-machine}',
    /SANDBOX_SECRET is a secret/,
  ],
  [
    'a secret that is written out',
    'compose',
    '${OWNER_PASSWORD:?write it into .env}',
    'password',
    /OWNER_PASSWORD is a secret/,
  ],
  [
    'a password inside an address',
    'compose',
    '${APP_PASSWORD:?write it into .env}@',
    'password@',
    /password in DATABASE_URL/,
  ],
  [
    'something from .env that is not demanded',
    'compose',
    '${PUBLIC_URL:?write it into .env}',
    '${PUBLIC_URL}',
    /PUBLIC_URL is not demanded/,
  ],
  [
    'something from .env that the page does not tell',
    'page',
    /OWNER_PASSWORD/g,
    '',
    /OWNER_PASSWORD is not on the operator/,
  ],
  [
    'a wait for a service that is not there',
    'compose',
    'redis: { condition',
    'valkey: { condition',
    /valkey, which is not there/,
  ],
  [
    'a volume that is not declared',
    'compose',
    'certificates: {}',
    'files: {}',
    /certificates, which is not among the volumes/,
  ],
  [
    'a setting that is not passed on',
    'compose',
    '    SMTP_URL: ${SMTP_URL:-}\n',
    '',
    /api: the setting SMTP_URL is not passed on/,
  ],
  [
    'a setting with a default of its own',
    'compose',
    '${LOG_LEVEL:-}',
    '${LOG_LEVEL:-debug}',
    /LOG_LEVEL is not demanded/,
  ],
  [
    'a secret that has a default and may be left out',
    'compose',
    '${SANDBOX_SECRET:?write it into .env}',
    '${SANDBOX_SECRET:-}',
    /SANDBOX_SECRET is a secret/,
  ],
  [
    'a server that nobody prepares',
    'compose',
    'tools/prepare-server.mjs',
    'apps/api/dist/main.js',
    /prepare does not run tools\/prepare-server\.mjs/,
  ],
  ['a one-shot that is gone', 'compose', '\n  prepare:\n', '\n  preparation:\n', /no service prepare/],
  [
    'a migration that the image does not run',
    'dockerfile',
    'tools/migrate-server.mjs',
    'apps/api/dist/main.js',
    /migrate does not run tools\/migrate-server\.mjs/,
  ],
  [
    'a one-shot that is started again',
    'compose',
    "    restart: 'no'\n",
    '',
    /prepare runs once, and would be started again/,
  ],
  ['a file that is no YAML', 'compose', 'services:', 'services: [', /docker-compose.yml: /],
];

describe('the check of docker-compose.yml', () => {
  it('is content with the one of the project', () => assert.deepEqual(composeFaults(files), []));
  for (const [name, file, from, to, expected] of SEEDS)
    it(`finds ${name}`, () => {
      if (from instanceof RegExp)
        assert.match(composeFaults({ ...files, [file]: files[file].replace(from, to) }).join('\n'), expected);
      else assert.match(faultsWith(file, from, to), expected);
    });
});
