import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const ROUTER = 'src/app/router.tsx';

/**
 * Writes routes.json: the source that each address of the router loads. The API reads it with the manifest, so that a
 * page's modules are fetched together with the entry and not after it.
 */
export function routeChunks(): Plugin {
  return {
    name: 'route-chunks',
    generateBundle() {
      const router = readFileSync(new URL(ROUTER, import.meta.url), 'utf8');
      const loaders = new Map(
        [...router.matchAll(/const (\w+) = \(\) => import\('\.\.?\/([^']+)'\)/g)].map(
          ([, name, file = '']) => [
            name,
            file.startsWith('features/') ? `src/${file}.tsx` : `src/app/${file}.tsx`,
          ],
        ),
      );
      const routes = Object.fromEntries(
        [...router.matchAll(/page\('([^']+)', (\w+),/g)].flatMap(([, address = '', loader]) => {
          const source = loaders.get(loader);
          return source === undefined ? [] : [[address, source]];
        }),
      );
      if (Object.keys(routes).length === 0) this.error(`no route was found in ${ROUTER}`);
      this.emitFile({ type: 'asset', fileName: 'routes.json', source: JSON.stringify(routes) });
    },
  };
}
