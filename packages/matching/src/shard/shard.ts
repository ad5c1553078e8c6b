import type { ExpertDocument, OpeningDocument } from '../documents';
import { highest } from '../scoring/best';
import type { Weighting } from '../scoring/model';
import { RETRIEVED, type Looked } from '../scoring/opening-scorer';
import type { SampleSums } from '../scoring/rows';
import { printOf, SetPrint } from '../text/set-print';
import type { FirstLook, Overview, Shared, ShardState } from './door';
import { Layer, LayerBuilder, type ShardSettings } from './layer';
import { rowsOf, type Rows } from './row';
import { byScore, leadersAmong, removedTogether, samplesTogether } from './together';

/** An expert as they are now; absent where they are not to be found any more. */
export interface Change {
  readonly expertId: string;
  /** Later ones are larger; what is not later than what is known is left out. */
  readonly version: number;
  readonly expert?: ExpertDocument;
}

/** So many changed experts a layer holds before they go down to the next larger one. The last holds what is beyond. */
const CAPACITIES = [64, 1024, Infinity];
/** What the first look found is kept for the second, for so many openings at once. */
const MOST_LOOKED = 8;

/**
 * Some of the experts: a base that was indexed at once, and above it layers of those who changed since. Gives the bytes that a base
 * of the same experts with the same statistics gives.
 */
export class Shard {
  /** Those who changed, the newest layer first. */
  private readonly deltas: { layer: Layer | undefined; documents: Map<string, ExpertDocument> }[] =
    CAPACITIES.map(() => ({ layer: undefined, documents: new Map() }));
  private readonly versions = new Map<string, number>();
  private readonly looked = new Map<OpeningDocument, readonly Looked[]>();

  private constructor(
    private settings: ShardSettings,
    private readonly base: Layer,
  ) {}

  /** A shard of experts, in the order of their ids. */
  static of(settings: ShardSettings, experts: Iterable<ExpertDocument>): Shard {
    const builder = new ShardBuilder(settings);
    for (const expert of experts) builder.add(expert);
    return builder.build();
  }

  /** Closes a base. */
  static over(settings: ShardSettings, base: Layer): Shard {
    return new Shard(settings, base);
  }

  get state(): ShardState {
    const print = new SetPrint();
    for (const layer of this.layers) print.add(layer.printOfAll);
    return {
      statisticsId: this.settings.statistics.id,
      occupationsId: this.settings.occupations.id,
      print: print.print,
      size: this.layers.reduce((sum, { size }) => sum + size, 0),
    };
  }

  /** Scores by another model from now on; nothing is indexed anew. */
  weigh(model: Weighting): void {
    this.settings = { ...this.settings, model };
    for (const layer of this.layers) layer.weigh(this.settings);
    this.looked.clear();
  }

  /** How many experts changed since the base was made. */
  get changed(): number {
    return this.versions.size;
  }

