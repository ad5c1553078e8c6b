/** Where concepts come from. */
export type SourceName = 'OWN' | 'ESCO' | 'ONET';

/** A concept as a source gives it. */
export interface SourceConcept {
  /** The id that the source gives it. */
  readonly code: string;
  readonly kind: 'OCCUPATION' | 'SKILL' | 'GROUP';
  readonly label: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly isRegulated: boolean;
}

/** Everything that was read from a source; nothing of it is stored yet. */
export interface TaxonomySource {
  readonly name: SourceName;
  readonly concepts: readonly SourceConcept[];
  /** Codes of a concept and of one that is broader; both are among the concepts. */
  readonly relations: readonly (readonly [narrower: string, broader: string])[];
  /** What each file gave, in words: `occupations_en.csv: 3039 occupations`. */
  readonly read: readonly string[];
  /** What the source has and these files do not, in words. */
  readonly missing: readonly string[];
}

/** A file or folder that cannot be read as a taxonomy; its message names it and says what to do. */
export class BadTaxonomy extends Error {}

/** Puts concepts together under their codes: aliases of the same code are joined, the first label stays. */
export class ConceptCollection {
  private readonly byCode = new Map<string, SourceConcept & { aliases: string[] }>();

  /** Adds a concept, or the aliases of one that is known. */
  add(concept: SourceConcept): void {
    const known = this.byCode.get(concept.code);
    const kept = known ?? { ...concept, aliases: [] };
    kept.aliases.push(...concept.aliases);
    if (!known) this.byCode.set(concept.code, kept);
  }

  /** True where a code is known. */
  has(code: string): boolean {
    return this.byCode.has(code);
  }

  /** All concepts; aliases without repetition and without the label itself. */
  all(): SourceConcept[] {
    return [...this.byCode.values()].map((concept) => ({
      ...concept,
      aliases: [...new Set(concept.aliases)].filter((alias) => alias !== '' && alias !== concept.label),
    }));
  }
}

/** Relations whose two ends are known, without repetition, and how many had an unknown end. */
export function knownRelations(
  concepts: ConceptCollection,
  pairs: readonly (readonly [string, string])[],
): { relations: [string, string][]; unknown: number } {
  const known = new Map<string, [string, string]>();
  let unknown = 0;
  for (const [narrower, broader] of pairs) {
    if (concepts.has(narrower) && concepts.has(broader)) {
      if (narrower !== broader) known.set(`${narrower}\n${broader}`, [narrower, broader]);
    } else unknown++;
  }
  return { relations: [...known.values()], unknown };
}
