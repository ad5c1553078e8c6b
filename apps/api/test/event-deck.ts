import type { MoneyWorld } from './money-world';

/** WEBHOOK_SEEDS=1000 tries as many; by default a few, so that everything else is tested too. */
export const SEEDS = Number(process.env.WEBHOOK_SEEDS ?? 8);

/** An event as the rail would bring it. */
export interface Told {
  readonly route: string;
  readonly body: { readonly id: string };
}

/** A generator of numbers from 0 up to 1 that always gives the same ones for its seed (mulberry32). */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Runs what waits; what fails is left to its retry. */
const jobs = (world: MoneyWorld) => world.api.runJobs().catch(() => []);

/** What the rail has to tell and has not brought, oldest first; it forgets it. */
export async function toldSince(world: MoneyWorld): Promise<Told[]> {
  const { rows } = await world.books.query(
    'SELECT route, body FROM sandbox.event WHERE delivered_at IS NULL ORDER BY created_at, id',
  );
  await world.books.query('DELETE FROM sandbox.event');
  return rows as Told[];
}

/** Brings events once and in order, each followed by its jobs. Throws where one is not taken. */
export async function bringInOrder(world: MoneyWorld, told: readonly Told[]): Promise<void> {
  for (const { route, body } of told) {
    await mustBe(200, world.webhook(route, body));
    await jobs(world);
  }
  await settled(world);
}

/** Brings events in an order of their own, up to three times each, bad signatures in between, now and then with their jobs. */
export async function bringShuffled(
  world: MoneyWorld,
  told: readonly Told[],
  next: () => number,
): Promise<void> {
  const deck = told.flatMap((each) => Array.from({ length: 1 + Math.floor(next() * 3) }, () => each));
  for (let at = deck.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [deck[at], deck[other]] = [deck[other]!, deck[at]!];
  }
  for (const { route, body } of deck) {
    if (next() < 0.2) await mustBe(400, world.webhook(route, body, 't=1,v1=00'));
    await mustBe(200, world.webhook(route, body));
    if (next() < 0.4) await jobs(world);
  }
  await settled(world);
}

/** Lets what failed be tried again, some minutes later. */
async function settled(world: MoneyWorld): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await jobs(world);
    world.api.clock.hold(new Date(world.api.clock.now().getTime() + 61_000));
    await world.api.job('rail', 'retry-rail-events').catch(() => undefined);
  }
  await jobs(world);
}

async function mustBe(wanted: number, answer: Promise<number>): Promise<void> {
  const status = await answer;
  if (status !== wanted) throw new Error(`the webhook was answered with ${status} instead of ${wanted}`);
}
