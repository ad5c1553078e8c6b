import {
  gatesFor,
  isEligible,
  OccupationIndex,
  ShardBuilder,
  similarTo,
  statisticsFrom,
  statisticsOf,
  type Change,
  type ExpertDocument,
  type Occupation,
  type OpeningDocument,
  type OrganisationsById,
  type PlainStatistics,
  type Shard,
  type ShardDoor,
  type Similar,
  type Weighting,
} from '@tallystick/matching';
import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';

/** What a shard is made with, as plain data. */
export interface ShardStart {
  readonly occupations: readonly Occupation[];
  readonly statistics: PlainStatistics;
  readonly model: Weighting;
}

/** How many experts of a shard changed since it was made, of how many. */
export interface Wear {
  readonly changed: number;
  readonly size: number;
}

/** Who of some experts is like one of them, among those who pass the gates of an opening. */
export interface SimilarQuestion {
  readonly opening: OpeningDocument;
  readonly expertId: string;
  readonly experts: readonly ExpertDocument[];
  /** How many are named at most. */
  readonly most: number;
  readonly now: Date;
  /** Where the experts worked and studied. */
  readonly organisations: OrganisationsById;
}

/** One shard of this process, wherever it runs. It is begun, given its experts in the order of their ids, and opened; then it answers. */
export interface OwnShard extends ShardDoor {
  begin(start: ShardStart): Promise<void>;
  add(experts: readonly ExpertDocument[]): Promise<void>;
  open(): Promise<void>;
  apply(changes: readonly Change[]): Promise<Wear>;
  weigh(model: Weighting): Promise<void>;
  /** Asks nothing of the experts of the shard; undefined where the expert does not pass the gates. */
  similar(question: SimilarQuestion): Promise<Similar[] | undefined>;
  /** Counts the experts that were added, instead of opening. */
  count(): Promise<PlainStatistics>;
  stop(): Promise<void>;
  /** True where it can never answer again. */
  hasEnded(): boolean;
}

/** What a shard can be asked, by name. */
export type ShardMethod = Exclude<keyof OwnShard, 'stop' | 'hasEnded'>;

/** Openings that were asked for are known again, so many of them. */
const MOST_OPENINGS = 20_000;

/** A shard, in the thread in which it lives. */
export class ShardServer {
  private builder: ShardBuilder | undefined;
  private added: ExpertDocument[] = [];
  private made: Shard | undefined;
  private readonly openings = new Map<string, OpeningDocument>();

  /** Runs one method. @param given its arguments */
  run(method: ShardMethod, given: readonly unknown[]): unknown {
    return (this[method] as (...all: readonly unknown[]) => unknown)(...given);
  }

  private begin({ occupations, statistics, model }: ShardStart): void {
    this.builder = new ShardBuilder({
      occupations: new OccupationIndex(occupations),
      statistics: statisticsOf(statistics),
      model,
    });
  }

  private add(experts: readonly ExpertDocument[]): void {
    if (this.builder) for (const expert of experts) this.builder.add(expert);
    else this.added.push(...experts);
  }

  private open(): void {
    this.made = this.builder?.build();
    this.builder = undefined;
  }

  private count(): PlainStatistics {
    return statisticsFrom(this.added);
  }

  private similar({
    opening,
    expertId,
    experts,
    most,
    now,
    organisations,
  }: SimilarQuestion): Similar[] | undefined {
    const gatesOf = gatesFor(opening);
    const candidates = experts.filter((each) => isEligible(gatesOf(each)));
    const expert = candidates.find(({ id }) => id === expertId);
    return expert && similarTo(expert, candidates, most, { now, organisations });
  }

  private apply(changes: readonly Change[]): Wear {
    this.shard.apply(changes);
    return { changed: this.shard.changed, size: this.shard.state.size };
  }

  private weigh(model: Weighting): void {
    this.shard.weigh(model);
  }

  private look(opening: OpeningDocument) {
    return this.shard.look(this.known(opening));
  }

  private find(opening: OpeningDocument, ...rest: Rest<'find'>) {
    return this.shard.find(this.known(opening), ...rest);
  }

  private overviews(openings: readonly OpeningDocument[]) {
    return this.shard.overviews(openings.map((opening) => this.known(opening)));
  }

  private pairs(
    expertIds: readonly string[],
    openings: readonly OpeningDocument[],
    shared: Rest<'pairs'>[1],
  ) {
    return this.shard.pairs(
      expertIds,
      openings.map((opening) => this.known(opening)),
      shared,
    );
  }

  private get shard(): Shard {
    if (!this.made) throw new Error('this shard is not open yet');
    return this.made;
  }

  /** The same opening comes as a copy each time; what is known of the first holds for it. */
  private known(opening: OpeningDocument): OpeningDocument {
    const key = createHash('sha1').update(serialize(opening)).digest('base64');
    const known = this.openings.get(key);
    if (known) return known;
    if (this.openings.size >= MOST_OPENINGS) this.openings.clear();
    this.openings.set(key, opening);
    return opening;
  }
}

type Rest<M extends 'find' | 'pairs'> =
  Parameters<ShardDoor[M]> extends [unknown, ...infer Others] ? Others : never;

/** A shard that is asked by way of a function: in this thread, or in another. */
export function shardBehind(
  call: (method: ShardMethod, given: readonly unknown[]) => Promise<unknown>,
  life: Pick<OwnShard, 'stop' | 'hasEnded'>,
): OwnShard {
  const by =
    <M extends ShardMethod>(method: M) =>
    (...given: Parameters<OwnShard[M]>) =>
      call(method, given) as ReturnType<OwnShard[M]>;
  return {
    begin: by('begin'),
    add: by('add'),
    open: by('open'),
    count: by('count'),
    similar: by('similar'),
    apply: by('apply'),
    weigh: by('weigh'),
    look: by('look'),
    find: by('find'),
    overviews: by('overviews'),
    pairs: by('pairs'),
    ...life,
  };
}

/** A shard in this thread: for few experts. */
export function shardHere(): OwnShard {
  const server = new ShardServer();
  return shardBehind(async (method, given) => server.run(method, given), {
    stop: async () => undefined,
    hasEnded: () => false,
  });
}
