import { day, today } from './time';

/** When whoever is engaged on an opening begins: on its first day, or at once where it is open and that day has come. */
export function firstDay({ state, startsOn }: { readonly state: string; readonly startsOn: string }): string {
  return state === 'OPEN' && startsOn.slice(0, 10) <= today()
    ? `At once (since ${day(startsOn)})`
    : day(startsOn);
}
