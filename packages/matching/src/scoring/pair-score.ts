import { loops } from '../kernel/kernel';
import { UNKNOWN_INTEREST } from './interest';
import type { PartWeights } from './model';
import { PART_NAMES, type PartName } from './model';

/** From how far a fit is ahead to the chance that a lab says yes: 1 / (1 + exp(-(slope x ahead + offset))). */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** Set by hand until outcomes teach another: who fits like the average says one yes in fifty, who is half-way from there to all, one in two. */
export const HAND_CALIBRATION: Calibration = { slope: 8, offset: -4 };

/** What the lab's side and the expert's side count. Their product is nothing as soon as one of the two is. Source: Pizzato et al. 2010. */
const SHARES = { lab: 3 / 5, expert: 2 / 5 } as const;

/** From the sum of contributions to the score of a pair, step by step. */
export interface PairSteps {
  /** The sum of contributions, 0 to 1. */
  readonly linear: number;
  /** What that sum is on average over the experts of the snapshot, for this opening. */
  readonly average: number;
  /** How much of the way from the average to 1 it goes; below 0 for who fits less than the average. */
  readonly ahead: number;
  /** The chance that the lab says yes, as the model's calibration has it. */
  readonly chance: number;
  /** What is in it for the expert, 0 to 1. */
  readonly interest: number;
  /** Both together: the score of the pair, which both sides read. */
  readonly score: number;
}

/** The value of each part on average over the experts of a snapshot, for one opening. */
export type Averages = Readonly<Record<PartName, number>>;

/** What the sum of contributions is on average: the same under any weights from the same averages. */
export function averageOf(averages: Averages, weights: PartWeights): number {
  let sum = 0;
  for (const name of PART_NAMES) sum += averages[name] * weights[name];
  return sum;
}

/**
 * The score of a pair and all steps to it. Openings that ask for common things find higher sums than others: measured
 * from their own average, a score means the same for each.
 */
export function pairSteps(
  linear: number,
  average: number,
  interest: number,
  calibration: Calibration | null | undefined,
): PairSteps {
  const ahead = aheadOf(linear, average);
  const chance = chanceOf(ahead, calibration ?? HAND_CALIBRATION);
  return {
    linear,
    average,
    ahead,
    chance,
    interest,
    score: together(chance, interest),
  };
}

/** The score of a pair alone: the same number, for very many of them. */
export function pairScore(
  linear: number,
  average: number,
  interest: number,
  calibration: Calibration | null | undefined,
): number {
  return together(chanceOf(aheadOf(linear, average), calibration ?? HAND_CALIBRATION), interest);
}

/**
 * Orders very many pairs: what stands in the kernel's columns for their sums, rates and hours becomes what orders them, in the column of
 * the sums. It is off by less than a hundred-thousandth of itself.
 * @param given the highest rate of the opening, 0 where none is said
 */
export function orderPairs(
  length: number,
  average: number,
  given: number,
  calibration: Calibration | null | undefined,
): void {
  const { slope, offset } = calibration ?? HAND_CALIBRATION;
  const bySum = slope / wayFrom(average);
  loops.orders(length, bySum, offset - bySum * average, given, UNKNOWN_INTEREST);
}

/** Orders pairs as their scores do, and needs no powers: the fifth power of a score, off by less than a millionth of it. */
export function pairOrder(
  linear: number,
  average: number,
  interest: number,
  calibration: Calibration | null | undefined,
): number {
  const chance = chanceOf(aheadOf(linear, average), calibration ?? HAND_CALIBRATION);
  return chance * chance * chance * interest * interest;
}

function together(chance: number, interest: number): number {
  return chance ** SHARES.lab * interest ** SHARES.expert;
}

/** How much of the way from an average to 1 a sum goes. */
export function aheadOf(linear: number, average: number): number {
  return (linear - average) / wayFrom(average);
}

/** From an average to 1. */
function wayFrom(average: number): number {
  return Math.max(LEAST_WAY, 1 - average);
}

/** The chance that a lab says yes to who is so far ahead. */
export function chanceOf(ahead: number, { slope, offset }: Calibration): number {
  return 1 / (1 + Math.exp(-(slope * ahead + offset)));
}

/** Where everybody fits wholly there is no way to go. */
const LEAST_WAY = 1e-6;
