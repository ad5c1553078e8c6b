import type { ExpertDocument, OpeningDocument } from './documents';
import { gatesOf, isEligible, type Gate } from './gates/gates';
import { addTerms, TextIndex } from './index/text-index';
import { HALF, MODEL, STRONG, type PartName } from './scoring/model';
import { sentencesOf } from './scoring/sentences';
import { termsOf, trigramsOf } from './text/tokens';

/** One part of a score: value and weight in [0,1], contribution = value x weight. */
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

interface TextScores {
  readonly profile: Float32Array;
  readonly titles: Float32Array;
  readonly evidence: Float32Array;
}

/** Weights of the fields of a profile. */
const FIELD = { headline: 3, titles: 3, skills: 3, bio: 0.7, evidence: 1 } as const;

/** Of how many pairs of opening and expert the text scores are kept at once: about 25 MB. */
const MOST_KEPT = 2_000_000;

/** Everything that matching reads, frozen. The same experts give the same snapshot. */
export class Snapshot {
  readonly id: string;
  private readonly profiles: TextIndex;
  private readonly titles: TextIndex;
  private readonly items: TextIndex;
  private readonly itemOwners: Uint32Array;
  private readonly skillTerms: readonly Set<string>[];
  private readonly places: ReadonlyMap<string, number>;
  private readonly scored = new Map<OpeningDocument, TextScores>();

