// Started by npm, the product ends with npm, however npm ends: it passes signals on, but not the one that kills it.
import { readFileSync } from 'node:fs';

/** Calls back once the npm that started this process is gone. Does nothing where there was none. */
export function whenNpmEnds(then) {
  const npm = npmAbove(process.ppid);
  if (npm === undefined) return;
  const timer = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(timer);
    then();
  }, 500).unref();
}

/** npm is the parent, or the parent of the shell between. */
function npmAbove(pid) {
  if (process.env.npm_lifecycle_event !== 'start') return undefined;
  try {
    const name = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (/^npm/.test(name)) return pid;
    const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
    return /^npm|\bnpm/.test(readFileSync(`/proc/${parent}/cmdline`, 'utf8')) ? parent : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
