import { Injectable } from '@nestjs/common';
import { Gathered, ShardsApart, type CandidateRetriever, type Model } from '@tallystick/matching';
import { setTimeout as wait } from 'node:timers/promises';
import { Config } from '../../../platform/config/config';
import { IndexKeeper } from './index-keeper';
import { SearchKeeper } from './search-keeper';
import { ShardQueues } from './shard-queues';

/** Shards of several workers are made anew at nearly the same time: a read that falls between is made again, so often. */
const TRIES = 20;
const PAUSE_MS = 500;

/** The experts for openings, and the model by which they are scored, from the adapter that MATCHING_RETRIEVER names. */
@Injectable()
export class Retriever {
  constructor(
    private readonly config: Config,
    private readonly keeper: IndexKeeper,
    private readonly search: SearchKeeper,
    private readonly others: ShardQueues,
  ) {}

  /** Runs reads of one retriever. It has caught up with everything that was committed before. @param changed experts who are read again in any case */
  async reading<T>(
    work: (retriever: CandidateRetriever, model: Model) => Promise<T>,
    changed: readonly string[] = [],
  ): Promise<T> {
    if (this.isPostgres) {
      const { retriever, model } = await this.search.caughtUp(changed);
      return work(retriever, model);
    }
    for (let tries = 1; ; tries++)
      try {
        return await this.fromShards(work, changed);
      } catch (error) {
        if (!(error instanceof ShardsApart) || tries === TRIES) throw error;
        await wait(PAUSE_MS);
      }
  }

  /** Lets what is searched catch up with everything that was committed before. @param changed experts who are read again in any case */
  async caughtUp(changed: readonly string[]): Promise<void> {
    await (this.isPostgres ? this.search.caughtUp(changed) : this.keeper.caughtUp(changed));
  }

  private get isPostgres(): boolean {
    return this.config.get('MATCHING_RETRIEVER') === 'postgresql';
  }

  private async fromShards<T>(
    work: (retriever: CandidateRetriever, model: Model) => Promise<T>,
    changed: readonly string[],
  ): Promise<T> {
    return this.keeper.reading(async ({ shards, model }) => {
      const doors = Array.from(
        { length: this.keeper.shardCount },
        (_, number) => shards.get(number) ?? this.others.door(number, model.hash, changed),
      );
      return work(new Gathered(doors, model), model);
    }, changed);
  }
}
