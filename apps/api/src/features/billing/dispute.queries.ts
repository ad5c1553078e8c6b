import { Injectable } from '@nestjs/common';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isId, isNoId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { findLabs } from '../lab/lab.public';
import {
  countDisputes,
  findDispute,
  listDisputes,
  movesOf,
  railNotesOf,
  waitingWeeks,
  type DisputeFilter,
  type DisputeMove,
  type DisputeRecord,
  type RailNote,
  type Waiting,
} from './dispute.repository';

/** A dispute with the name of its lab. */
export interface DisputeListed extends DisputeRecord {
  readonly labName: string;
}

/** A dispute with everything that is known of it. */
export interface DisputeShown extends DisputeListed {
  readonly railNotes: readonly RailNote[];
  readonly moves: readonly DisputeMove[];
  readonly waiting: Waiting;
}

/** What pages show of disputed payments. */
@Injectable()
export class DisputeQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Disputes of all labs, newest first. */
  async list(person: Person, filter: DisputeFilter, args: PageArgs): Promise<Connection<DisputeListed>> {
    const page = pageOf(args);
    if (isNoId(filter.labId)) throw notFound('lab');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const rows = await listDisputes(db, filter, page.limit + 1, page.after);
      const labs = await findLabs(db, [...new Set(rows.map(({ labId }) => labId))]);
      const names = new Map(labs.map(({ id, name }) => [id, name]));
      return connect(
        page,
        rows,
        await countDisputes(db, filter),
        (row) => [row.openedAt.toISOString(), row.id],
        (row) => ({ ...row, labName: names.get(row.labId) ?? '' }),
      );
    });
  }

  /** One dispute, with what the rail told, what the ledger has, and what of the lab's work waits. */
  async one(person: Person, id: string): Promise<DisputeShown> {
    if (!isId(id)) throw notFound('dispute');
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const dispute = await findDispute(db, id);
      if (!dispute) throw notFound('dispute');
      const { labId, currency, railDisputeId } = dispute;
      const [lab] = await findLabs(db, [labId]);
      return {
        ...dispute,
        labName: lab?.name ?? '',
        railNotes: await railNotesOf(db, railDisputeId),
        moves: await movesOf(db, id),
        waiting: await waitingWeeks(db, labId, currency, now),
      };
    });
  }

  /** The lab's own disputes, newest first; at most 20. */
  async ofLab(person: Person): Promise<DisputeRecord[]> {
    const { labId } = person;
    if (labId === undefined) throw notFound('lab');
    return this.unitOfWork.readAs(person, ({ db }) => listDisputes(db, { labId }, 20));
  }
}
