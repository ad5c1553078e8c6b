// What the start says: steps with their time, and one sentence where it cannot go on.
const began = Date.now();

/** Runs a step, saying what it is while it works and how long it took. */
export async function step(name, work) {
  const started = Date.now();
  const isLive = process.stdout.isTTY;
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    if (isLive) process.stdout.write(`\r  ${name} … ${seconds} s `);
    else if (seconds % 10 === 0) console.log(`  ${name} … ${seconds} s`);
  }, 1000);
  process.stdout.write(isLive ? `  ${name} … ` : `  ${name} …\n`);
  try {
    const result = await work();
    clearInterval(timer);
    console.log(`${isLive ? '\r' : ''}  ${name}: done in ${((Date.now() - started) / 1000).toFixed(1)} s   `);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** Seconds since the start began. */
export const elapsed = () => ((Date.now() - began) / 1000).toFixed(1);
