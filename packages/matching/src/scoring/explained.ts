import type { ExpertDocument, OpeningDocument } from '../documents';
import { lapseOf } from '../gates/credential-gate';
import type { Gate } from '../gates/gate';
import { gatesFor, isEligible } from '../gates/gates';
import { skillKey } from '../index/expert-index';
import { PART_NAMES, STRONG, type PartName } from './model';
import type { Scored } from './opening-scorer';
import type { PairSteps } from './pair-score';
import { sentencesOf } from './sentences';
import type { Placed } from './shortlist-order';

/** One part of a score: value and weight in [0,1], contribution = value x weight. The weights of what is asked for sum to 1. */
export interface Part {
  readonly name: PartName;
  readonly value: number;
  readonly weight: number;
  readonly contribution: number;
}

export interface Reasons {
  readonly for: string[];
  readonly against: string[];
  readonly change: string[];
}

/** The steps from the sum of contributions to the score, and on a shortlist how the place came about. */
export type Step = PairSteps & Partial<Placed>;

/** How an expert fits an opening. */
export interface Fit {
  readonly expertId: string;
  readonly openingId: string;
  /** The score of the pair, 0 to 1: the same from both sides, and it means the same for every opening. */
  readonly score: number;
  /** How the sum of the contributions became the score. */
  readonly steps: Step;
  readonly isEligible: boolean;
  readonly gates: Gate[];
  readonly parts: Part[];
  readonly reasons: Reasons;
  /** From this instant on it cannot be taken any more, unless a credential is renewed; absent where nothing ends. */
  readonly lapsesAt?: Date;
}

/** Adds gates and reasons to what was scored of an expert. */
export type Explain = (expert: ExpertDocument, parts: Part[], steps: Step) => Fit;

/** What explains scored pairs of an opening; made ready once for all of them. */
export function explainerOf(opening: OpeningDocument): Explain {
  const gatesOf = gatesFor(opening);
  const skills = opening.skills.map(({ label, isRequired }) => ({ label, isRequired, key: skillKey(label) }));
  return (expert, parts, steps) => {
    const gates = gatesOf(expert);
    const isOpen = isEligible(gates);
    const lapsesAt = isOpen ? lapseOf(expert, opening) : undefined;
    return {
      expertId: expert.id,
      openingId: opening.id,
      score: steps.score,
      steps,
      isEligible: isOpen,
      gates,
      parts,
      reasons: reasonsOf(expert, opening, skills, gates, parts),
      ...(lapsesAt && { lapsesAt }),
    };
  };
}

/** A skill that an opening asks for, with the key by which it is compared. */
interface AskedSkill {
  readonly label: string;
  readonly isRequired: boolean;
  readonly key: string;
}

function reasonsOf(
  expert: ExpertDocument,
  opening: OpeningDocument,
  skills: readonly AskedSkill[],
  gates: readonly Gate[],
  parts: readonly Part[],
): Reasons {
  const own = new Set(expert.skills.map(skillKey));
  const labels = (wanted: boolean, isHeld: boolean) =>
    skills
      .filter(({ isRequired, key }) => isRequired === wanted && own.has(key) === isHeld)
      .map(({ label }) => label);
  const lacks = labels(true, false);
  const said = sentencesOf(expert, opening, {
    required: labels(true, true),
    good: labels(false, true),
  });
  const proven = gates
    .filter(({ code, outcome }) => code === 'CREDENTIAL' && outcome === 'PASS')
    .map(({ forLab }) => forLab);
  const strong = [...parts]
    .filter(({ value }) => value >= STRONG)
    .sort((a, b) => b.contribution - a.contribution || (a.name < b.name ? -1 : 1));
  const weak = [...parts]
    .filter(({ value, weight }) => value < STRONG && weight >= 0.1)
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
  return {
    for: [...proven, ...strong.flatMap(({ name }) => said[name].for ?? [])].slice(0, 3),
    against: [
      ...(lacks.length > 0 ? [`Does not list ${lacks.slice(0, 4).join(', ')}.`] : []),
      ...weak.flatMap(({ name }) => said[name].against ?? []),
    ].slice(0, 3),
    change: [
      ...gates.filter(({ outcome }) => outcome !== 'PASS').map(({ forExpert }) => forExpert),
      ...(lacks.length > 0 ? [`Add ${lacks.slice(0, 3).join(', ')} to your skills if you have them.`] : []),
    ].slice(0, 3),
  };
}

/** The sum of the contributions. */
export function linearOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { contribution }) => sum + contribution, 0);
}

/** The parts of one of those who were scored. @param i their place among them */
export function partsAt(i: number, { values, weights }: Pick<Scored, 'values' | 'weights'>): Part[] {
  return PART_NAMES.map((name) => {
    const value = values[name][i] ?? 0;
    const weight = weights[name];
    return { name, value, weight, contribution: value * weight };
  });
}
