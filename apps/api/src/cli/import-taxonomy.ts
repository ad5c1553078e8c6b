import 'reflect-metadata';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import {
  BadTaxonomy,
  ImportTaxonomy,
  readEsco,
  readOnet,
  readOwn,
  type TaxonomySource,
} from '../features/taxonomy/taxonomy.public';
import { FeaturesModule } from '../features.module';
import { startOrSay } from '../platform/log/start-or-say';

const USAGE = `Loads skills and occupations from files.

  npm run import:taxonomy -- [--esco DIR] [--onet DIR] [--own FILE]

  --esco DIR   folder of ESCO's CSV files in English
  --onet DIR   folder of O*NET's tab-separated files
  --own FILE   a list of your own, as JSON
`;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Reads every source before any is stored, so that a bad one leaves all as it was. */
function readSources(): TaxonomySource[] {
  const { esco, onet, own } = options();
  const sources: TaxonomySource[] = [];
  if (esco !== undefined) sources.push(reading('ESCO', esco, () => readEsco(esco)));
  if (onet !== undefined) sources.push(reading('O*NET', onet, () => readOnet(onet)));
  if (own !== undefined)
    sources.push(reading('the list', own, () => readOwn(textOf(own), path.basename(own))));
  if (sources.length === 0) throw new BadTaxonomy(`Name at least one source.\n\n${USAGE}`);
  return sources;
}

function reading(name: string, from: string, read: () => TaxonomySource): TaxonomySource {
  say(`Reading ${name} from ${from}`);
  const source = read();
  for (const line of source.read) say(`  ${line}`);
  return source;
}

function options(): { esco?: string; onet?: string; own?: string } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { esco: text, onet: text, own: text }, allowPositionals: false }).values;
  } catch (error) {
    throw new BadTaxonomy(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function textOf(file: string): string {
  if (!existsSync(file)) throw new BadTaxonomy(`The file ${file} does not exist.`);
  return readFileSync(file, 'utf8');
}

async function store(sources: readonly TaxonomySource[]): Promise<void> {
  const app = await NestFactory.createApplicationContext(FeaturesModule, {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    for (const source of sources) {
      const loaded = await app
        .get(ImportTaxonomy)
        .run(source, (done, all) => say(`  ${source.name}: ${done} of ${all} concepts`));
      const counts = Object.entries(loaded).map(([what, count]) => `${count} ${what}`);
      say(`${source.name}: loaded ${counts.join(', ')}.`);
      if (source.missing.length > 0) say(`${source.name}: missing:\n  ${source.missing.join('\n  ')}`);
    }
  } finally {
    await app.close();
  }
}

async function main(): Promise<void> {
  let sources: TaxonomySource[];
  try {
    sources = readSources();
  } catch (error) {
    if (!(error instanceof BadTaxonomy)) throw error;
    process.stderr.write(`${error.message}\nNothing was changed.\n`);
    process.exitCode = 1;
    return;
  }
  await store(sources);
}

startOrSay('import of the taxonomy', main);
