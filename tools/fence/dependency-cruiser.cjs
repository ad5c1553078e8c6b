// The directions in which modules may import. Every rule has a seeded violation in seed.mjs.
const FEATURE = '^apps/api/src/features/([^/]+)/';
const DOOR = '^apps/api/src/features/[^/]+/[^/]+\\.public\\.ts$';
const TEST = '\\.(spec|int-spec)\\.tsx?$|^apps/api/test/';

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    rule(
      'no-runtime-cycle',
      'cycles break compiled metadata and hide ownership',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'domain-is-pure',
      'the domain imports only itself',
      { path: '^packages/domain/src', pathNot: TEST },
      { pathNot: '^packages/domain/src' },
    ),
    rule(
      'matching-on-domain-only',
      'matching imports itself, the domain, its stemmer and its solver',
      { path: '^packages/matching/src', pathNot: TEST },
      { pathNot: '^packages/(matching|domain)/src|node_modules/(snowball-stemmers|highs)/' },
    ),
    rule('packages-not-to-apps', 'packages never know apps', { path: '^packages/' }, { path: '^apps/' }),
    rule(
      'platform-below-features',
      'the platform knows no feature',
      { path: '^apps/api/src/platform' },
      { path: '^apps/api/src/(features|graph|app\\.module|worker\\.module)' },
    ),
    rule(
      'feature-door',
      'another feature is entered by its public file',
      { path: FEATURE, pathNot: ['\\.module\\.ts$', TEST] },
      { path: '^apps/api/src/features/', pathNot: ['^apps/api/src/features/$1/', DOOR] },
    ),
    rule(
      'module-door',
      'a module file may also import another module file',
      { path: '^apps/api/src/features/([^/]+)/[^/]+\\.module\\.ts$' },
      { path: '^apps/api/src/features/', pathNot: ['^apps/api/src/features/$1/', DOOR, '\\.module\\.ts$'] },
    ),
    rule(
      'insiders-skip-door',
      'inside a feature the file itself is imported',
      { path: FEATURE, pathNot: DOOR },
      { path: '^apps/api/src/features/$1/[^/]+\\.public\\.ts$' },
    ),
    rule(
      'feature-not-to-graph',
      'only the app imports graph',
      { path: FEATURE },
      { path: '^apps/api/src/graph' },
    ),
    rule(
      'graph-uses-doors',
      'graph sees doors, models and batch readers',
      { path: '^apps/api/src/graph' },
      {
        path: '^apps/api/src/features/',
        pathNot: [DOOR, '/graphql/[^/]+\\.model\\.ts$', '\\.(loaders|queries|module)\\.ts$'],
      },
    ),
    rule(
      'prisma-in-repositories',
      'the ORM stays in repositories',
      {
        path: '^apps/api/src',
        pathNot: ['\\.repository\\.ts$', '^apps/api/src/(platform/prisma|generated)/', TEST],
      },
      { path: '^apps/api/src/generated/|node_modules/@prisma/' },
    ),
    rule(
      'stripe-in-adapter',
      'one adapter speaks to Stripe',
      { path: '^apps/api/src', pathNot: ['^apps/api/src/features/rail/adapter/', TEST] },
      { path: 'node_modules/stripe/' },
    ),
    rule(
      'bullmq-in-queue',
      'one adapter speaks to BullMQ and Redis',
      { path: '^apps/api/src', pathNot: ['^apps/api/src/platform/queue/', TEST] },
      { path: 'node_modules/(bullmq|ioredis)/' },
    ),
    rule(
      'resolver-not-to-repository',
      'transport goes through queries and use cases',
      { path: '\\.(resolver|controller|jobs)\\.ts$' },
      { path: '\\.repository\\.ts$' },
    ),
    rule(
      'use-case-not-to-transport',
      'use cases and repositories know no transport',
      { path: '\\.(repository|policy|loaders)\\.ts$|/use-cases/' },
      { path: '\\.(resolver|controller)\\.ts$|/graphql/[^/]+\\.(input|args)\\.ts$' },
    ),
    rule(
      'web-not-to-api',
      'the web meets the API through generated types only',
      { path: '^apps/web' },
      { path: '^apps/api' },
    ),
    rule(
      'api-to-page-data',
      'the API knows of the web only what public pages are drawn from',
      { path: '^apps/api' },
      { path: '^apps/web', pathNot: '^apps/web/src/public/page-data\\.ts$' },
    ),
    rule(
      'web-feature-isolated',
      'web features never import each other',
      { path: '^apps/web/src/features/([^/]+)/' },
      { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    ),
    rule(
      'web-shared-below-features',
      'shared parts know no feature',
      { path: '^apps/web/src/(ui|lib)/' },
      { path: '^apps/web/src/(features|app)/' },
    ),
    rule('not-to-spec', 'nobody imports a test', {}, { path: '\\.(spec|int-spec)\\.tsx?$' }),
    rule(
      'not-resolvable',
      'a typo or an undeclared package',
      { pathNot: '^apps/web/' },
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^apps/web/src/gql/', '^apps/api/src/generated/.*/internal/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
