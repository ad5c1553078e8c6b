import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  occupationsOf,
  shardOf,
  type Model,
  type Occupation,
  type PlainStatistics,
} from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import { Config } from '../../../platform/config/config';
import { log } from '../../../platform/log/log';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { lastImport, occupationEntries } from '../../taxonomy/taxonomy.public';
import { modelInForce } from '../model.repository';
import { ChangeLog } from './change-log';
import { counted, documentsNow, everybody, indexed, type Placing } from './own-shards';
import { shardHere, type OwnShard, type Wear } from './shard-server';
import { shardInThread } from './shard-threads';
import {
  findStatistics,
  insertStatistics,
  listStatistics,
  markReady,
  type StatisticsRow,
} from './statistics.repository';

const MATCHING = system('matching');
/** From so many experts on shards live in threads of their own, and are made anew aside. */
const THREADS_FROM = 2000;
/** Of the experts of a shard this share may have changed, percent, before it is made anew. */
const WORN_PERCENT = 2;

/** What is answered from: shards that were made with the same things. */
interface Made {
  readonly place: bigint;
  readonly importedAt: number;
  readonly shards: ReadonlyMap<number, OwnShard>;
  /** Who changed while the shards were made is applied to them, too. */
  readonly wear: Map<number, Wear>;
  model: Model;
  /** How many read from them now; who is the last to leave shards that are not answered from any more stops them. */
  readers: number;
}

/**
 * Keeps this process's shards of the index as the database is: applies who changed, and makes shards anew, aside, when too many did or
 * others were counted. Before every answer it looks for changes, so an answer is never older than the question.
 */
@Injectable()
export class IndexKeeper implements OnApplicationShutdown {
  /** From so many experts on shards live in threads. */
  threadsFrom = THREADS_FROM;
  /** How Node is started in them. */
  execArgv: readonly string[] = [];
  private current: Made | undefined;
  private next: { readonly place: bigint; readonly made: Promise<Made | undefined> } | undefined;
  private counting: Promise<void> | undefined;
  private round = 0;
  private turn: Promise<unknown> = Promise.resolve();
  private occupations: { readonly importedAt: number; readonly list: Occupation[] } | undefined;
  private readonly changes = new ChangeLog();
  /** Who changed and is not applied yet. */
  private readonly due = new Set<string>();
  /** Who changed while the next shards are being made. */
  private meanwhile = new Set<string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** Among how many shards the experts are spread. */
  get shardCount(): number {
    return this.config.get('MATCHING_SHARDS');
  }

  /** The numbers of the shards that this process keeps. */
  get own(): number[] {
    const said = this.config.get('MATCHING_OWN_SHARDS');
    const all = Array.from({ length: this.shardCount }, (_, number) => number);
    return said === 'all' ? all : all.filter((number) => said.split(',').includes(String(number)));
  }

  /**
   * Reads from this process's shards, as the database is now. They stay until the read ends, also where others take their place.
   * @param changed experts who are read again in any case
   */
  async reading<T>(
    work: (from: { shards: ReadonlyMap<number, OwnShard>; model: Model }) => Promise<T>,
    changed: readonly string[] = [],
  ): Promise<T> {
    const made = await this.caughtUp(changed);
    made.readers += 1;
    try {
      return await work(made);
    } finally {
      made.readers -= 1;
      await this.leave(made);
    }
  }

