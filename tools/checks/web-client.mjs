// What the web client must not do, by reading: no inline style (a server-drawn one is refused by the content security),
// no markup written past React, and no page at an address for which the API serves no shell.
// Usage: node tools/checks/web-client.mjs [--seeded] (with a violation of each kind, which must be found)
import { readdirSync, readFileSync } from 'node:fs';

const SOURCE = new URL('../../apps/web/src/', import.meta.url);
const SERVED = new URL('../../apps/api/src/platform/http/web-pages.ts', import.meta.url);
const FORBIDDEN = [
  [/\bstyle=[{"']/, 'an inline style: give it a class'],
  [/dangerouslySetInnerHTML|\.innerHTML\b|\.outerHTML\b/, 'markup written past React'],
];
/** The one block that React cannot write as text: data for search engines, with `<` escaped, in a page without script. */
const ALLOWED = [
  ['public/document.tsx', '<script type="application/ld+json" dangerouslySetInnerHTML={{ __html: text }} />'],
];
const SEEDS = [
  ['seeded.tsx', '<p style={{ color: "red" }} />'],
  ['seeded.tsx', '<p dangerouslySetInnerHTML={{ __html: text }} />'],
];

const isSeeded = process.argv.includes('--seeded');
const files = readdirSync(SOURCE, { recursive: true }).filter(
  (name) => /\.tsx?$/.test(name) && !name.startsWith('gql'),
);
const texts = [
  ...files.map((name) => [name, readFileSync(new URL(name, SOURCE), 'utf8')]),
  ...(isSeeded ? SEEDS : []),
];
const faults = texts.flatMap(([name, text]) =>
  FORBIDDEN.flatMap(([pattern, what]) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line) && !isAllowed(name, line)
          ? [`apps/web/src/${name}:${index + 1}: ${what}`]
          : [],
      ),
  ),
);

const router =
  readFileSync(new URL('app/router.tsx', SOURCE), 'utf8') + (isSeeded ? "page('/nowhere', " : '');
const addresses = [...router.matchAll(/\bpage\(\s*'([^']+)'/g)].map(([, address]) => address);
const paths = /const APP_PATHS\b[^=]*= [[{]([\s\S]*?)\n[\]}]/.exec(readFileSync(SERVED, 'utf8'))?.[1] ?? '';
const bases = [...paths.matchAll(/^\s*'(\/[a-z-]+)'/gm)].map(([, base]) => base);
if (addresses.length === 0) faults.push('no page was found in app/router.tsx');
if (bases.length === 0) faults.push('no address was found in APP_PATHS of the API');
for (const address of addresses)
  if (!bases.some((base) => address === base || address.startsWith(`${base}/`)))
    faults.push(`${address} is in app/router.tsx, and the API serves no shell there (APP_PATHS)`);

if (isSeeded) {
  const found = [...FORBIDDEN.map(([, what]) => what), '/nowhere'].filter((what) =>
    faults.some((fault) => fault.includes(what)),
  );
  console.log(`${found.length} of ${FORBIDDEN.length + 1} seeded violations found`);
  process.exit(found.length === FORBIDDEN.length + 1 ? 0 : 1);
}
for (const fault of faults) console.error(fault);
console.log(`${texts.length} files, ${addresses.length} addresses, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

function isAllowed(name, line) {
  return ALLOWED.some(([file, text]) => file === name && line.includes(text));
}
