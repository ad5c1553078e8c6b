import {
  Gathered,
  gatesFor,
  isEligible,
  lexemesAsked,
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
} from '@tallystick/matching';
import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { system } from '../../../platform/access/actor';
import type { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { documentsNow } from './own-shards';
import { plainGatesOf, plainlyRemoved } from './search-rows';
import { countSearchGates, searchExperts } from './search.repository';

const MATCHING = system('matching');
/** So many are found by their lexemes, so that the best by every part are among them: times the wanted ones, and at least. */
const TIMES_WANTED = 3;
const LEAST_FOUND = 2000;
/** What the words of an opening find is known after a look at so many. */
const SEEN_BY = 300;
const MOST_KEPT = 10_000;

/**
 * Finds experts by PostgreSQL's full-text search: it chooses candidates by lexemes and plain gates, every gate is asked of each of them
 * by its one definition, and they are scored as everywhere. For small sets and where no index can be kept in memory.
 */
export class PostgresRetriever implements CandidateRetriever {
  /** What the words of each opening find, from the last look at it. */
  private readonly overviews = new Map<string, Overview>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    readonly settings: ShardSettings & { readonly model: Model },
    /** Those over whom averages are taken. */
    private readonly sample: Shard,
  ) {}

  async retrieve(opening: OpeningDocument, limit: number): Promise<Candidates> {
    const gates = plainGatesOf(opening);
    const counts = await this.unitOfWork.readAs(MATCHING, ({ db }) => countSearchGates(db, gates));
    const { size, passing, removed } = plainlyRemoved(counts);
    const found = await this.found(opening, Math.max(LEAST_FOUND, limit * TIMES_WANTED), limit);
    const gatesOf = gatesFor(opening);
    const candidates = found.filter((expert) => isEligible(gatesOf(expert)));
    const shard = Shard.of(this.settings, candidates);
    const { sample } = this.keep(opening, shard);
    const door: ShardDoor = {
      ...localDoor(shard),
      look: async (asked) => ({ ...shard.look(asked), sample }),
    };
    return {
      ...(await new Gathered([door], this.settings.model).retrieve(opening, limit)),
      ...{ size, removed, isExact: false },
      eligible: passing - (found.length - candidates.length),
    };
  }

  async pairs(expertIds: readonly string[], openings: readonly OpeningDocument[]): Promise<PairScores> {
    const shard = Shard.of(this.settings, byId(await documentsNow(this.unitOfWork, expertIds)));
    const overviews = new Map<OpeningDocument, Overview>();
    for (const opening of openings) overviews.set(opening, await this.overviewOf(opening));
    const door: ShardDoor = {
      ...localDoor(shard),
      overviews: async (asked) => asked.flatMap((opening) => overviews.get(opening) ?? []),
    };
    return new Gathered([door], this.settings.model).pairs(expertIds, openings);
  }

  /** Experts whose lexemes fit an opening best and who pass the plain gates, in the order of their ids; where they are fewer than wanted, others who pass. */
  private async found(opening: OpeningDocument, most: number, wanted: number): Promise<ExpertDocument[]> {
    const { model, ...known } = this.settings;
    const lexemes = lexemesAsked(opening, { ...known, weights: model.weights });
    const gates = plainGatesOf(opening);
    const search = (isAny: boolean) =>
      this.unitOfWork.readAs(MATCHING, ({ db }) => searchExperts(db, gates, lexemes, most, isAny));
    const ids = await search(false);
    return byId(await documentsNow(this.unitOfWork, ids.length < wanted ? await search(true) : ids));
  }

  private async overviewOf(opening: OpeningDocument): Promise<Overview> {
    const known = this.overviews.get(keyOf(opening));
    return known ?? this.keep(opening, Shard.of(this.settings, await this.found(opening, SEEN_BY, 1)));
  }

  private keep(opening: OpeningDocument, shard: Shard): Overview {
    const [led, averaged] = [shard, this.sample].map((each) => each.overviews([opening])[0]);
    if (!led || !averaged) throw new Error('an opening was asked for and none was answered');
    const overview = { leaders: led.leaders, sample: averaged.sample };
    if (this.overviews.size >= MOST_KEPT) this.overviews.clear();
    this.overviews.set(keyOf(opening), overview);
    return overview;
  }
}

function keyOf({ title, titles, description, skills }: OpeningDocument): string {
  return createHash('sha1')
    .update(serialize([title, titles, description, skills]))
    .digest('base64');
}

function byId(experts: ExpertDocument[]): ExpertDocument[] {
  return experts.sort((a, b) => (a.id < b.id ? -1 : 1));
}
