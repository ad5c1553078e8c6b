/** Calls to the rail at a time. Source: Stripe takes 100 a second in live mode; eight leave it room. */
const CALLS_AT_ONCE = 8;

/** Calls the rail about each item, so many at a time. */
export async function inParallel<T>(items: readonly T[], call: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await call(item);
  };
  await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, items.length) }, worker));
}
