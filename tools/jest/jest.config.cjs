const path = require('node:path');
const { readFileSync } = require('node:fs');

const root = path.join(__dirname, '../..');
const swcrc = JSON.parse(readFileSync(path.join(root, '.swcrc'), 'utf8'));
const shared = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...swcrc, sourceMaps: 'inline', swcrc: false }],
    '\\.m?js$': path.join(__dirname, 'jest-esm.cjs'),
  },
  transformIgnorePatterns: [],
  moduleNameMapper: { '^@tallystick/(domain|matching)$': path.join(root, 'packages/$1/src') },
};

module.exports = {
  projects: [
    { ...shared, displayName: 'domain', rootDir: path.join(root, 'packages/domain/src') },
    { ...shared, displayName: 'matching', rootDir: path.join(root, 'packages/matching/src') },
    {
      ...shared,
      displayName: 'api',
      rootDir: path.join(root, 'apps/api'),
      testMatch: ['**/*.int-spec.ts', '**/src/**/*.spec.ts'],
    },
  ],
  maxWorkers: 2,
  testTimeout: 60_000,
};
