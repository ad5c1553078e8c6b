import type { ExpertDocument, OpeningDocument } from '../documents';
import { lapseOf } from '../gates/credential-gate';
import type { Gate } from '../gates/gate';
import { gatesFor, isEligible } from '../gates/gates';
import { skillKey } from '../index/expert-index';
import { PART_NAMES, STRONG, type PartName } from './model';
import type { Scored } from './opening-scorer';
import type { PairSteps } from './pair-score';
import { SENTENCES, type About } from './sentences';
import { sharesTitleOf } from './shared-title';
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
  const asked = { opening, skills, sharesTitle: sharesTitleOf(opening) };
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
      reasons: reasonsOf(expert, asked, gates, parts),
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

/** How many sentences of a kind are told. */
const MOST_SAID = 3;

/** What an opening asks, made ready for what is said of each expert. */
interface Asked extends Pick<About, 'opening' | 'sharesTitle'> {
  readonly skills: readonly AskedSkill[];
}

function reasonsOf(
  expert: ExpertDocument,
  { opening, skills, sharesTitle }: Asked,
  gates: readonly Gate[],
  parts: readonly Part[],
): Reasons {
  const { held, lacks } = comparedSkills(expert, skills);
  const about = { expert, opening, held, sharesTitle };
  const strong = parts
    .filter(({ value }) => value >= STRONG)
    .sort((a, b) => b.contribution - a.contribution || (a.name < b.name ? -1 : 1));
  const weak = parts
    .filter(({ value, weight }) => value < STRONG && weight >= 0.1)
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
  const reasons: Reasons = {
    for: gates
      .filter(({ code, outcome }) => code === 'CREDENTIAL' && outcome === 'PASS')
      .map(({ forLab }) => forLab),
    against: lacks.length > 0 ? [`Does not list ${lacks.slice(0, 4).join(', ')}.`] : [],
    change: gates.filter(({ outcome }) => outcome !== 'PASS').map(({ forExpert }) => forExpert),
  };
  say(strong, 'for', about, reasons.for);
  say(weak, 'against', about, reasons.against);
  if (lacks.length > 0)
    reasons.change.push(`Add ${lacks.slice(0, 3).join(', ')} to your skills if you have them.`);
  return {
    for: reasons.for.slice(0, MOST_SAID),
    against: reasons.against.slice(0, MOST_SAID),
    change: reasons.change.slice(0, MOST_SAID),
  };
}

/** Adds what parts say, up to as many sentences as are told. */
function say(parts: readonly Part[], kind: 'for' | 'against', about: About, to: string[]): void {
  for (const { name } of parts) {
    if (to.length >= MOST_SAID) return;
    const sentence = SENTENCES[name][kind]?.(about);
    if (sentence !== undefined) to.push(sentence);
  }
}

/** Which of the skills that are asked for an expert lists, and which of those that are required they do not. */
function comparedSkills(expert: ExpertDocument, skills: readonly AskedSkill[]) {
  const own = expert.skills.map(skillKey);
  const held = { required: [] as string[], good: [] as string[] };
  const lacks: string[] = [];
  for (const { key, label, isRequired } of skills)
    if (own.includes(key)) held[isRequired ? 'required' : 'good'].push(label);
    else if (isRequired) lacks.push(label);
  return { held, lacks };
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
