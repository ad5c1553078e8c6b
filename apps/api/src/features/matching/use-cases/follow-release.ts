import { Injectable } from '@nestjs/common';
import { checkedModel } from '@tallystick/matching';
import { system } from '../../../platform/access/actor';
import type { Read } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import {
  findModel,
  findModelNamed,
  HAND_MODEL,
  hex,
  insertModel,
  lockModels,
  newestModelSwitch,
  type ModelRecord,
} from '../model.repository';
import { putInForce } from '../put-in-force';

const MATCHING = system('matching');

/** Keeps the model that a release brings, and puts it in force where what was in force came from a release too. */
@Injectable()
export class FollowRelease {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** May run any number of times. What was learned stays in force, unless this release scores other parts than it weighs. */
  async run(): Promise<void> {
    if (!(await this.unitOfWork.readAs(MATCHING, wanted))) return;
    await this.unitOfWork.run(MATCHING, { name: 'follow-release' }, async (tx) => {
      await lockModels(tx.db);
      const reason = await wanted(tx);
      if (!reason) return;
      const own = await ownModel(tx.db);
      const model = own ?? { id: tx.newId(), name: HAND_MODEL.id, hash: HAND_MODEL.hash };
      if (!own)
        await insertModel(tx.db, { id: model.id, model: HAND_MODEL, addedById: null, addedAt: tx.now });
      if (reason !== KEPT_ONLY) await putInForce(tx, model, { kind: 'RELEASE', reason, byId: null });
    });
  }
}

const KEPT_ONLY = 'It is kept beside the learned model that is in force.';

/** Why the release's model is to be kept or put in force; undefined where nothing is to be done. */
async function wanted({ db }: Pick<Read, 'db'>): Promise<string | undefined> {
  const newest = await newestModelSwitch(db);
  if (!newest) return 'Matching began with it.';
  const inForce = await findModel(db, newest.modelId);
  if (!inForce || !checkedModel(inForce.content, hex).ok)
    return 'The model in force before cannot be used by this release.';
  if (await ownModel(db)) return undefined;
  return inForce.addedById === null ? 'This release brought it.' : KEPT_ONLY;
}

/** The release's own model as it is kept. */
async function ownModel(db: Read['db']): Promise<ModelRecord | null> {
  const row = await findModelNamed(db, HAND_MODEL.id);
  if (row && row.hash !== HAND_MODEL.hash)
    throw new Error(`The weights set by hand have changed and are still called ${HAND_MODEL.id}.`);
  return row;
}
