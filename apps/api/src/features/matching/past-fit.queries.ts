import { Injectable } from '@nestjs/common';
import { checkedModel, replayed, type Part, type PairSteps } from '@tallystick/matching';
import type { Person } from '../../platform/access/actor';
import { connect, pageOf, type Connection, type PageArgs } from '../../platform/graphql/connection';
import { isNoId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { hex } from './model.repository';
import { countPastFits, listPastFits, type PastFitFilter, type PastFitRecord } from './past-fit.repository';

/** SAME where what was stored gives the very same score again; DIFFERENT where it does not; else why it cannot be computed. */
export type Replay = 'SAME' | 'DIFFERENT' | 'NOT_SCORED' | 'NOT_KEPT' | 'OTHER_RELEASE';

/** A fit of the past, and what computing it again gives. */
export interface PastFit extends Omit<PastFitRecord, 'parts' | 'averages' | 'model'> {
  readonly replay: Replay;
  /** None where it could not be computed again. */
  readonly again?: { readonly steps: PairSteps; readonly parts: readonly Part[] };
}

/** What came of fits, each computed again from what was stored. */
@Injectable()
export class PastFitQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What came of fits, newest first. */
  async list(person: Person, filter: PastFitFilter, args: PageArgs): Promise<Connection<PastFit>> {
    const page = pageOf(args);
    // Nothing is found of what is not an id.
    const isNobodys = isNoId(filter.labId) || isNoId(filter.expertId);
    return this.unitOfWork.readAs(person, async ({ db }) =>
      connect(
        page,
        isNobodys ? [] : await listPastFits(db, filter, page.limit + 1, page.after),
        isNobodys ? 0 : await countPastFits(db, filter),
        ({ at, openingId, expertId, kind }) => [at.toISOString(), openingId, expertId, kind],
        again,
      ),
    );
  }
}

function again({ parts, averages, model, ...row }: PastFitRecord): PastFit {
  if (parts === null) return { ...row, replay: 'NOT_SCORED' };
  if (averages === null || row.interest === null || model === null) return { ...row, replay: 'NOT_KEPT' };
  const checked = checkedModel(model, hex);
  if (!checked.ok) return { ...row, replay: 'OTHER_RELEASE' };
  const computed = replayed(parts, { averages, interest: row.interest }, checked.value);
  return { ...row, replay: computed.steps.score === row.score ? 'SAME' : 'DIFFERENT', again: computed };
}
