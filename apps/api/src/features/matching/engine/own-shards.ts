import {
  shardOf,
  type ExpertDocument,
  type Occupation,
  type PlainStatistics,
  type Weighting,
} from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import type { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { activeExpertDocuments } from '../../eligibility/eligibility.public';
import { activeExpertIdsAfter } from '../../expert/expert.public';
import type { OwnShard } from './shard-server';

const MATCHING = system('matching');
const IDS_AT_ONCE = 20_000;
const EXPERTS_AT_ONCE = 500;
/** More experts than these are counted by a fair sample of so many. */
export const MOST_COUNTED = 50_000;

/** Where shards of this process run, and which they are. */
export interface Placing {
  /** Of how many shards. */
  readonly shards: number;
  /** The numbers of this process's own. */
  readonly own: readonly number[];
  /** Makes an empty one. */
  readonly make: () => OwnShard;
}

/** Ids of all active experts, in their order. */
export async function everybody(unitOfWork: UnitOfWork): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const page = await unitOfWork.readAs(MATCHING, ({ db }) =>
      activeExpertIdsAfter(db, all.at(-1), IDS_AT_ONCE),
    );
    all.push(...page);
    if (page.length < IDS_AT_ONCE) return all;
  }
}

/** Counts experts: all, or each of whom a fair sample has one in so many. */
export async function counted(
  unitOfWork: UnitOfWork,
  ids: readonly string[],
  make: () => OwnShard,
): Promise<PlainStatistics> {
  const one = Math.ceil(ids.length / MOST_COUNTED);
  const counter = make();
  try {
    await handOver(unitOfWork, one < 2 ? ids : ids.filter((id) => shardOf(id, one) === 0), counter);
    return await counter.count();
  } finally {
    await counter.stop();
  }
}

/** Indexes the experts of each own shard. */
export async function indexed(
  unitOfWork: UnitOfWork,
  { shards, own, make }: Placing,
  ids: readonly string[],
  start: { occupations: readonly Occupation[]; statistics: PlainStatistics; model: Weighting },
): Promise<Map<number, OwnShard>> {
  const made = new Map<number, OwnShard>();
  try {
    for (const number of own) {
      const shard = make();
      made.set(number, shard);
      await shard.begin(start);
      await handOver(
        unitOfWork,
        shards === 1 ? ids : ids.filter((id) => shardOf(id, shards) === number),
        shard,
      );
      await shard.open();
    }
    return made;
  } catch (error) {
    for (const shard of made.values()) await shard.stop();
    throw error;
  }
}

/** Experts as they are now; who is not active is not among them. */
export async function documentsNow(
  unitOfWork: UnitOfWork,
  ids: readonly string[],
): Promise<ExpertDocument[]> {
  const found: ExpertDocument[] = [];
  for (let from = 0; from < ids.length; from += EXPERTS_AT_ONCE)
    found.push(
      ...(await unitOfWork.readAs(MATCHING, ({ db, now }) =>
        activeExpertDocuments(db, ids.slice(from, from + EXPERTS_AT_ONCE), now),
      )),
    );
  return found;
}

async function handOver(unitOfWork: UnitOfWork, ids: readonly string[], to: OwnShard): Promise<void> {
  for (let from = 0; from < ids.length; from += EXPERTS_AT_ONCE)
    await to.add(await documentsNow(unitOfWork, ids.slice(from, from + EXPERTS_AT_ONCE)));
}
