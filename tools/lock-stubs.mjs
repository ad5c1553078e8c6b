// A registry that lacks the binaries of other systems leaves holes in package-lock.json, and `npm ci` then refuses it.
// This adds a stub for each optional dependency that a locked package names and the lock does not have.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
let added = 0;
for (const entry of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place]) continue;
    lock.packages[place] = { version: version.replace(/^[\^~]/, ''), optional: true, ...systemOf(name) };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, JSON.stringify(lock, null, 2) + '\n');
console.log(`${added} stubs added`);

/** For which system a binary package is, read off its name, so that npm never tries to install it elsewhere. */
function systemOf(name) {
  const words = name.split(/[-/]/);
  const pick = (known) => known.filter((each) => words.includes(each));
  const os = pick([
    'darwin',
    'linux',
    'win32',
    'android',
    'freebsd',
    'openbsd',
    'netbsd',
    'sunos',
    'aix',
    'openharmony',
    'windows',
  ]).map((each) => (each === 'windows' ? 'win32' : each));
  const cpu = pick([
    'x64',
    'arm64',
    'arm',
    'ia32',
    'ppc64',
    's390x',
    'riscv64',
    'loong64',
    'mips64el',
    'wasm32',
  ]);
  const libc = words.includes('musl') ? ['musl'] : words.some((word) => word === 'gnu') ? ['glibc'] : [];
  return {
    ...(os.length > 0 ? { os } : { os: ['none'] }),
    ...(cpu.length > 0 && { cpu }),
    ...(libc.length > 0 && { libc }),
  };
}
