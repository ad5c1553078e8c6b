// Where things lie in the kernel's memory: the addresses are fixed, so that loops hold none of them in a register.

/** Scores of a block of documents, 32-bit numbers: so many of them, three times. */
export const DOCUMENTS: i32 = 65_536;
/** So many experts are asked about gates at once. */
export const EXPERTS: i32 = 16_384;

const START: usize = 65_536;
const SCORES: usize = 4 * <usize>DOCUMENTS;

/** The scores of a block. */
export const FIRST: usize = START;
export const SECOND: usize = FIRST + SCORES;
export const THIRD: usize = SECOND + SCORES;
/** The postings of a term in a block: three bytes each at most. */
export const POSTINGS: usize = THIRD + SCORES;
/** Documents that a loop found, in 32 bits each. */
export const FOUND: usize = POSTINGS + 3 * <usize>DOCUMENTS;

/** Of each expert of a block the number of their circumstance and of their schedule, and the lowest rate: 32 bits each. */
export const CIRCUMSTANCES: usize = FOUND + SCORES;
export const SCHEDULES: usize = CIRCUMSTANCES + 4 * <usize>EXPERTS;
export const RATES: usize = SCHEDULES + 4 * <usize>EXPERTS;
/** At what value each holds a thing: 8 or 16 bits. */
export const VALUES: usize = RATES + 4 * <usize>EXPERTS;
/** How each holds it, in bits: 8 bits. */
export const HELD: usize = VALUES + 2 * <usize>EXPERTS;
/** The gates that stop each, a bit for each gate: 16 bits. */
export const MARKS: usize = HELD + <usize>EXPERTS;
/** How many experts each combination of gates stops: 32 bits for each of 32,768. */
export const COMBINATIONS: usize = MARKS + 2 * <usize>EXPERTS;
/** What stops an expert of each circumstance, then of each schedule: 16 bits each. It has no end; the memory grows for it. */
export const TABLES: usize = COMBINATIONS + 4 * 32_768;
