import { z } from 'zod';
import { BadTaxonomy, ConceptCollection, knownRelations, type TaxonomySource } from './taxonomy-source';

const File = z.object({
  concepts: z.array(
    z.object({
      id: z.string().min(1),
      kind: z.enum(['OCCUPATION', 'SKILL', 'GROUP']),
      label: z.string().trim().min(1),
      aliases: z.array(z.string().trim()).default([]),
      broader: z
        .union([z.string(), z.array(z.string())])
        .nullish()
        .transform((broader) => (typeof broader === 'string' ? [broader] : (broader ?? []))),
      description: z.string().default(''),
      isRegulated: z.boolean().default(false),
    }),
  ),
});

const SHAPE =
  'Write {"concepts": [{"id", "kind", "label"}]}, where the kind is OCCUPATION, SKILL or GROUP; aliases, broader, description and isRegulated may be added.';

/** Reads our own list of concepts from JSON. Throws BadTaxonomy, naming the part that is wrong. */
export function readOwn(text: string, file: string): TaxonomySource {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BadTaxonomy(`${file} is not JSON.`);
  }
  const parsed = File.safeParse(json);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') || 'the whole file';
    throw new BadTaxonomy(`${file}: ${place} is missing or cannot be read. ${SHAPE}`);
  }
  const concepts = new ConceptCollection();
  for (const { id, broader: _, ...concept } of parsed.data.concepts) {
    if (concepts.has(id)) throw new BadTaxonomy(`${file}: the id ${id} stands there twice.`);
    concepts.add({ ...concept, code: id });
  }
  const pairs = parsed.data.concepts.flatMap(({ id, broader }) => broader.map((each) => [id, each] as const));
  const lost = pairs.find(([, broader]) => !concepts.has(broader));
  if (lost)
    throw new BadTaxonomy(`${file}: ${lost[0]} names the broader concept ${lost[1]}, which is not there.`);
  const { relations } = knownRelations(concepts, pairs);
  return {
    name: 'OWN',
    concepts: concepts.all(),
    relations,
    read: [`${file}: ${parsed.data.concepts.length} concepts`],
    missing: [],
  };
}
