// docker-compose.yml, read as Docker reads it, as there may be no engine here: each variable of the product is a setting
// with a good value, each build target is in the Dockerfile, each service says how its health is seen, no secret has a value.
// tools/tests/compose.test.mjs seeds a fault of each kind and looks whether it is found.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { checkSettings } from '../start/settings.mjs';

const SERVICES = ['postgres', 'redis', 'migrate', 'api', 'worker', 'sandbox', 'web'];
const SECRET = /PASSWORD|SECRET|KEY/;

/** The files that the check looks at, as texts. */
export function composeFiles() {
  const text = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  return {
    compose: text('docker-compose.yml'),
    dockerfile: text('Dockerfile'),
    settings: text('apps/api/settings.json'),
    page: text('docs/operator.md'),
  };
}

/** Sentences about what is wrong, none where all is well. */
export function composeFaults({ compose, dockerfile, settings, page }) {
  const document = parseDocument(compose, { merge: true });
  if (document.errors.length > 0)
    return document.errors.map(({ message }) => `docker-compose.yml: ${message}`);
  const described = document.toJS();
  const services = described.services ?? {};
  const missing = SERVICES.filter((name) => !services[name]).map((name) => `there is no service ${name}`);
  const each = Object.entries(services).flatMap(([name, service]) => [
    ...healthFaults(name, service, services),
    ...orderFaults(name, service, services),
    ...volumeFaults(name, service, described.volumes ?? {}),
    ...targetFaults(name, service, dockerfile),
    ...secretFaults(name, service),
    ...(service.build?.target === 'app' ? settingFaults(name, service, JSON.parse(settings)) : []),
  ]);
  return [...missing, ...each, ...givenFaults(compose, page)];
}

/** One that runs once is healthy when it ended well, and somebody must wait for that. */
function healthFaults(name, { healthcheck }, services) {
  if (healthcheck?.disable === true) {
    const isAwaited = Object.values(services).some(
      ({ depends_on: needs }) => needs?.[name]?.condition === 'service_completed_successfully',
    );
    return isAwaited ? [] : [`${name} has its health check off, and nobody waits for its end`];
  }
  return healthcheck?.test?.length > 0 ? [] : [`${name} has no health check`];
}

function orderFaults(name, { depends_on: needs = {} }, services) {
  return Object.entries(needs).flatMap(([other, { condition }]) => {
    if (!services[other]) return [`${name} waits for ${other}, which is not there`];
    return condition === 'service_healthy' && !services[other].healthcheck?.test
      ? [`${name} waits for the health of ${other}, which is not checked`]
      : [];
  });
}

function volumeFaults(name, { volumes = [] }, known) {
  return volumes
    .map((volume) => volume.split(':')[0])
    .filter((volume) => /^\w+$/.test(volume) && !(volume in known))
    .map((volume) => `${name} keeps data in ${volume}, which is not among the volumes`);
}

function targetFaults(name, { build, image }, dockerfile) {
  if (!build) return image ? [] : [`${name} has neither a build nor an image`];
  const targets = [...dockerfile.matchAll(/^FROM \S+ AS (\w+)$/gm)].map(([, target]) => target);
  return targets.includes(build.target)
    ? []
    : [`${name} is built from ${build.target}, which is not in the Dockerfile`];
}

/** A secret comes from .env, whole, and without it nothing starts. */
function secretFaults(name, { environment = {} }) {
  return Object.entries(environment).flatMap(([variable, value]) => {
    const text = String(value);
    if (SECRET.test(variable) && !/^\$\{\w+:\?[^}]+\}$/.test(text))
      return [`${name}: ${variable} is a secret and must come from .env, as \${NAME:?...}`];
    const [, password] = /:\/\/[^:/@$]+:(.*)@/.exec(text) ?? [];
    return password !== undefined && !/^\$\{\w+:\?[^}]+\}$/.test(password)
      ? [`${name}: the password in ${variable} must come from .env, as \${NAME:?...}`]
      : [];
  });
}

/** Variables that are no settings, and values that the product would refuse. */
function settingFaults(name, { environment = {} }, settings) {
  const unknown = Object.keys(environment)
    .filter((variable) => !Object.hasOwn(settings, variable))
    .map((variable) => `${name}: ${variable} is not a setting`);
  const written = Object.entries(environment).filter(([, value]) => !String(value).includes('${'));
  try {
    checkSettings(Object.fromEntries(written.map(([variable, value]) => [variable, String(value)])));
    return unknown;
  } catch (error) {
    return [...unknown, `${name}: ${error.message}`];
  }
}

/** What .env must give is told on the operator's page, and has no default. */
function givenFaults(compose, page) {
  const given = [...compose.matchAll(/\$\{(\w+)([^}]*)\}/g)];
  const faults = given.flatMap(([, name, rest]) => [
    ...(rest.startsWith(':?') ? [] : [`${name} is not demanded: write it \${${name}:?...}`]),
    ...(page.includes(name) ? [] : [`${name} is not on the operator's page`]),
  ]);
  return [...new Set(faults)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = composeFiles();
  const faults = composeFaults(files);
  for (const fault of faults) console.error(fault);
  console.log(
    `${Object.keys(parseDocument(files.compose).toJS().services).length} services, ${faults.length} faults`,
  );
  process.exit(faults.length === 0 ? 0 : 1);
}
