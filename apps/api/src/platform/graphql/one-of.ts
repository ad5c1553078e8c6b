import { Refused } from '../errors/refused';

/** A text that is one of some words. Refuses with INVALID_INPUT, as forms do: the codes are in the description of the field. */
export function oneOf<Word extends string>(words: readonly Word[], text: string, field: string): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new Refused('INVALID_INPUT', 'Choose one from the list.', { field });
  return found;
}
