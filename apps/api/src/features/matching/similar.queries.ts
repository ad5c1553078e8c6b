import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { system, type Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { activeExpertDocuments, openingDocuments, organisationsOf } from '../eligibility/eligibility.public';
import { openingsWith } from '../project/project.public';
import { shardHere, type OwnShard } from './engine/shard-server';
import { shardInThread } from './engine/shard-threads';
import { listFits, type StoredFit } from './matching.repository';
import { SHORTLISTED } from './use-cases/score';

/** More than so many are compared in a thread: 200 take a tenth of a second and longer, for which everybody else would wait. */
const COMPARED_HERE = 20;
/** So many are named at most. */
const MOST_SIMILAR = 5;

/** Somebody of a shortlist who is like another of it. */
export interface SimilarExpert {
  readonly openingId: string;
  readonly expertId: string;
  /** Their place on the shortlist. */
  readonly rank: number;
  readonly score: number;
  /** What the two share, in sentences. */
  readonly shared: readonly string[];
}

/** “Others like this one”, of those whom the shortlist of the opening shows anyway. */
@Injectable()
export class SimilarQueries implements OnApplicationShutdown {
  /** More than so many are compared in a thread. */
  comparedHere = COMPARED_HERE;
  /** How Node is started in it. */
  execArgv: readonly string[] = [];
  private readonly here = shardHere();
  private thread: OwnShard | undefined;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Who of the shortlist of one of the lab's openings is most like one expert on it. Gates are asked again: a list may be behind
   * the record by a moment. Refuses with NOT_FOUND where the opening is not the lab's or the expert not on its list.
   */
  async run(person: Person, openingId: string, expertId: string): Promise<SimilarExpert[]> {
    const fits = await this.shortlist(person, openingId);
    if (!fits.has(expertId)) throw notFound('candidate');
    const { opening, ...known } = await this.documents(openingId, [...fits.keys()]);
    const found =
      opening &&
      (await this.comparing(known.experts.length).similar({
        opening,
        expertId,
        most: MOST_SIMILAR,
        ...known,
      }));
    if (!found) throw notFound('candidate');
    return found.flatMap((similar) => {
      const fit = fits.get(similar.expertId);
      return fit ? { ...similar, openingId, rank: fit.rank, score: fit.score } : [];
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.stop();
  }

  /** Where so many are compared. A thread that has ended is followed by another. */
  private comparing(experts: number): OwnShard {
    if (experts <= this.comparedHere) return this.here;
    if (!this.thread || this.thread.hasEnded()) this.thread = shardInThread(this.execArgv);
    return this.thread;
  }

  private async shortlist(person: Person, openingId: string): Promise<ReadonlyMap<string, StoredFit>> {
    if (!isId(openingId)) throw notFound('opening');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const [opening] = await openingsWith(db, { ids: [openingId] });
      if (!opening || opening.labId !== person.labId) throw notFound('opening');
      const rows = await listFits(db, { openingId, now }, SHORTLISTED);
      return new Map(rows.map((row) => [row.expertId, row]));
    });
  }

  /** Documents as the worker reads them: row-level security hides from a lab what the gates ask for. */
  private async documents(openingId: string, ids: readonly string[]) {
    return this.unitOfWork.readAs(system('similar'), async ({ db, now }) => {
      const [opening] = await openingDocuments(db, [openingId], now);
      const experts = await activeExpertDocuments(db, ids, now);
      return { opening, experts, organisations: await organisationsOf(db, ids), now };
    });
  }
}
