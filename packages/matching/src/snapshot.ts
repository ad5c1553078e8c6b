import type { ExpertDocument, OpeningDocument } from './documents';
import { gatesOf, isEligible, type Gate } from './gates/gates';
import { ExpertIndexBuilder, skillKey, type ExpertIndex } from './index/expert-index';
import { PART_NAMES, STRONG, type PartName } from './scoring/model';
import { OpeningScorer, type Scored } from './scoring/opening-scorer';
import { sentencesOf } from './scoring/sentences';
import { OccupationIndex } from './taxonomy/occupation-index';
import { fingerprint } from './text/fingerprint';

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

/** How an expert fits an opening. The score means the same for every opening. */
export interface Fit {
  readonly expertId: string;
  readonly openingId: string;
  readonly score: number;
  readonly isEligible: boolean;
  readonly gates: Gate[];
  readonly parts: Part[];
  readonly reasons: Reasons;
}

/** Of how many pairs of opening and expert the text scores are kept at once: about 80 MB. */
const MOST_KEPT = 2_000_000;

/** Everything that matching reads, frozen. The same experts give the same snapshot. */
export class Snapshot {
  readonly id: string;
  readonly experts: readonly ExpertDocument[];
  private readonly index: ExpertIndex;
  private readonly scorer: OpeningScorer;
  private readonly places: ReadonlyMap<string, number>;
  private readonly scored = new Map<OpeningDocument, Scored>();

  /** @param occupations what titles mean; an index of none leaves them to their words */
  constructor(experts: readonly ExpertDocument[], occupations = new OccupationIndex([])) {
    this.experts = [...experts].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.places = new Map(this.experts.map(({ id }, at) => [id, at]));
    const builder = new ExpertIndexBuilder(occupations);
    for (const expert of this.experts) builder.add(expert);
    this.index = builder.build();
    this.scorer = new OpeningScorer(this.index, occupations);
    this.id = fingerprint([this.experts, occupations.id]);
  }

  /** Every expert for an opening, best first, ties by id. */
  rank(opening: OpeningDocument): { expertId: string; score: number }[] {
    const scores = this.score(opening).totals;
    return [...scores.keys()]
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
      .map((at) => ({ expertId: this.idAt(at), score: scores[at] ?? 0 }));
  }

  /** The best experts that pass every gate, and how many each gate removed. */
  shortlist(
    opening: OpeningDocument,
    limit = 200,
  ): { fits: Fit[]; removed: { code: string; count: number }[]; eligible: number } {
    const scored = this.score(opening);
    const removed = new Map<string, number>();
    const passing: { at: number; gates: Gate[]; parts: Part[]; score: number }[] = [];
    this.experts.forEach((expert, at) => {
      const gates = gatesOf(expert, opening);
      if (isEligible(gates)) {
        const parts = partsAt(at, scored);
        passing.push({ at, gates, parts, score: sumOf(parts) });
      }
      for (const code of new Set(gates.filter(({ outcome }) => outcome !== 'PASS').map((gate) => gate.code)))
        removed.set(code, (removed.get(code) ?? 0) + 1);
    });
    passing.sort((a, b) => b.score - a.score || a.at - b.at);
    const fits = passing
      .slice(0, limit)
      .map(({ at, gates, parts, score }) => this.fit(at, opening, gates, parts, score));
    return {
      fits,
      eligible: passing.length,
      removed: [...removed]
        .map(([code, count]) => ({ code, count }))
        .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    };
  }

  /** How one expert fits one opening; undefined where the expert is not in the snapshot. */
  fitOf(expertId: string, opening: OpeningDocument): Fit | undefined {
    const at = this.places.get(expertId);
    const expert = at === undefined ? undefined : this.experts[at];
    if (at === undefined || !expert) return undefined;
    const parts = partsAt(at, this.score(opening));
    return this.fit(at, opening, gatesOf(expert, opening), parts, sumOf(parts));
  }

  /** How one expert fits openings: those that can be taken first, then those with something missing. */
  openingsFor(expertId: string, openings: readonly OpeningDocument[], limit = 200): Fit[] {
    const fits = openings.flatMap((opening) => this.fitOf(expertId, opening) ?? []);
    return fits
      .sort(
        (a, b) =>
          Number(b.isEligible) - Number(a.isEligible) ||
          b.score - a.score ||
          (a.openingId < b.openingId ? -1 : 1),
      )
      .slice(0, limit);
  }

  private fit(at: number, opening: OpeningDocument, gates: Gate[], parts: Part[], score: number): Fit {
    return {
      expertId: this.idAt(at),
      openingId: opening.id,
      score,
      isEligible: isEligible(gates),
      gates,
      parts,
      reasons: this.reasons(at, opening, gates, parts),
    };
  }

  private idAt(at: number): string {
    return this.experts[at]?.id ?? '';
  }

  /** How everybody fits an opening; kept, because the openings of many experts ask for the same ones. */
  private score(opening: OpeningDocument): Scored {
    const known = this.scored.get(opening);
    if (known) return known;
    const made = this.scorer.score(opening);
    if ((this.scored.size + 1) * this.experts.length > MOST_KEPT) this.scored.clear();
    this.scored.set(opening, made);
    return made;
  }

  private reasons(
    at: number,
    opening: OpeningDocument,
    gates: readonly Gate[],
    parts: readonly Part[],
  ): Reasons {
    const own = new Set(this.experts[at]?.skills.map(skillKey));
    const holds = ({ label }: { label: string }) => own.has(skillKey(label));
    const labels = (isRequired: boolean, isHeld: boolean) =>
      opening.skills
        .filter((skill) => skill.isRequired === isRequired && holds(skill) === isHeld)
        .map(({ label }) => label);
    const lacks = labels(true, false);
    const said = sentencesOf(this.experts[at], opening, {
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
}

function partsAt(at: number, { values, weights }: Scored): Part[] {
  return PART_NAMES.map((name) => {
    const value = values[name][at] ?? 0;
    const weight = weights[name];
    return { name, value, weight, contribution: value * weight };
  });
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { contribution }) => sum + contribution, 0);
}
