import { Injectable } from '@nestjs/common';
import {
  isSampled,
  LEXEMES_VERSION,
  OccupationIndex,
  occupationsOf,
  Shard,
  statisticsOf,
  type ExpertDocument,
  type Model,
  type ShardSettings,
} from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { lastImport, occupationEntries } from '../../taxonomy/taxonomy.public';
import { modelInForce } from '../model.repository';
import { ChangeLog } from './change-log';
import { counted, documentsNow, everybody } from './own-shards';
import { PostgresRetriever } from './postgres-retriever';
import { searchRowOf } from './search-rows';
import { replaceSearchRows, unsearchableIds } from './search.repository';
import { shardHere } from './shard-server';
import { findStatistics, insertStatistics, listStatistics } from './statistics.repository';

const MATCHING = system('matching');
const ROWS_AT_ONCE = 200;
/** Experts are counted anew when they have become so many percent more or fewer. */
const WORN_PERCENT = 10;

/** What is known of everybody where PostgreSQL finds experts: counts and occupations; no index is kept in memory. */
interface Known {
  readonly place: bigint;
  readonly importedAt: number;
  readonly experts: number;
  readonly settings: Omit<ShardSettings, 'model'>;
  /** Those over whom averages are taken, as they are now. */
  readonly sample: readonly ExpertDocument[];
  readonly madeWith: string;
}

/** Keeps the rows by which PostgreSQL finds experts as the record is, before every answer. */
@Injectable()
export class SearchKeeper {
  private known: Known | undefined;
  private readonly changes = new ChangeLog();
  private readonly due = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();
  private retriever: PostgresRetriever | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** The retriever, once it has caught up. @param changed experts who are read again in any case */
  async caughtUp(changed: readonly string[] = []): Promise<{ retriever: PostgresRetriever; model: Model }> {
    const mine = this.turn.then(() => this.catchUp(changed));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async catchUp(asked: readonly string[]) {
    for (const id of asked) this.due.add(id);
    const { model, rows, importedAt } = await this.unitOfWork.readAs(MATCHING, async ({ db }) => {
      await this.changes.read(db, this.due);
      return {
        model: await modelInForce(db),
        rows: await listStatistics(db, this.config.get('MATCHING_SHARDS')),
        importedAt: (await lastImport(db))?.getTime() ?? 0,
      };
    });
    let known = this.known;
    if (!known || known.place !== rows[0]?.place || known.importedAt !== importedAt) {
      known = await this.learn(rows[0]?.place, importedAt, this.known);
      this.retriever = undefined;
    }
    const changed = [...this.due];
    await this.store(known, changed);
    const of = known.settings.statistics.counts.profiles.documents;
    const resampled = changed.filter((id) => isSampled(id, of));
    if (resampled.length > 0) {
      const ids = [...known.sample.map(({ id }) => id), ...resampled];
      known = { ...known, sample: await this.sampled(ids, of) };
      this.retriever = undefined;
    }
    for (const id of changed) this.due.delete(id);
    this.known = known;
    if (this.retriever?.settings.model.hash !== model.hash)
      this.retriever = retrieverOf(this.unitOfWork, known, model);
    return { retriever: this.retriever, model };
  }

  /** Reads what was counted, or counts; and makes whoever cannot be found yet findable. */
  private async learn(
    place: bigint | undefined,
    importedAt: number,
    before: Known | undefined,
  ): Promise<Known> {
    const ids = await everybody(this.unitOfWork);
    let newest = place;
    const isWorn = before && Math.abs(ids.length - before.experts) * 100 > before.experts * WORN_PERCENT;
    if (newest === undefined || isWorn) newest = await this.count(ids, newest);
    const { content, entries } = await this.unitOfWork.readAs(MATCHING, async ({ db }) => ({
      content: await findStatistics(db, newest),
      entries: await occupationEntries(db),
    }));
    if (!content)
      throw new Error('the statistics of matching went away while they were read; it is tried again');
    const occupations = new OccupationIndex(occupationsOf(entries));
    const known: Known = {
      ...{ place: newest, importedAt, experts: ids.length, madeWith: `${LEXEMES_VERSION} ${occupations.id}` },
      settings: { occupations, statistics: statisticsOf(content) },
      sample: await this.sampled(ids, content.counts.profiles.documents),
    };
    for (;;) {
      const missing = await this.unitOfWork.readAs(MATCHING, ({ db }) =>
        unsearchableIds(db, known.madeWith, ROWS_AT_ONCE),
      );
      if (missing.length === 0) return known;
      await this.store(known, missing);
    }
  }

  private async sampled(ids: readonly string[], of: number): Promise<ExpertDocument[]> {
    const own = [...new Set(ids)].filter((id) => isSampled(id, of));
    const found = await documentsNow(this.unitOfWork, own);
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private async count(ids: readonly string[], after: bigint | undefined): Promise<bigint> {
    const content = await counted(this.unitOfWork, ids, shardHere);
    const shards = this.config.get('MATCHING_SHARDS');
    await this.unitOfWork.run(MATCHING, { name: 'count-experts' }, ({ db, now }) =>
      insertStatistics(db, { content, shards, experts: ids.length }, after, now),
    );
    const [newest] = await this.unitOfWork.readAs(MATCHING, ({ db }) => listStatistics(db, shards));
    if (!newest) throw new Error('the statistics of matching could not be kept; it is tried again');
    return newest.place;
  }

  private async store({ settings, madeWith }: Known, ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
      const some = ids.slice(from, from + ROWS_AT_ONCE);
      const rows = (await documentsNow(this.unitOfWork, some)).map((expert) =>
        searchRowOf(expert, settings.occupations, madeWith),
      );
      await this.unitOfWork.run(MATCHING, { name: 'keep-searchable' }, ({ db }) =>
        replaceSearchRows(db, some, rows),
      );
    }
  }
}

function retrieverOf(unitOfWork: UnitOfWork, { settings, sample }: Known, model: Model): PostgresRetriever {
  const own = { ...settings, model };
  const isWorking = sample.some(({ quality }) => quality !== undefined);
  return new PostgresRetriever(unitOfWork, own, Shard.of(own, sample), isWorking);
}
