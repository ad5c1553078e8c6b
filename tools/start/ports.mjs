// The port before the start, and the answers at its end.
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { isBlocked } from './blocked-ports.mjs';

/** Throws CannotStart where the port cannot be opened. A copy that was killed just now gets 15 s to let go of it. */
export async function mustBeFree(port, host, isPatient = false) {
  for (let tries = isPatient ? 150 : 1; ; tries--) {
    const code = await tryToOpen(port, host);
    if (code === undefined) return;
    if (code === 'EADDRINUSE' && tries > 1) await wait(100);
    else if (code === 'EADDRINUSE')
      throw new CannotStart(
        `Port ${port} is in use: stop what uses it, or start with PORT=${another(port)} npm start.`,
      );
    else if (code === 'EACCES')
      throw new CannotStart(
        `Port ${port} is not yours to open (EACCES): choose one from 1024 up with PORT and start again.`,
      );
    else
      throw new CannotStart(
        `The address ${host} cannot be opened (${code}): set HOST to an address of this machine, e.g. 127.0.0.1, and start again.`,
      );
  }
}

/** Waits until an address answers. Throws CannotStart where a process has ended or 60 seconds are over. */
export async function answer(url, broken) {
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(50)) {
    const reply = await fetch(url).catch(() => undefined);
    if (reply?.ok) return;
    if (broken())
      throw new CannotStart(
        `The ${broken()} ended during the start: mend what it said above and start again.`,
      );
  }
  throw new CannotStart(
    `${url} did not answer within 60 seconds: look above for what was said, and start again.`,
  );
}

/** A port beside one, which a browser opens. */
function another(port) {
  const step = port < 65535 ? 1 : -1;
  let next = port + step;
  while (isBlocked(next)) next += step;
  return next;
}

/** The error's code, or undefined where the port could be opened. */
function tryToOpen(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}
