// Shows that the fence can fail: one tree with a violation of every rule, and one that keeps them all.
import '../start/help.mjs';
import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruiseTree } from './cruise.mjs';

const { forbidden } = createRequire(import.meta.url)('./dependency-cruiser.cjs');
const F = 'apps/api/src/features';
const CLEAN = {
  'packages/domain/src/money/money.ts': 'export const m = 1;',
  'packages/matching/src/index.ts': "import { m } from '../../domain/src/money/money'; export const s = m;",
  'apps/api/src/platform/prisma/db.ts': "import { x } from '@prisma/client'; export const db = x;",
  'apps/api/src/platform/queue/queue.ts': "import { x } from 'bullmq'; export const q = x;",
  [`${F}/rail/adapter/stripe.ts`]: "import { x } from 'stripe'; export const s = x;",
  [`${F}/expert/expert.repository.ts`]: "import { x } from '@prisma/client'; export const repo = x;",
  [`${F}/expert/use-cases/edit-profile.ts`]:
    "import { repo } from '../expert.repository'; export const edit = repo;",
  [`${F}/expert/expert.public.ts`]: "export { edit } from './use-cases/edit-profile';",
  [`${F}/expert/graphql/expert.model.ts`]: 'export const Model = 1;',
  [`${F}/expert/graphql/expert.input.ts`]: 'export const Input = 1;',
  [`${F}/expert/expert.resolver.ts`]:
    "import { edit } from './use-cases/edit-profile'; import { Model } from './graphql/expert.model'; export const r = [edit, Model];",
  [`${F}/expert/expert.module.ts`]: "import { r } from './expert.resolver'; export const mod = r;",
  [`${F}/offer/use-cases/send.ts`]:
    "import { edit } from '../../expert/expert.public'; export const send = edit;",
  'apps/api/src/graph/offer-expert.graph.ts':
    "import { Model } from '../features/expert/graphql/expert.model'; export const g = Model;",
  'apps/web/src/lib/money.ts': 'export const show = 1;',
  'apps/web/src/features/expert/page.tsx': "import { show } from '../../lib/money'; export const P = show;",
};
const BROKEN = {
  'api-to-page-data': {
    [`${F}/expert/bad-web.ts`]:
      "import { show } from '../../../../web/src/lib/money'; export const z = show;",
  },
  'no-runtime-cycle': {
    'apps/api/src/platform/log/a.ts': "import { b } from './b'; export const a = () => b;",
    'apps/api/src/platform/log/b.ts': "import { a } from './a'; export const b = () => a;",
  },
  'domain-is-pure': {
    'packages/domain/src/money/bad.ts':
      "import { randomUUID } from 'node:crypto'; export const z = randomUUID;",
  },
  'matching-on-domain-only': {
    'packages/matching/src/bad.ts': "import { x } from 'bullmq'; export const z = x;",
  },
  'packages-not-to-apps': {
    'packages/ui/src/bad.ts':
      "import { show } from '../../../apps/web/src/lib/money'; export const z = show;",
  },
  'platform-below-features': {
    'apps/api/src/platform/access/bad.ts':
      "import { edit } from '../../features/expert/expert.public'; export const z = edit;",
  },
  'feature-door': {
    [`${F}/offer/bad.ts`]: "import { edit } from '../expert/use-cases/edit-profile'; export const z = edit;",
  },
  'module-door': {
    [`${F}/offer/bad.module.ts`]:
      "import { edit } from '../expert/use-cases/edit-profile'; export const z = edit;",
  },
  'insiders-skip-door': {
    [`${F}/expert/bad.ts`]: "import { edit } from './expert.public'; export const z = edit;",
  },
  'feature-not-to-graph': {
    [`${F}/offer/bad-graph.ts`]: "import { g } from '../../graph/offer-expert.graph'; export const z = g;",
  },
  'graph-uses-doors': {
    'apps/api/src/graph/bad.ts':
      "import { edit } from '../features/expert/use-cases/edit-profile'; export const z = edit;",
  },
  'prisma-in-repositories': {
    [`${F}/expert/bad-orm.ts`]: "import { x } from '@prisma/client'; export const z = x;",
  },
  'stripe-in-adapter': { [`${F}/expert/bad-stripe.ts`]: "import { x } from 'stripe'; export const z = x;" },
  'bullmq-in-queue': { [`${F}/expert/bad-queue.ts`]: "import { x } from 'bullmq'; export const z = x;" },
  'resolver-not-to-repository': {
    [`${F}/expert/bad.resolver.ts`]: "import { repo } from './expert.repository'; export const z = repo;",
  },
  'use-case-not-to-transport': {
    [`${F}/expert/use-cases/bad.ts`]:
      "import { Input } from '../graphql/expert.input'; export const z = Input;",
  },
  'web-not-to-api': {
    'apps/web/src/lib/bad.ts':
      "import type { Model } from '../../../api/src/features/expert/graphql/expert.model'; export type Z = typeof Model;",
  },
  'web-feature-isolated': {
    'apps/web/src/features/offer/bad.tsx': "import { P } from '../expert/page'; export const z = P;",
  },
  'web-shared-below-features': {
    'apps/web/src/ui/bad.tsx': "import { P } from '../features/expert/page'; export const z = P;",
  },
  'not-to-spec': {
    'apps/web/src/lib/money.spec.ts': 'export const t = 1;',
    'apps/web/src/lib/bad-spec.ts': "import { t } from './money.spec'; export const z = t;",
  },
  'not-resolvable': {
    'apps/api/src/platform/log/bad.ts': "import { x } from 'no-such-package'; export const z = x;",
  },
};

/** The names of the rules that a tree of files breaks. */
function broken(files) {
  const root = mkdtempSync(path.join(tmpdir(), 'tallystick-fence-'));
  const put = (file, text) => (
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true }),
    writeFileSync(path.join(root, file), text)
  );
  put(
    'package.json',
    JSON.stringify({ name: 't', dependencies: { '@prisma/client': '*', stripe: '*', bullmq: '*' } }),
  );
  put(
    'tsconfig.base.json',
    JSON.stringify({ compilerOptions: { module: 'commonjs', moduleResolution: 'node', target: 'es2022' } }),
  );
  for (const name of ['@prisma/client', 'stripe', 'bullmq']) {
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    put(`node_modules/${name}/index.js`, 'exports.x = 1;');
  }
  for (const [file, text] of Object.entries(files)) put(file, text);
  const { violations } = cruiseTree(root, ['apps', 'packages']);
  rmSync(root, { recursive: true, force: true });
  return new Set(violations.map(({ rule }) => rule.name));
}

const clean = broken(CLEAN);
const found = broken(Object.assign({}, CLEAN, ...Object.values(BROKEN)));
const unseeded = forbidden.map(({ name }) => name).filter((name) => !BROKEN[name]);
const silent = Object.keys(BROKEN).filter((name) => !found.has(name));
if (clean.size > 0) console.error(`a clean tree breaks: ${[...clean].join(', ')}`);
if (unseeded.length > 0) console.error(`rules without a seeded violation: ${unseeded.join(', ')}`);
if (silent.length > 0) console.error(`rules that did not fire: ${silent.join(', ')}`);
console.log(`${found.size} of ${forbidden.length} rules fired`);
process.exit(clean.size + unseeded.length + silent.length === 0 ? 0 : 1);