  /** Bytes in typed arrays; ids and words are beyond that. */
  get bytes(): number {
    return this.layers.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Applies changes; one that is not later than what is known changes nothing. Returns how many were applied. */
  apply(changes: readonly Change[]): number {
    const [newest] = this.deltas;
    let applied = 0;
    let isNewer = false;
    for (const { expertId, version, expert } of changes) {
      if (version <= (this.versions.get(expertId) ?? -1)) continue;
      this.versions.set(expertId, version);
      applied += 1;
      if (!this.replaces(expertId, expert)) continue;
      this.takeOut(expertId);
      if (expert) newest?.documents.set(expertId, expert);
      isNewer ||= expert !== undefined;
    }
    if (isNewer) this.settle();
    this.looked.clear();
    return applied;
  }

  look(opening: OpeningDocument): FirstLook {
    const asked = this.layers.map((layer) => {
      const { places, removed } = layer.eligible(opening);
      return { layer, removed, looked: layer.look(opening, places) };
    });
    if (this.looked.size >= MOST_LOOKED) this.looked.clear();
    this.looked.set(
      opening,
      asked.map(({ looked }) => looked),
    );
    return {
      state: this.state,
      leaders: leadersAmong(asked.map(({ layer, looked }) => layer.named(looked.leaders))),
      sample: samplesTogether(asked.map(({ looked }) => looked.sample as SampleSums)),
      eligible: asked.reduce((sum, { looked }) => sum + looked.places.length, 0),
      removed: removedTogether(asked.map(({ removed }) => removed)),
    };
  }

  find(
    opening: OpeningDocument,
    shared: Shared,
    isCut: boolean,
    limit: number,
  ): { state: ShardState; rows: Rows } {
    if (!this.looked.has(opening)) this.look(opening);
    const looked = this.looked.get(opening) ?? [];
    this.looked.delete(opening);
    const found = this.layers.flatMap((layer, i) => {
      const scored = layer.score(looked[i] as Looked, shared, isCut);
      const best = scored.first ? firstAmong(scored.first) : layer.best(opening, scored, limit);
      return best.map(({ at, score }) => ({ ...layer.source(opening, scored, at), score }));
    });
    return { state: this.state, rows: rowsOf(found.sort(byScore).slice(0, isCut ? RETRIEVED : limit)) };
  }

  overviews(openings: readonly OpeningDocument[]): Overview[] {
    return openings.map((opening) => ({
      leaders: leadersAmong(this.layers.map((layer) => layer.leadersOf(opening))),
      sample: samplesTogether(this.layers.map((layer) => layer.sampleOf(opening))),
    }));
  }

  pairs(
    expertIds: readonly string[],
    openings: readonly OpeningDocument[],
    shared: readonly Shared[],
  ): { state: ShardState; rows: Rows[] } {
    const rows = openings.map((opening, number) => {
      const found = this.layers.flatMap((layer) => {
        const places = Uint32Array.from(
          expertIds.flatMap((id) => layer.placeOf(id) ?? []).sort((a, b) => a - b),
        );
        if (places.length === 0) return [];
        const scored = layer.score(layer.words(opening, places), shared[number] as Shared, false);
        return [...places.keys()].map((i) => layer.source(opening, scored, i));
      });
      return rowsOf(found);
    });
    return { state: this.state, rows };
  }

  private get layers(): Layer[] {
    return [this.base, ...this.deltas.flatMap(({ layer }) => layer ?? [])];
  }

  /** True where a change is one: the same document again is none. */
  private replaces(id: string, expert: ExpertDocument | undefined): boolean {
    const layer = this.layers.find((each) => each.placeOf(id) !== undefined);
    if (!layer) return expert !== undefined;
    if (!expert) return true;
    const [high, low] = printOf(expert);
    const print = layer.printAt(layer.placeOf(id) as number);
    return print[0] !== high || print[1] !== low;
  }

  private takeOut(id: string): void {
    for (const layer of this.layers) {
      const at = layer.placeOf(id);
      if (at !== undefined) layer.remove(at);
    }
    for (const { documents } of this.deltas) documents.delete(id);
  }

  /** Indexes who changed: the newest layer anew, and a larger one where it is full. */
  private settle(): void {
    let to = 0;
    while ((this.deltas[to]?.documents.size ?? 0) > (CAPACITIES[to] as number)) to++;
    const target = this.deltas[to];
    if (!target) return;
    for (const delta of this.deltas.slice(0, to)) {
      for (const [id, expert] of delta.documents) target.documents.set(id, expert);
      delta.documents.clear();
      delta.layer = undefined;
    }
    const builder = new LayerBuilder(this.settings);
    for (const [, expert] of [...target.documents].sort(([a], [b]) => (a < b ? -1 : 1))) builder.add(expert);
    target.layer = builder.build();
  }
}

/** Collects the experts of a shard's base, in the order of their ids. */
export class ShardBuilder {
  private readonly builder: LayerBuilder;

  constructor(private readonly settings: ShardSettings) {
    this.builder = new LayerBuilder(settings);
  }

  add(expert: ExpertDocument): void {
    this.builder.add(expert);
  }

  build(): Shard {
    return Shard.over(this.settings, this.builder.build());
  }
}

/** Those whom the parts that are quick to tell put first: where they stand among those who were scored, with what these give them. */
function firstAmong(first: Float32Array): { at: number; score: number }[] {
  return [...highest(first, RETRIEVED)].map((at) => ({ at, score: first[at] as number }));
}
