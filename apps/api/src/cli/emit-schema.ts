import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { FEATURES } from '../features.module';
import { GraphModule } from '../graph/graph.module';
import { SCALARS } from '../platform/graphql/date-time.scalar';
import { describeRoots } from '../platform/graphql/describe-roots';

type Constructor = new (...args: never[]) => unknown;

/** All resolvers that the modules name. */
function resolvers(): Constructor[] {
  const named = [...FEATURES, GraphModule].flatMap(
    (module) => (Reflect.getMetadata('providers', module) as unknown[] | undefined) ?? [],
  );
  return named.filter(
    (provider): provider is Constructor =>
      typeof provider === 'function' && Reflect.hasMetadata('graphql:resolver_type', provider),
  );
}

/** Prints the schema to apps/api/schema.graphql, or with --check says whether the file is up to date. */
async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: ['error'] });
  const schema = describeRoots(
    await app.get(GraphQLSchemaFactory).create(resolvers() as never, { scalarsMap: SCALARS }),
  );
  const text = `# Printed from the code by npm run schema:emit.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
  const file = path.join(__dirname, '../../schema.graphql');
  await app.close();
  if (!process.argv.includes('--check')) return writeFileSync(file, text);
  if (readFileSync(file, 'utf8') !== text)
    throw new Error('apps/api/schema.graphql is out of date: run npm run schema:emit and commit it.');
  process.stdout.write('apps/api/schema.graphql is up to date.\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