  constructor(readonly experts: readonly ExpertDocument[]) {
    this.places = new Map(experts.map(({ id }, at) => [id, at]));
    this.profiles = TextIndex.of(experts.map(profileTerms));
    this.titles = TextIndex.of(
      experts.map((expert) => weighted(trigramsOf([expert.headline, ...expert.titles].join(' ')))),
    );
    const items = experts.flatMap((expert, at) =>
      expert.evidence.map((item) => ({
        at,
        terms: weighted(termsOf(`${item.title} ${item.title} ${item.text}`)),
      })),
    );
    this.items = TextIndex.of(items.map(({ terms }) => terms));
    this.itemOwners = Uint32Array.from(items, ({ at }) => at);
    this.skillTerms = experts.map((expert) => new Set(expert.skills.map(skillKey)));
    this.id = hash(
      JSON.stringify(experts, (_key, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      ),
    );
  }

  /** Every expert for an opening, best first, ties by id. */
  rank(opening: OpeningDocument): { expertId: string; score: number }[] {
    const text = this.textScores(opening);
    return this.experts
      .map((expert, at) => ({ expertId: expert.id, score: total(this.parts(at, opening, text)) }))
      .sort((a, b) => b.score - a.score || (a.expertId < b.expertId ? -1 : 1));
  }

  /** The best experts that pass every gate, and how many each gate removed. */
  shortlist(
    opening: OpeningDocument,
    limit = 200,
  ): { fits: Fit[]; removed: { code: string; count: number }[]; eligible: number } {
    const text = this.textScores(opening);
    const removed = new Map<string, number>();
    const passing: { at: number; gates: Gate[]; parts: Part[]; score: number }[] = [];
    this.experts.forEach((expert, at) => {
      const gates = gatesOf(expert, opening);
      if (isEligible(gates)) {
        const parts = this.parts(at, opening, text);
        passing.push({ at, gates, parts, score: total(parts) });
      }
      for (const code of new Set(gates.filter(({ outcome }) => outcome !== 'PASS').map((gate) => gate.code)))
        removed.set(code, (removed.get(code) ?? 0) + 1);
    });
    passing.sort((a, b) => b.score - a.score || (this.idAt(a.at) < this.idAt(b.at) ? -1 : 1));
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

  /** How one expert fits openings: those that can be taken first, then those with something missing. */
  openingsFor(expertId: string, openings: readonly OpeningDocument[], limit = 200): Fit[] {
    const at = this.places.get(expertId);
    if (at === undefined) return [];
    const expert = this.experts[at];
    const fits = openings.flatMap((opening) => {
      if (!expert) return [];
      const parts = this.parts(at, opening, this.textScores(opening));
      return [this.fit(at, opening, gatesOf(expert, opening), parts, total(parts))];
    });
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

  /** Text scores of everybody for an opening; kept, because the openings of many experts ask for the same ones. */
  private textScores(opening: OpeningDocument): TextScores {
    const known = this.scored.get(opening);
    if (known) return known;
    const made = this.scoreTexts(opening);
    if ((this.scored.size + 1) * this.experts.length > MOST_KEPT) this.scored.clear();
    this.scored.set(opening, made);
    return made;
  }

  private scoreTexts(opening: OpeningDocument): TextScores {
    const words = new Map<string, number>();
    addTerms(words, termsOf([opening.title, ...opening.titles].join(' ')), 2);
    addTerms(
      words,
      opening.skills.flatMap(({ label }) => termsOf(label)),
      1.5,
    );
    addTerms(words, termsOf(opening.description), 1);
    const items = this.items.score(words);
    const evidence = new Float32Array(this.experts.length);
    // Voting by the sum of squares: a few items that fit well count for more than many that fit a little.
    for (let i = 0; i < items.length; i++) {
      const at = this.itemOwners[i] ?? 0;
      evidence[at] = (evidence[at] ?? 0) + (items[i] ?? 0) ** 2;
    }
    for (let at = 0; at < evidence.length; at++) evidence[at] = Math.sqrt(evidence[at] ?? 0);
    return {
      profile: this.profiles.score(words),
      titles: this.titles.score(weighted(trigramsOf([opening.title, ...opening.titles].join(' ')))),
      evidence,
    };
  }

  private parts(at: number, opening: OpeningDocument, text: TextScores): Part[] {
    const expert = this.experts[at];
    const soft = (share: number | undefined) => (share ?? 0) / ((share ?? 0) + HALF);
    const values: Record<PartName, number> = {
      profile: soft(text.profile[at]),
      titles: soft(text.titles[at]),
      evidence: soft(text.evidence[at]),
      requiredSkills: this.coverage(at, opening, true),
      goodSkills: this.coverage(at, opening, false),
      credentials: credentialFit(expert, opening),
      rate: rateFit(expert, opening),
      hours:
        expert?.hoursPerWeek && opening.hoursPerWeek
          ? Math.min(1, expert.hoursPerWeek / opening.hoursPerWeek)
          : 0,
    };
    return (Object.keys(MODEL.weights) as PartName[]).map((name) => ({
      name,
      value: values[name],
      weight: MODEL.weights[name],
      contribution: values[name] * MODEL.weights[name],
    }));
  }

  private coverage(at: number, opening: OpeningDocument, isRequired: boolean): number {
    const wanted = opening.skills.filter((skill) => skill.isRequired === isRequired);
    return wanted.length === 0
      ? 0
      : wanted.filter(({ label }) => this.skillTerms[at]?.has(skillKey(label))).length / wanted.length;
  }

  private reasons(
    at: number,
    opening: OpeningDocument,
    gates: readonly Gate[],
    parts: readonly Part[],
  ): Reasons {
    const holds = ({ label }: { label: string }) => this.skillTerms[at]?.has(skillKey(label)) ?? false;
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

function profileTerms(expert: ExpertDocument): Map<string, number> {
  const terms = new Map<string, number>();
  addTerms(terms, termsOf(expert.headline), FIELD.headline);
  for (const title of expert.titles) addTerms(terms, termsOf(title), FIELD.titles);
  for (const skill of expert.skills) addTerms(terms, termsOf(skill), FIELD.skills);
  addTerms(terms, termsOf(expert.bio), FIELD.bio);
  return terms;
}

function weighted(terms: readonly string[]): Map<string, number> {
  const map = new Map<string, number>();
  addTerms(map, terms, 1);
  return map;
}

function skillKey(label: string): string {
  return termsOf(label).join(' ');
}

/** The share of the required credentials that is held, verified, where it must hold. Others say nothing about the work. */
function credentialFit(expert: ExpertDocument | undefined, opening: OpeningDocument): number {
  const wanted = opening.credentials ?? [];
  const verified = (expert?.credentials ?? []).filter(
    ({ state }) => state === 'VERIFIED' || state === 'EXPIRING',
  );
  const held = wanted.filter(({ type, jurisdiction }) =>
    verified.some((each) => each.type === type && (!jurisdiction || each.jurisdiction === jurisdiction)),
  );
  return wanted.length === 0 ? 0 : held.length / wanted.length;
}

/** 1 up to 80 % of the ceiling, then down to a half at the ceiling. */
function rateFit(expert: ExpertDocument | undefined, opening: OpeningDocument): number {
  if (!expert?.minimumRateMinor || !opening.rateMaxMinor || expert.rateCurrency !== opening.currency)
    return 0;
  const share = Number(expert.minimumRateMinor) / Number(opening.rateMaxMinor);
  return share <= 0.8 ? 1 : Math.max(0, 1 - (share - 0.8) * 2.5);
}

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, { contribution }) => sum + contribution, 0);
}

/** FNV-1a over the text, 64 bits in hex: names a snapshot, secures nothing. */
function hash(text: string): string {
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (let i = 0; i < text.length; i++) {
    low ^= text.charCodeAt(i);
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.imul(low, 0x100) + Math.floor(product / 2 ** 32)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
