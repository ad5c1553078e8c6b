import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import type { TaxonomySource } from '../adapter/taxonomy-source';
import {
  clearNames,
  insertAliases,
  insertImport,
  insertRelations,
  lockSource,
  upsertConcepts,
} from '../taxonomy.repository';

/** What an import stored. */
export type Loaded = {
  occupations: number;
  skills: number;
  groups: number;
  aliases: number;
  relations: number;
};

const BATCH = 1000;

/**
 * Loads a source whole, in one transaction: its concepts are added or brought up to date, its other names and
 * relations replaced. A concept that the source no longer has stays, because somebody may have chosen it.
 */
@Injectable()
export class ImportTaxonomy {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns what was stored. `progress` hears how many of how many concepts are written. */
  async run(
    source: TaxonomySource,
    progress: (done: number, all: number) => void = () => undefined,
  ): Promise<Loaded> {
    const loaded = countsOf(source);
    await this.unitOfWork.run(system('taxonomy-import'), { name: 'import-taxonomy' }, async (tx) => {
      await lockSource(tx.db, source.name);
      await store(tx, source, progress);
      const id = tx.newId();
      const { read, missing } = source;
      await insertImport(tx.db, {
        id,
        source: source.name,
        loaded: { ...loaded, files: [...read] },
        missing: [...missing],
        importedAt: tx.now,
      });
      tx.record({
        subjectType: 'taxonomy-import',
        subjectId: id,
        to: 'LOADED',
        facts: { source: source.name, ...loaded, missing: missing.length },
      });
    });
    return loaded;
  }
}

async function store(
  tx: Tx,
  source: TaxonomySource,
  progress: (done: number, all: number) => void,
): Promise<void> {
  const { name, concepts, relations } = source;
  await clearNames(tx.db, name);
  for (let done = 0; done < concepts.length; done += BATCH) {
    const batch = concepts.slice(done, done + BATCH);
    await upsertConcepts(tx.db, name, batch);
    await insertAliases(tx.db, name, batch);
    progress(Math.min(done + BATCH, concepts.length), concepts.length);
  }
  for (let done = 0; done < relations.length; done += BATCH)
    await insertRelations(tx.db, name, relations.slice(done, done + BATCH));
}

function countsOf({ concepts, relations }: TaxonomySource): Loaded {
  const of = (kind: string) => concepts.filter((concept) => concept.kind === kind).length;
  return {
    occupations: of('OCCUPATION'),
    skills: of('SKILL'),
    groups: of('GROUP'),
    aliases: concepts.reduce((sum, { aliases }) => sum + aliases.length, 0),
    relations: relations.length,
  };
}
