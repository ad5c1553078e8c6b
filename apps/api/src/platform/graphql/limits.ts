import {
  GraphQLError,
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Bounds of a document that arrives as text; each is explicit. */
export const LIMITS = {
  bytes: 100_000,
  tokens: 2000,
  depth: 12,
  fields: 500,
  aliases: 30,
  directives: 20,
} as const;

/** Throws a GraphQLError that names the bound which a document passes, or INTROSPECTION_OFF where it asks for the schema and may not. */
export function checkDocument(document: DocumentNode, { tellsSchema }: { tellsSchema: boolean }): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let aliases = 0;
  let directives = 0;
  visit(document, {
    FragmentDefinition: (node) => void fragments.set(node.name.value, node),
    Field: (node) => {
      aliases += node.alias ? 1 : 0;
      if (!tellsSchema && (node.name.value === '__schema' || node.name.value === '__type'))
        throw new GraphQLError(
          'This server does not tell its schema. It is printed in apps/api/schema.graphql of the project.',
          { extensions: { code: 'INTROSPECTION_OFF' } },
        );
    },
    Directive: () => void directives++,
  });
  bound('aliases', aliases, LIMITS.aliases);
  bound('directives', directives, LIMITS.directives);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      bound('fields', countFields(definition.selectionSet, fragments, 1, new Set()), LIMITS.fields);
    }
  }
}

/** Fields that a selection asks for, fragments spread out; stops at the bounds. */
function countFields(
  selection: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
  depth: number,
  open: Set<string>,
): number {
  bound('levels', depth, LIMITS.depth);
  let count = 0;
  for (const node of selection.selections) {
    if (node.kind === Kind.FIELD) {
      count += 1 + (node.selectionSet ? countFields(node.selectionSet, fragments, depth + 1, open) : 0);
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      count += countFields(node.selectionSet, fragments, depth, open);
    } else {
      const fragment = fragments.get(node.name.value);
      if (!fragment || open.has(node.name.value)) continue;
      count += countFields(fragment.selectionSet, fragments, depth, new Set(open).add(node.name.value));
    }
    bound('fields', count, LIMITS.fields);
  }
  return count;
}

function bound(what: string, found: number, most: number): void {
  if (found > most)
    throw new GraphQLError(`This document has too many ${what}: at most ${most} are allowed.`, {
      extensions: { code: 'DOCUMENT_TOO_LARGE' },
    });
}
