import path from 'node:path';
import { defineConfig } from 'prisma/config';

const here = import.meta.dirname ?? __dirname;
// The command line asks for a binary that only a download gives; this one does the same over the package's wasm build.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(here, 'tools/prisma/schema-engine.mjs');

export default defineConfig({
  schema: path.join(here, 'prisma/schema'),
  migrations: { path: path.join(here, 'prisma/migrations') },
  datasource: {
    url: process.env.DATABASE_OWNER_URL ?? 'postgresql://tallystick_owner@127.0.0.1:5432/tallystick',
  },
});
