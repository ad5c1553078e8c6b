import { notFound } from '../errors/refused';
import type { Person } from './actor';

/** The lab that a person acts for. Refuses with NOT_FOUND who acts for none. */
export function labOf({ labId }: Person): string {
  if (labId === undefined) throw notFound('lab');
  return labId;
}
