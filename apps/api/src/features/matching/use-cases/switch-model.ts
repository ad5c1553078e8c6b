import { Injectable } from '@nestjs/common';
import { checkedModel, type Model } from '@tallystick/matching';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import type { Read, Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { ApprovalActions, overtakeWaiting, requestApproval } from '../../audit/audit.public';
import {
  findModel,
  findModelNamed,
  hex,
  insertModel,
  lockModels,
  modelInForce,
  type ModelRecord,
} from '../model.repository';
import { putInForce } from '../put-in-force';

/** What is approved by four eyes: another model weighs every fit. */
export const PUT_MODEL_IN_FORCE = 'model.put-in-force';
const Add = z.object({
  model: z.string().max(20_000, 'a model is shorter than 20,000 characters'),
  idempotencyKey: z.string(),
});
const Choice = z.object({
  modelId: z.uuid(),
  reason: z.string().trim().min(10, 'Say why, in at least 10 characters.').max(500),
});
const Payload = z.object({
  modelId: z.uuid(),
  hash: z.string(),
  switchReason: z.string(),
  askedById: z.uuid(),
});

/** Adds a model that was learned, puts it in force by two people, and goes back by one. */
@Injectable()
export class SwitchModel {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    actions: ApprovalActions,
  ) {
    actions.add({
      action: PUT_MODEL_IN_FORCE,
      payload: Payload,
      concerns: () => ({}),
      asking: { permission: 'model:switch', matter: 'ANOTHERS' },
      link: '/admin/model',
      check: async (read, payload) => void (await chosenAsAsked(read, payload)),
      execute: putApproved,
    });
  }

  /** Keeps a model; nothing is scored by it yet. The same once more is the same. Refuses with MODEL_BROKEN, MODEL_NOT_BETTER, MODEL_NAME_TAKEN. */
  async add(person: Person, input: z.input<typeof Add>): Promise<string> {
    const { model: text, idempotencyKey } = parseInput(Add, input);
    const model = orRefuse(checkedModel(parsed(text), hex));
    if (model.metrics && !(model.metrics.gain.low > 0))
      throw new Refused(
        'MODEL_NOT_BETTER',
        'This model was not measured to beat the one before it: the interval of what it gains is not all above 0.',
        { field: 'model' },
      );
    const command = { name: 'add-match-model', idempotencyKey, input };
    return this.unitOfWork.run(person, command, async (tx) => {
      await lockModels(tx.db);
      const known = await findModelNamed(tx.db, model.id);
      if (known?.hash === model.hash) return known.id;
      if (known)
        throw new Refused('MODEL_NAME_TAKEN', `Another model is called ${model.id} already.`, {
          field: 'model',
        });
      const id = tx.newId();
      await insertModel(tx.db, { id, model, addedById: person.accountId, addedAt: tx.now });
      tx.record({
        subjectType: 'match-model',
        subjectId: id,
        to: 'ADDED',
        facts: { name: model.id, hash: model.hash },
      });
      return id;
    });
  }

  /** Asks another person to put a model in force. Returns the request's id. Refuses with NOT_FOUND, MODEL_IN_FORCE, MODEL_BROKEN. */
  async ask(person: Person, input: z.input<typeof Choice>): Promise<string> {
    const { modelId, reason } = parseInput(Choice, input);
    return this.unitOfWork.run(person, { name: 'ask-for-match-model' }, async (tx) => {
      await lockModels(tx.db);
      const { row, model, inForce } = await chosen(tx, modelId);
      return requestApproval(tx, {
        action: PUT_MODEL_IN_FORCE,
        subjectType: 'match-model',
        subjectId: modelId,
        summary: `Score every fit by the model ${row.name}. ${measuredWords(model, inForce)}`,
        payload: { modelId, hash: row.hash, switchReason: reason, askedById: person.accountId },
        reason,
        requestedById: person.accountId,
      });
    });
  }

  /** Goes back to a model that was in force before, at once. Refuses with NOT_FOUND, MODEL_IN_FORCE, MODEL_NEVER_IN_FORCE, MODEL_BROKEN. */
  async goBack(person: Person, input: z.input<typeof Choice>): Promise<string> {
    const { modelId, reason } = parseInput(Choice, input);
    return this.unitOfWork.run(person, { name: 'go-back-to-match-model' }, async (tx) => {
      await lockModels(tx.db);
      const { row } = await chosen(tx, modelId);
      // One model is in force: whichever another person was asked about would replace this one.
      await overtakeWaiting(tx, { action: PUT_MODEL_IN_FORCE });
      return putInForce(tx, row, { kind: 'BACK', reason, byId: person.accountId });
    });
  }
}

/** Puts in force what was approved, if it still is what was read. */
async function putApproved(
  tx: Tx,
  payload: z.output<typeof Payload>,
  approvalRequestId: string,
): Promise<void> {
  const { switchReason, askedById } = payload;
  await lockModels(tx.db);
  const row = await chosenAsAsked(tx, payload);
  await putInForce(tx, row, { kind: 'APPROVED', reason: switchReason, byId: askedById, approvalRequestId });
}

/** The model that was asked for, still not in force. Refuses with NOT_FOUND, MODEL_IN_FORCE, MODEL_BROKEN. */
async function chosenAsAsked(
  read: Pick<Read, 'db'>,
  { modelId, hash }: z.output<typeof Payload>,
): Promise<ModelRecord> {
  const { row } = await chosen(read, modelId);
  if (row.hash === hash) return row;
  throw new Refused('MODEL_BROKEN', 'This is not the model that was asked for.');
}

/** A kept model that is not in force. Who writes locks the models before, so that nobody else changes what is. */
async function chosen(
  { db }: Pick<Read, 'db'>,
  id: string,
): Promise<{ row: ModelRecord; model: Model; inForce: Model }> {
  const row = await findModel(db, id);
  if (!row) throw notFound('model');
  const model = orRefuse(checkedModel(row.content, hex));
  const inForce = await modelInForce(db);
  if (inForce.hash === row.hash)
    throw new Refused('MODEL_IN_FORCE', 'This model is in force already. Nothing was changed.');
  return { row, model, inForce };
}

/** What was measured of a model, for who decides. */
function measuredWords({ metrics }: Model, inForce: Model): string {
  if (!metrics) return 'Its weights were set by hand.';
  const { gain, openings, before } = metrics;
  const signed = (number: number) => `${number < 0 ? '\u2212' : '+'}${Math.abs(number).toFixed(3)}`;
  const other =
    before.modelId === inForce.id
      ? ''
      : ` It was measured beside ${before.modelId}, and in force is ${inForce.id}.`;
  return `On ${openings} later openings it changed nDCG@10 by ${signed(gain.mean)} (95 % interval ${signed(gain.low)} to ${signed(gain.high)}).${other}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
