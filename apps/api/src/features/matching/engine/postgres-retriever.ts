import {
  askedTextOf,
  averagesOf,
  Gathered,
  gatesFor,
  isEligible,
  localDoor,
  Shard,
  type Candidates,
  type CandidateRetriever,
  type ExpertDocument,
  type Model,
  type Overview,
  type OpeningDocument,
  type PairScores,
  type ShardDoor,
  type ShardSettings,
  type ShardState,
} from '@tallystick/matching';
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { system } from '../../../platform/access/actor';
import type { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { documentsNow } from './own-shards';
import { furtherRemoved, plainGatesOf, plainlyRemoved, plainWishesOf, removedByAll } from './search-rows';
import { countSearchGates, searchExperts, searchState, type FoundExpert } from './search.repository';

const MATCHING = system('matching');
/** So many are found by what PostgreSQL can tell, and scored by every part: all who pass where they are no more, or the best of them; times the wanted ones, and at least. */
const TIMES_WANTED = 2.5;
const LEAST_FOUND = 2000;
/** Of everybody those whose words fit best are looked for: so many that the very best are among them. */
const LED = 50;
const MOST_KEPT = 10_000;

/**
 * Finds experts by what PostgreSQL keeps of them: it chooses candidates by the same sums of words as the index in memory and by plain gates;
 * every gate is asked of each by its one definition, and they are scored as everywhere. For small sets and where no index can be kept in memory.
 */
export class PostgresRetriever implements CandidateRetriever {
  /** What the words of each opening find, from the last look at it. */
  private readonly overviews = new Map<string, Overview>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    readonly settings: ShardSettings & { readonly model: Model },
    /** Those over whom averages are taken. */
    private readonly sample: Shard,
    /** Whether anything is known of how experts work. */
    private readonly isWorking: boolean,
  ) {}

  async retrieve(opening: OpeningDocument, limit: number): Promise<Candidates> {
    const { found, overview, counts, state } = await this.search(
      opening,
      Math.max(LEAST_FOUND, Math.ceil(limit * TIMES_WANTED)),
    );
    const { passing, removed } = plainlyRemoved(counts);
    const gatesOf = gatesFor(opening);
    const gates = found.map((expert) => gatesOf(expert));
    const candidates = found.filter((_, at) => isEligible(gates[at] ?? []));
    const shard = Shard.of(this.settings, candidates);
    const door: ShardDoor = {
      ...localDoor(shard),
      look: async (asked) => ({ ...shard.look(asked), ...overview, state }),
      find: async (...given) => ({ ...shard.find(...given), state }),
    };
    return {
      ...(await new Gathered([door], this.settings.model).retrieve(opening, limit)),
      ...{ removed: removedByAll(removed, furtherRemoved(gates)), isExact: found.length === passing },
      eligible: passing - (found.length - candidates.length),
    };
  }

  async pairs(expertIds: readonly string[], openings: readonly OpeningDocument[]): Promise<PairScores> {
    const shard = Shard.of(this.settings, byId(await documentsNow(this.unitOfWork, expertIds)));
    const overviews = new Map<OpeningDocument, Overview>();
    for (const opening of openings) overviews.set(opening, await this.overviewOf(opening));
    const state = await this.unitOfWork.readAs(MATCHING, async ({ db }) => this.named(await searchState(db)));
    const door: ShardDoor = {
      ...localDoor(shard),
      overviews: async (asked) => asked.flatMap((opening) => overviews.get(opening) ?? []),
      pairs: async (...given) => ({ ...shard.pairs(...given), state }),
    };
    return new Gathered([door], this.settings.model).pairs(expertIds, openings);
  }

  /** Those for an opening who pass the plain gates, in the order of their ids, and what its words find of everybody. */
  private async search(opening: OpeningDocument, most: number) {
    const sample = this.sampleOf(opening);
    const asked = askedTextOf(opening, this.settings, {
      averages: averagesOf([sample]),
      isWorking: this.isWorking,
    });
    const gates = plainGatesOf(opening);
    const { counts, all, searched } = await this.unitOfWork.readAs(MATCHING, async ({ db }) => ({
      counts: await countSearchGates(db, gates),
      all: await searchExperts(db, gates, asked, plainWishesOf(opening), { most, led: LED }),
      searched: await searchState(db),
    }));
    const led = Shard.of(this.settings, documents(all, 'isLeader')).overviews([opening]);
    const overview = { leaders: led[0]?.leaders ?? [], sample };
    if (this.overviews.size >= MOST_KEPT) this.overviews.clear();
    this.overviews.set(keyOf(opening), overview);
    return { overview, counts, state: this.named(searched), found: documents(all, 'isCandidate') };
  }

  private async overviewOf(opening: OpeningDocument): Promise<Overview> {
    return this.overviews.get(keyOf(opening)) ?? (await this.search(opening, 0)).overview;
  }

  private sampleOf(opening: OpeningDocument): Overview['sample'] {
    const [averaged] = this.sample.overviews([opening]);
    if (!averaged) throw new Error('an opening was asked for and none was answered');
    return averaged.sample;
  }

  private named({ high, low, experts }: Awaited<ReturnType<typeof searchState>>): ShardState {
    const { statistics, occupations } = this.settings;
    return {
      ...{ statisticsId: statistics.id, occupationsId: occupations.id, size: experts },
      print: [Number(high), Number(low)],
    };
  }
}

function documents(all: readonly FoundExpert[], which: 'isCandidate' | 'isLeader'): ExpertDocument[] {
  return all.filter((each) => each[which]).map(({ document }) => deserialize(document) as ExpertDocument);
}

function keyOf({ title, titles, description, skills }: OpeningDocument): string {
  return createHash('sha1')
    .update(serialize([title, titles, description, skills]))
    .digest('base64');
}

function byId(experts: ExpertDocument[]): ExpertDocument[] {
  return experts.sort((a, b) => (a.id < b.id ? -1 : 1));
}