  /** Applies what has changed. @param changed experts who are read again in any case */
  async caughtUp(changed: readonly string[] = []): Promise<Made> {
    const mine = this.turn.then(() => this.catchUp(changed));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** Settles when nothing is being made aside. */
  async settled(): Promise<void> {
    while (this.counting || this.next) {
      await this.counting;
      await this.next?.made;
      await this.caughtUp();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.turn;
    const made = [this.current, await this.next?.made.catch(() => undefined)];
    for (const each of made) for (const shard of each?.shards.values() ?? []) await shard.stop();
  }

  private async catchUp(asked: readonly string[]): Promise<Made> {
    for (const id of asked) this.due.add(id);
    const { model, rows, importedAt } = await this.unitOfWork.readAs(MATCHING, async ({ db }) => {
      await this.changes.read(db, this.due);
      return {
        model: await modelInForce(db),
        rows: await listStatistics(db, this.shardCount),
        importedAt: (await lastImport(db))?.getTime() ?? 0,
      };
    });
    if (this.current && [...this.current.shards.values()].some((shard) => shard.hasEnded()))
      this.current = undefined;
    const changed = [...this.due];
    for (const id of changed) this.meanwhile.add(id);
    await this.apply(this.current, changed);
    for (const id of changed) this.due.delete(id);
    if (this.current && this.current.model.hash !== model.hash) await this.weigh(this.current, model);
    await this.advance(rows, importedAt, model);
    return this.current ?? (await this.first(model, importedAt));
  }

  /** Makes what is due: other shards where others were counted, other counts where too many changed. */
  private async advance(rows: readonly StatisticsRow[], importedAt: number, model: Model): Promise<void> {
    const { current } = this;
    if (!current) return;
    const [newest] = rows;
    const isSmall = this.sizeOf(current) < this.threadsFrom;
    if (newest && (newest.place !== current.place || importedAt !== current.importedAt)) {
      if (this.next?.place !== newest.place) this.begin(newest, model, importedAt);
      if (isSmall) await this.next?.made;
      await this.swap();
    } else if (!this.counting && isWorn(current)) {
      this.counting = this.count(newest?.place, isSmall).finally(() => (this.counting = undefined));
      if (!isSmall) return;
      await this.counting;
      const again = await this.unitOfWork.readAs(MATCHING, ({ db }) => listStatistics(db, this.shardCount));
      if (again[0]?.place !== current.place) await this.advance(again, importedAt, model);
    }
  }

  /** The first shards of this process: nothing can be answered before. */
  private async first(model: Model, importedAt: number): Promise<Made> {
    const list = () => this.unitOfWork.readAs(MATCHING, ({ db }) => listStatistics(db, this.shardCount));
    let rows = await list();
    if (rows.length === 0) {
      await this.count(undefined, false);
      rows = await list();
    }
    const row = this.inForce(rows) ?? rows[0];
    const made = row && (await this.make(row, model, importedAt));
    if (!made)
      throw new Error('the statistics of matching went away while they were read; it is tried again');
    this.current = made;
    await this.apply(made, [...this.meanwhile]);
    return made;
  }

  /** The newest statistics of which every shard is ready. */
  private inForce(rows: readonly StatisticsRow[]): StatisticsRow | undefined {
    return rows.find(({ ready }) => new Set(ready).size >= this.shardCount);
  }

  private begin(row: StatisticsRow, model: Model, importedAt: number): void {
    this.meanwhile = new Set();
    const made = this.make(row, model, importedAt);
    made.catch((error: Error) => {
      log.warn({ detail: error.message }, 'shards of matching could not be made; it is tried again');
      this.next = undefined;
    });
    this.next = { place: row.place, made };
    void made.then(() => this.caughtUp()).catch(() => undefined);
  }

  /** Answers from the next shards from now on, once they and those of every other process are ready. */
  private async swap(): Promise<void> {
    const made = await settledNow(this.next?.made);
    if (!made) return;
    const rows = await this.unitOfWork.readAs(MATCHING, ({ db }) => listStatistics(db, this.shardCount));
    if (this.inForce(rows)?.place !== made.place && rows.some(({ place }) => place === made.place)) return;
    await this.apply(made, [...this.meanwhile]);
    const before = this.current;
    [this.current, this.next] = [made, undefined];
    if (before) await this.leave(before);
  }

  /** Stops shards that nobody reads from, and that are not answered from any more. */
  private async leave(made: Made): Promise<void> {
    if (made === this.current || made.readers > 0) return;
    for (const shard of made.shards.values()) await shard.stop();
  }

  private async make(row: StatisticsRow, model: Model, importedAt: number): Promise<Made | undefined> {
    const statistics = await this.unitOfWork.readAs(MATCHING, ({ db }) => findStatistics(db, row.place));
    if (!statistics) return undefined;
    const occupations = await this.occupationList(importedAt);
    const ids = await everybody(this.unitOfWork);
    const shards = await indexed(this.unitOfWork, this.placing(ids.length), ids, {
      occupations,
      statistics,
      model,
    });
    await this.unitOfWork.run(MATCHING, { name: 'shards-ready' }, async ({ db }) => {
      for (const number of shards.keys()) await markReady(db, row.place, number);
    });
    const wear = new Map<number, Wear>();
    for (const [number, shard] of shards) wear.set(number, await shard.apply([]));
    return { place: row.place, importedAt, shards, wear, model, readers: 0 };
  }

  private async count(after: bigint | undefined, isSmall: boolean): Promise<void> {
    const ids = await everybody(this.unitOfWork);
    const make = isSmall ? shardHere : this.placing(ids.length).make;
    const content: PlainStatistics = await counted(this.unitOfWork, ids, make);
    await this.unitOfWork.run(MATCHING, { name: 'count-experts' }, ({ db, now }) =>
      insertStatistics(db, { content, shards: this.shardCount, experts: ids.length }, after, now),
    );
  }

  /** Reads experts again and applies what they are now; each shard its own. */
  private async apply(made: Made | undefined, ids: readonly string[]): Promise<void> {
    if (!made || ids.length === 0) return;
    this.round += 1;
    const own = ids.filter((id) => made.shards.has(shardOf(id, this.shardCount)));
    const now = new Map((await documentsNow(this.unitOfWork, own)).map((each) => [each.id, each]));
    for (const [number, shard] of made.shards) {
      const changes = own
        .filter((id) => shardOf(id, this.shardCount) === number)
        .map((expertId) => ({ expertId, version: this.round, expert: now.get(expertId) }));
      if (changes.length > 0) made.wear.set(number, await shard.apply(changes));
    }
  }

  private async weigh(made: Made, model: Model): Promise<void> {
    for (const shard of made.shards.values()) await shard.weigh(model);
    made.model = model;
  }

  private placing(experts: number): Placing {
    const make = experts < this.threadsFrom ? shardHere : () => shardInThread(this.execArgv);
    return { shards: this.shardCount, own: this.own, make };
  }

  private sizeOf({ wear }: Made): number {
    return [...wear.values()].reduce((sum, { size }) => sum + size, 0);
  }

  private async occupationList(importedAt: number): Promise<Occupation[]> {
    if (this.occupations?.importedAt !== importedAt)
      this.occupations = {
        importedAt,
        list: await this.unitOfWork.readAs(MATCHING, async ({ db }) =>
          occupationsOf(await occupationEntries(db)),
        ),
      };
    return this.occupations.list;
  }
}

function isWorn({ wear }: Made): boolean {
  return [...wear.values()].some(({ changed, size }) => changed * 100 > size * WORN_PERCENT);
}

/** What a promise has come to, where it has. */
async function settledNow<T>(promise: Promise<T> | undefined): Promise<T | undefined> {
  return promise && Promise.race([promise, Promise.resolve(undefined)]);
}
