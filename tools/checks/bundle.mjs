// What each page of the web client makes a browser load, brotli, against its budget. Reads what the build wrote:
// the manifest of chunks and routes.json, the source that each address loads. Usage: node tools/checks/bundle.mjs
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const CLIENT = new URL('../../apps/web/dist/client/', import.meta.url);
const ENTRY = 'src/app/main.tsx';
/** Budgets, kB of 1024 bytes. The shell is what every page loads: React, router, urql with its cache. */
const MOST = { shell: 120, route: 200, css: 12 };

const manifest = read('.vite/manifest.json');
const routes = read('routes.json');
const sizes = new Map();
const faults = [];

const shell = chunksOf(ENTRY);
const shellSize = sum(shell.map((key) => manifest[key].file));
check('the shell', shellSize, MOST.shell);

const rows = Object.entries(routes).map(([address, source]) => {
  const chunks = [...new Set([...shell, ...chunksOf(source)])];
  const size = sum(chunks.map((key) => manifest[key].file));
  const css = sum([...new Set(chunks.flatMap((key) => manifest[key].css ?? []))]);
  check(`the JavaScript of ${address}`, size, MOST.route);
  check(`the CSS of ${address}`, css, MOST.css);
  return { address, size, css };
});
if (rows.length === 0) faults.push('the build names no route');

for (const { address, size, css } of rows.toSorted((a, b) => b.size - a.size))
  console.log(`${kilobytes(size).padStart(8)} JavaScript ${kilobytes(css).padStart(7)} CSS  ${address}`);
for (const fault of faults) console.error(fault);
console.log(
  JSON.stringify({
    routes: rows.length,
    shellKB: Number(kilobytes(shellSize)),
    largestRouteKB: Number(kilobytes(Math.max(0, ...rows.map(({ size }) => size)))),
    cssKB: Number(kilobytes(Math.max(0, ...rows.map(({ css }) => css)))),
    overBudget: faults.length,
  }),
);
process.exit(faults.length === 0 ? 0 : 1);

function read(file) {
  try {
    return JSON.parse(readFileSync(new URL(file, CLIENT), 'utf8'));
  } catch {
    console.error(`${file} of the web client is not there. Build first: npm run build`);
    process.exit(1);
  }
}

/** A chunk and all that it imports at once, transitively; what it may load later does not count. */
function chunksOf(key, seen = new Set()) {
  if (seen.has(key)) return [];
  const chunk = manifest[key];
  if (!chunk) {
    faults.push(`${key} is no chunk of its own: its page is not split off, or its address is wrong`);
    return [];
  }
  seen.add(key);
  return [key, ...(chunk.imports ?? []).flatMap((next) => chunksOf(next, seen))];
}

function sum(files) {
  return files.reduce((total, file) => total + sizeOf(file), 0);
}

/** Bytes of a file as a browser gets it. */
function sizeOf(file) {
  if (!sizes.has(file)) {
    const bytes = readFileSync(new URL(file, CLIENT));
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    sizes.set(file, brotliCompressSync(bytes, options).length);
  }
  return sizes.get(file);
}

function check(what, size, most) {
  if (size > most * 1024) faults.push(`${what} has ${kilobytes(size)} kB; at most ${most} are allowed`);
}

function kilobytes(bytes) {
  return (bytes / 1024).toFixed(1);
}
