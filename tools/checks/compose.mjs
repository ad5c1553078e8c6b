// docker-compose.yml by reading, as there may be no engine: each variable of the app is a setting, each build target
// exists, each service says how its health is seen.
import { readFileSync } from 'node:fs';

const compose = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
const settings = readFileSync(
  new URL('../../apps/api/src/platform/config/settings.ts', import.meta.url),
  'utf8',
);
const faults = [];

const environment = /environment: &env\n((?: {4}\w+:.*\n)+)/.exec(compose)?.[1] ?? '';
const names = [...environment.matchAll(/^ {4}(\w+):/gm)].map(([, name]) => name);
if (names.length === 0) faults.push('no variables of the app were found');
for (const name of names)
  if (!new RegExp(`^ {2}${name}: setting\\(`, 'm').test(settings)) faults.push(`${name} is not a setting`);

const targets = new Set([...compose.matchAll(/target: (\w+)/g)].map(([, target]) => target));
for (const target of targets)
  if (!dockerfile.includes(`AS ${target}`))
    faults.push(`the build target ${target} is not in the Dockerfile`);

const services = compose.slice(compose.indexOf('\nservices:'), compose.indexOf('\nvolumes:'));
for (const block of services.split(/\n(?= {2}\w+:\n)/).slice(1)) {
  if (!block.includes('healthcheck:'))
    faults.push(`the service ${block.trim().split(':')[0]} has no health check`);
}
for (const fault of faults) console.error(fault);
console.log(`${names.length} variables, ${targets.size} build targets`);
process.exit(faults.length === 0 ? 0 : 1);
