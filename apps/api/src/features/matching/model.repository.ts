import { checkedModel, HAND_WEIGHTS, sealedModel, type Model } from '@tallystick/matching';
import { sha256 } from '../../platform/crypto/digest';
import { orRefuse } from '../../platform/errors/refused';
import type { Prisma, Db } from '../../platform/prisma/database';

/** RELEASE: the product brought it. APPROVED: one asked, another approved. BACK: one person went back. */
export type SwitchKind = 'RELEASE' | 'APPROVED' | 'BACK';

/** A model as it is kept. */
export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly content: unknown;
  readonly addedById: string | null;
  readonly addedAt: Date;
}

/** Which model is in force since when, and why. */
export interface ModelSwitchRecord {
  readonly id: string;
  readonly modelId: string;
  readonly kind: string;
  readonly reason: string;
  readonly byId: string | null;
  readonly approvalRequestId: string | null;
  readonly at: Date;
}

/** SHA-256 of a text, in hex. */
export const hex = (text: string): string => sha256(text).toString('hex');

/** The model that this release brings, set by hand. */
export const HAND_MODEL: Model = sealedModel(
  { ...HAND_WEIGHTS, window: null, metrics: null, calibration: null },
  hex,
);

/** The newest switch; null where nothing was put in force yet. */
export async function newestModelSwitch(db: Db): Promise<ModelSwitchRecord | null> {
  return db.matchModelSwitch.findFirst({ orderBy: { place: 'desc' } });
}

/**
 * The model in force: the release's own until one is put in force. Refuses with MODEL_BROKEN where it is not
 * wholly valid, its hash does not fit its content, or it weighs other parts than this release scores.
 */
export async function modelInForce(db: Db): Promise<Model> {
  const [row] = await db.$queryRaw<{ content: unknown }[]>`
    SELECT m.content FROM match_model_switch s JOIN match_model m ON m.id = s.model_id ORDER BY s.place DESC LIMIT 1`;
  return row ? orRefuse(checkedModel(row.content, hex)) : HAND_MODEL;
}

/** A model by its id. */
export async function findModel(db: Db, id: string): Promise<ModelRecord | null> {
  return db.matchModel.findUnique({ where: { id } });
}

/** A model by the name that stands in answers. */
export async function findModelNamed(db: Db, name: string): Promise<ModelRecord | null> {
  return db.matchModel.findUnique({ where: { name } });
}

/** Keeps a model, for good. */
export async function insertModel(
  db: Db,
  { id, model, addedById, addedAt }: Pick<ModelRecord, 'id' | 'addedById' | 'addedAt'> & { model: Model },
): Promise<void> {
  const content = model as unknown as Prisma.InputJsonValue;
  await db.matchModel.create({ data: { id, name: model.id, hash: model.hash, content, addedById, addedAt } });
}

/** Puts a model in force. */
export async function insertModelSwitch(
  db: Db,
  row: ModelSwitchRecord & { readonly kind: SwitchKind },
): Promise<void> {
  await db.matchModelSwitch.create({ data: row });
}

/** One change of the model in force at a time. */
export async function lockModels(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1 AS locked FROM (SELECT pg_advisory_xact_lock(hashtextextended('match_model', 0))) taken`;
}

/** A model with what its page says beside it. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly content: unknown;
  readonly addedByName: string | null;
  readonly addedAt: Date;
  readonly wasInForce: boolean;
}

/** A switch with names. */
export interface ListedSwitch {
  readonly id: string;
  readonly modelName: string;
  readonly kind: string;
  readonly reason: string;
  readonly byName: string | null;
  readonly at: Date;
}

/** The newest hundred models. */
export async function listModels(db: Db): Promise<ListedModel[]> {
  return db.$queryRaw<ListedModel[]>`
    SELECT m.id, m.name, m.hash, m.content, a.name AS "addedByName", m.added_at AS "addedAt",
      EXISTS (SELECT 1 FROM match_model_switch s WHERE s.model_id = m.id) AS "wasInForce"
    FROM match_model m LEFT JOIN account a ON a.id = m.added_by_id ORDER BY m.added_at DESC, m.id DESC LIMIT 100`;
}

/** The newest hundred switches, newest first. */
export async function listModelSwitches(db: Db): Promise<ListedSwitch[]> {
  return db.$queryRaw<ListedSwitch[]>`
    SELECT s.id, m.name AS "modelName", s.kind, s.reason, a.name AS "byName", s.at
    FROM match_model_switch s JOIN match_model m ON m.id = s.model_id LEFT JOIN account a ON a.id = s.by_id
    ORDER BY s.place DESC LIMIT 100`;
}
