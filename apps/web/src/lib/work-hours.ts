import { clockOf } from '@tallystick/domain';

/** Every half hour of a day, and what was chosen elsewhere. */
export function clockOptions(...kept: readonly string[]): (readonly [string, string])[] {
  const halves = Array.from({ length: 48 }, (_, at) => clockOf(at * 30));
  return [...new Set([...halves, ...kept])].sort().map((clock) => [clock, clock] as const);
}

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const DAY_SETS: readonly (readonly [days: string, label: string])[] = [
  ['12345', 'Monday to Friday'],
  ['123456', 'Monday to Saturday'],
  ['1234567', 'Every day'],
  ['67', 'Saturday and Sunday'],
  ['12347', 'Sunday to Thursday'],
];

/** Days in words: `Monday to Friday`, or `Monday, Thursday`. 1 is Monday. */
export function dayNames(days: readonly number[]): string {
  const sorted = [...days].sort((a, b) => a - b);
  const key = sorted.join('');
  const known = DAY_SETS.find(([set]) => set === key);
  return known ? known[1] : sorted.map((day) => DAY_NAMES[day - 1]).join(', ');
}

/** Sets of days to choose from, and the one that was chosen before; none says nothing. */
export function daySetOptions(kept: string): (readonly [string, string])[] {
  const own =
    kept === '' || DAY_SETS.some(([set]) => set === kept) ? [] : [[kept, dayNames(daysOf(kept))] as const];
  return [['', 'I do not say'], ...DAY_SETS, ...own];
}

/** Days of a set: `12345`. */
export function daysOf(set: string): number[] {
  return [...set].map(Number);
}
