export * from './documents';
export { gatesOf, isEligible, type Gate } from './gates/gates';
export { MODEL, PART_WORDS, type PartName } from './scoring/model';
export { Snapshot, type Fit, type Part, type Reasons } from './snapshot';
export { BrokenLine, readExperts, readOpenings, runLines, type Read } from './rank/rank';
export { termsOf, trigramsOf } from './text/tokens';
