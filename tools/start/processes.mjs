// The processes of the product, kept running until the start stops.
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { watched } from '../embedded/watched.mjs';
import { ROOT } from '../install.mjs';

const LONGEST_PAUSE_MS = 10_000;

/** Runs several programs of apps/api/dist, starting each again where it ends by itself. */
export class Processes {
  constructor(environment) {
    this.environment = environment;
    this.children = new Map();
    this.isStopping = false;
    /** True once the start is over: from then on a program that ends is started again. */
    this.isServing = false;
    /** Name of a program that ended during the start. */
    this.broken = undefined;
  }

  /** Starts one and keeps it running. */
  keep(name, file, pauseMs = 500) {
    const child = watched('SIGTERM', process.execPath, [path.join(ROOT, 'apps/api/dist', file)], {
      cwd: ROOT,
      env: this.environment,
      output: 'inherit',
    });
    this.children.set(name, child);
    const started = Date.now();
    child.on('exit', async () => {
      this.children.delete(name);
      if (this.isStopping) return;
      if (!this.isServing) {
        this.broken ??= name;
        return;
      }
      const next = Date.now() - started > 60_000 ? 500 : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      console.error(`The ${name} has stopped and is started again.`);
      await wait(pauseMs);
      if (!this.isStopping) this.keep(name, file, next);
    });
  }

  /** Tells all to stop and waits until they have. */
  async stop() {
    this.isStopping = true;
    for (const child of this.children.values()) child.stdin.end();
    while (this.children.size > 0) await wait(20);
  }
}
