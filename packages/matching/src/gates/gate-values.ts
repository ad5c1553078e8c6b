export const NO_DAY = new Date(0);
/** Whole numbers are kept up to this one: a rate in minor units. */
export const LARGEST = 2 ** 31 - 1;
export const DAY_MS = 86_400_000;
/** Ends after every day that is asked for: in 2149. */
export const LAST_DAY = 2 ** 16 - 2;
/** The first day that begins at an instant or after it: days since 1970, UTC. */
export function dayNumber(at: Date): number {
  return Math.min(LAST_DAY, Math.ceil(at.getTime() / DAY_MS));
}

/** The number of a key: the next one where it has none yet. */
export function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}
