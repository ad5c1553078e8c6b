// Runs a program for as long as its parent lives: when the parent goes, however it goes, the program is told to stop.
// Usage: node watch.mjs SIGNAL program [arguments]
import { spawn } from 'node:child_process';

const [signal, program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
let isStopping = false;
// The whole group: npm and nx start programs of their own.
const signalGroup = (name) => {
  try {
    process.kill(-Number(child.pid), name);
  } catch {
    child.kill(name);
  }
};
const stop = () => {
  if (isStopping) return;
  isStopping = true;
  signalGroup(signal);
  setTimeout(() => signalGroup('SIGKILL'), 15_000).unref();
};
process.stdin.resume();
process.stdin.on('end', stop);
process.stdin.on('error', stop);
for (const each of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(each, stop);
child.on('exit', (code, by) => process.exit(code ?? (by === signal ? 0 : 1)));
child.on('error', () => process.exit(127));
