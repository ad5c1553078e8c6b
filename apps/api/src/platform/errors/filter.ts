import { isId } from '../ids/ids';
import { NOT_AN_ID, Refused } from './refused';

/** Refuses with INVALID_INPUT, naming the field, where something was given for an id (a field that ends in Id) and is none. */
export function mustBeIds(fields: object): void {
  for (const [field, value] of Object.entries(fields)) {
    if (!/(^i|I)d$/.test(field) || value === undefined || value === null) continue;
    if (typeof value !== 'string' || !isId(value)) throw new Refused('INVALID_INPUT', NOT_AN_ID, { field });
  }
}

/** Refuses with DATES_BACKWARDS, naming the end, where a period ends before it begins, or at once. */
export function mustRunForwards({ from, to }: { readonly from?: Date; readonly to?: Date }): void {
  if (from && to && to <= from)
    throw new Refused('DATES_BACKWARDS', 'The last day must come after the first.', { field: 'to' });
}
