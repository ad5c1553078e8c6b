import { Injectable } from '@nestjs/common';
import { Gathered, type CandidateRetriever, type Model, type ShardDoor } from '@tallystick/matching';
import { Config } from '../../../platform/config/config';
import { IndexKeeper } from './index-keeper';
import { SearchKeeper } from './search-keeper';

/** The experts for openings, and the model by which they are scored, from the adapter that MATCHING_RETRIEVER names. */
@Injectable()
export class Retriever {
  constructor(
    private readonly config: Config,
    private readonly keeper: IndexKeeper,
    private readonly search: SearchKeeper,
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
    return this.keeper.reading(async ({ shards, model }) => {
      const doors = Array.from({ length: this.keeper.shardCount }, (_, number) => this.door(shards, number));
      return work(new Gathered(doors, model), model);
    }, changed);
  }

  /** Lets what is searched catch up with everything that was committed before. @param changed experts who are read again in any case */
  async caughtUp(changed: readonly string[]): Promise<void> {
    await (this.isPostgres ? this.search.caughtUp(changed) : this.keeper.caughtUp(changed));
  }

  private get isPostgres(): boolean {
    return this.config.get('MATCHING_RETRIEVER') === 'postgresql';
  }

  private door(shards: ReadonlyMap<number, ShardDoor>, number: number): ShardDoor {
    const own = shards.get(number);
    if (!own) throw new Error(`no worker keeps shard ${number}`);
    return own;
  }
}
