// docker-compose.yml, read as Docker reads it, as there may be no engine here: each variable of the product is a setting
// with a good value, each setting is passed on, each build target is in the Dockerfile, each service says how its health is
// seen, each that prepares something runs once, no secret has a value.
// tools/tests/compose.test.mjs seeds a fault of each kind and looks whether it is found.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { checkSettings } from '../start/settings.mjs';

const SERVICES = ['postgres', 'redis', 'migrate', 'prepare', 'api', 'worker', 'sandbox', 'web'];
/** What runs once, and where its command stands. */
const ONCE = { migrate: 'tools/migrate-server.mjs', prepare: 'tools/prepare-server.mjs' };
const SECRET = /PASSWORD|SECRET|KEY/;
/** Settings that the image fixes, and the owner's address, which only the migration may have. */
const NOT_PASSED = ['NODE_ENV', 'WEB_DIR', 'SANDBOX_PORT', 'DATABASE_OWNER_URL'];

/** The files that the check looks at, as texts. */
export function composeFiles() {
  const text = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  return {
    compose: text('docker-compose.yml'),
    dockerfile: text('Dockerfile'),
    settings: text('apps/api/settings.json'),
    page: text('docs/operators.md'),
  };
}

/** Sentences about what is wrong, none where all is well. */
export function composeFaults({ compose, dockerfile, settings: settingsText, page }) {
  const settings = JSON.parse(settingsText);
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
    ...onceFaults(name, service, dockerfile),
    ...secretFaults(name, service, settings),
    ...(service.build?.target === 'app' ? settingFaults(name, service, settings) : []),
  ]);
  return [...missing, ...each, ...givenFaults(compose, page, settings)];
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

/** What runs once runs its own command, in the service or in its image, and is not started again when it ends. */
function onceFaults(name, { command, build, restart = 'no' }, dockerfile) {
  if (!Object.hasOwn(ONCE, name)) return [];
  const [, stage = ''] = dockerfile.split(new RegExp(`^FROM \\S+ AS ${build?.target}$`, 'm'));
  const said = command?.join(' ') ?? stage.split(/^FROM /m)[0];
  return [
    ...(said.includes(ONCE[name]) ? [] : [`${name} does not run ${ONCE[name]}`]),
    ...(restart === 'no' ? [] : [`${name} runs once, and would be started again`]),
  ];
}

/** True where a setting may be left out of .env: an empty one is as one that is not set, and the product has no default secret. */
function isOptional(variable, text, settings) {
  const setting = settings[variable];
  const mayBeEmpty = setting && !(SECRET.test(variable) && setting.default !== undefined);
  return Boolean(mayBeEmpty) && text === `\${${variable}:-}`;
}

/** A secret comes from .env, whole, and without it nothing starts, but for those that the product can do without. */
function secretFaults(name, { environment = {} }, settings) {
  return Object.entries(environment).flatMap(([variable, value]) => {
    const text = String(value);
    if (SECRET.test(variable) && !/^\$\{\w+:\?[^}]+\}$/.test(text) && !isOptional(variable, text, settings))
      return [`${name}: ${variable} is a secret and must come from .env, as \${NAME:?...}`];
    const [, password] = /:\/\/[^:/@$]+:(.*)@/.exec(text) ?? [];
    return password !== undefined && !/^\$\{\w+:\?[^}]+\}$/.test(password)
      ? [`${name}: the password in ${variable} must come from .env, as \${NAME:?...}`]
      : [];
  });
}

/** Variables that are no settings, settings that are not passed on, and values that the product would refuse. */
function settingFaults(name, { environment = {} }, settings) {
  const unknown = Object.keys(environment)
    .filter((variable) => !Object.hasOwn(settings, variable))
    .map((variable) => `${name}: ${variable} is not a setting`);
  const kept = Object.keys(settings)
    .filter((setting) => !NOT_PASSED.includes(setting) && !Object.hasOwn(environment, setting))
    .map((setting) => `${name}: the setting ${setting} is not passed on`);
  const written = Object.entries(environment).filter(([, value]) => !String(value).includes('${'));
  try {
    checkSettings(Object.fromEntries(written.map(([variable, value]) => [variable, String(value)])));
    return [...unknown, ...kept];
  } catch (error) {
    return [...unknown, ...kept, `${name}: ${error.message}`];
  }
}

/** What .env gives is told on the operator's page, and is demanded or may be left out. */
function givenFaults(compose, page, settings) {
  const given = [...compose.matchAll(/\$\{(\w+)([^}]*)\}/g)];
  const faults = given.flatMap(([whole, name, rest]) => [
    ...(rest.startsWith(':?') || isOptional(name, whole, settings)
      ? []
      : [`${name} is not demanded: write it \${${name}:?...}`]),
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
