import type { ExpertDocument, OpeningDocument } from '../documents';
import { bytesOf, ExpertIndexBuilder, type ExpertIndex } from '../index/expert-index';
import type { Statistics } from '../index/statistics';
import type { Weighting } from '../scoring/model';
import { FEEDBACK } from '../scoring/occupation-worth';
import { OpeningScorer, type Looked, type Scored } from '../scoring/opening-scorer';
import type { SampleSums } from '../scoring/rows';
import type { OccupationIndex } from '../taxonomy/occupation-index';
import { Fingerprint } from '../text/fingerprint';
import { printOf, SetPrint, type Print } from '../text/set-print';
import type { NamedLeader } from './door';
import type { RowSource } from './row';

/** What every part of an index is made with. */
export interface ShardSettings {
  readonly occupations: OccupationIndex;
  readonly statistics: Statistics;
  readonly model: Weighting;
}

const NOBODY = new Uint32Array(0);
/** So many leaders of an opening are kept: when some of them go, there are still enough. */
const LEADERS_KEPT = 2 * FEEDBACK.best;
/** Of so many openings the leaders are kept: about 20 MB. */
const MOST_KEPT = 10_000;

/** Collects the experts of a layer, in the order of their ids. */
export class LayerBuilder {
  private readonly ids: string[] = [];
  private readonly prints: Print[] = [];
  private readonly builder: ExpertIndexBuilder;

  constructor(private readonly settings: ShardSettings) {
    this.builder = new ExpertIndexBuilder(settings.occupations, settings.statistics);
  }

  add(expert: ExpertDocument): void {
    if (expert.id <= (this.ids.at(-1) ?? '')) throw new Error('experts come in the order of their ids');
    this.builder.add(expert);
    this.ids.push(expert.id);
    this.prints.push(printOf(expert));
  }

  build(): Layer {
    return new Layer(this.settings, this.builder.build(), this.ids, this.prints);
  }
}

/** Experts that were indexed together. Nobody is added; who changes is taken out, and goes on in a newer layer. */
export class Layer {
  private scorer: OpeningScorer;
  private readonly places: ReadonlyMap<string, number>;
  private readonly prints: Uint32Array;
  private readonly print = new SetPrint();
  private live: number;
  private readonly leaders = new Map<string, Looked['leaders']>();
  private readonly samples = new Map<string, SampleSums>();

  constructor(
    settings: ShardSettings,
    private readonly index: ExpertIndex,
    readonly ids: readonly string[],
    prints: readonly Print[],
  ) {
    this.scorer = scorerOf(index, settings);
    this.places = new Map(ids.map((id, at) => [id, at]));
    this.prints = Uint32Array.from(prints.flat());
    for (const print of prints) this.print.add(print);
    this.live = ids.length;
  }

  /** Scores by another model from now on. */
  weigh(settings: ShardSettings): void {
    this.scorer = scorerOf(this.index, settings);
    this.leaders.clear();
  }

  /** How many experts are in it. */
  get size(): number {
    return this.live;
  }

  get printOfAll(): Print {
    return this.print.print;
  }

  get bytes(): number {
    return bytesOf(this.index) + this.prints.byteLength;
  }

  /** The place of an expert who is in it. */
  placeOf(id: string): number | undefined {
    const at = this.places.get(id);
    return at === undefined || this.index.gates.isGone(at) ? undefined : at;
  }

  printAt(at: number): Print {
    return [this.prints[2 * at] as number, this.prints[2 * at + 1] as number];
  }

  remove(at: number): void {
    this.index.gates.remove(at);
    if (this.index.sample.includes(at)) this.samples.clear();
    this.print.remove(this.printAt(at));
    this.live -= 1;
  }

  /** Who passes every gate. */
  eligible(opening: OpeningDocument) {
    return this.index.gates.eligible(opening);
  }

  look(opening: OpeningDocument, places: Uint32Array): Looked {
    return this.scorer.look(opening, places, FEEDBACK.best);
  }

  /** What the words of an opening find of some experts. */
  words(opening: OpeningDocument, places: Uint32Array): Looked {
    return this.scorer.look(opening, places, 0, false);
  }

  score(...given: Parameters<OpeningScorer['scoreLooked']>) {
    return this.scorer.scoreLooked(...given);
  }

  /** One of those who were scored, as a row. */
  source(opening: OpeningDocument, scored: Scored, i: number): RowSource {
    const at = scored.places[i] as number;
    const { work } = this.index;
    return {
      ...{ id: this.ids[at] as string, scored, i },
      interest: this.scorer.interest(opening, at),
      exposure: work.exposure(at),
      isNewcomer: work.isNewcomer(at),
    };
  }

  /** Those who were scored that have the highest scores. */
  best(...given: Parameters<OpeningScorer['best']>) {
    return this.scorer.best(...given);
  }

  /** Of an opening, those over whom averages are taken. */
  sampleOf(opening: OpeningDocument): SampleSums {
    const key = new Fingerprint().add(opening).hex;
    const known = this.samples.get(key) ?? (this.scorer.look(opening, NOBODY, 0).sample as SampleSums);
    if (this.samples.size >= MOST_KEPT) this.samples.clear();
    this.samples.set(key, known);
    return known;
  }

  /** Who fits an opening best by words alone. */
  leadersOf(opening: OpeningDocument): NamedLeader[] {
    const key = keyOf(opening);
    const known = this.stillThere(this.leaders.get(key));
    if (known) return this.named(known);
    const { leaders } = this.scorer.look(opening, NOBODY, LEADERS_KEPT, false);
    if (this.leaders.size >= MOST_KEPT) this.leaders.clear();
    this.leaders.set(key, leaders);
    return this.named(leaders.slice(0, FEEDBACK.best));
  }

  named(leaders: Looked['leaders']): NamedLeader[] {
    return leaders.map(({ at, score, links }) => ({ expertId: this.ids[at] as string, score, links }));
  }

  /** Kept leaders without who has gone; undefined where too few are left to tell. */
  private stillThere(kept: Looked['leaders'] | undefined): Looked['leaders'] | undefined {
    if (!kept) return undefined;
    const left = kept.filter(({ at }) => !this.index.gates.isGone(at));
    const isEnough = left.length >= FEEDBACK.best || kept.length < LEADERS_KEPT;
    return isEnough ? left.slice(0, FEEDBACK.best) : undefined;
  }
}

function scorerOf(index: ExpertIndex, { occupations, model }: ShardSettings): OpeningScorer {
  return new OpeningScorer(index, occupations, model);
}

/** The words of an opening; its dates move and change no word. */
function keyOf({ title, titles, description, skills, textLanguage }: OpeningDocument): string {
  return new Fingerprint().add([title, titles, description, skills, textLanguage]).hex;
}
