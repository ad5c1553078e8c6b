import type { GraphQLSchema } from 'graphql';

const ROOTS = {
  Query: 'What can be read. What somebody may not see does not exist for them: it is refused with NOT_FOUND.',
  Mutation:
    'What can be done. Each writes all of it or nothing; one with an idempotency key acts once however often it is sent.',
  Subscription: 'What is told while somebody listens.',
} as const;

/** Describes the root types, for which code first has no place. Changes and returns the schema. */
export function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, description] of Object.entries(ROOTS)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  return schema;
}
