// Programs that come as Debian's packages: found, or installed where we may.
import { spawnSync } from 'node:child_process';

/** The path of a program; installs its package as root where it is missing. Throws with the package's name where it cannot. */
export function programOf(program, packages) {
  const found = which(program);
  if (found) return found;
  if (process.getuid() === 0 && which('apt-get')) {
    console.log(`installing Debian's ${packages.join(' and ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      stdio: 'ignore',
      env,
    });
  }
  const installed = which(program);
  if (!installed)
    throw new Error(`${program} is missing. Install Debian's package ${packages[0]} and run this again.`);
  return installed;
}

function which(program) {
  const done = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trim() : undefined;
}
