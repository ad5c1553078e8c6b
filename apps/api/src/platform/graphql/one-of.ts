import { Refused } from '../errors/refused';

/** A text that is one of some words. Refuses with INVALID_INPUT. */
export function oneOf<Word extends string>(words: readonly Word[], text: string, field: string): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new Refused('INVALID_INPUT', `Ask for ${words.join(', ')}.`, { field });
  return found;
}
