import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { oneOf } from '../../platform/graphql/one-of';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { broaderLabels, searchConcepts, type FoundConcept } from './taxonomy.repository';

const KINDS = ['OCCUPATION', 'SKILL', 'GROUP'];
const CHOSEN = ['OCCUPATION', 'SKILL'];
const LONGEST_TEXT = 80;
const MOST = 20;

/** What fields with suggestions show. */
@Injectable()
export class TaxonomyQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** At most 20 concepts that are like a text, best first; without a kind, skills and occupations. */
  async search(
    actor: Actor,
    text: string,
    kind?: string | null,
  ): Promise<(FoundConcept & { broader: string[] })[]> {
    if (kind) oneOf(KINDS, kind, 'kind');
    const wanted = text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
    if (wanted === '') return [];
    return this.unitOfWork.readAs(actor, async ({ db }) => {
      const found = await searchConcepts(db, wanted, kind ? [kind] : CHOSEN, MOST);
      const broader = await broaderLabels(
        db,
        found.map(({ id }) => id),
      );
      return found.map((concept) => ({ ...concept, broader: broader.get(concept.id) ?? [] }));
    });
  }
}
