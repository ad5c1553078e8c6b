/** What a posting does beside moving money; a plain one says nothing. */
export const PHASES: Readonly<Record<string, string>> = {
  P: 'Reserves only, nothing moves yet',
  C: 'Takes what was reserved',
  R: 'Stays reserved',
  V: 'Gives back what was reserved',
};
