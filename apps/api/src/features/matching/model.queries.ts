import { Injectable } from '@nestjs/common';
import { concentrationOf, type Concentration } from '@tallystick/domain';
import { checkedModel, type Model } from '@tallystick/matching';
import type { Person } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { approvalsOf } from '../audit/audit.public';
import {
  HAND_MODEL,
  hex,
  listModels,
  listModelSwitches,
  newestModelSwitch,
  type ListedModel,
  type ListedSwitch,
} from './model.repository';
import { countShowable, exposuresSince } from './outcome.repository';
import { PUT_MODEL_IN_FORCE } from './use-cases/switch-model';

const DAY_MS = 86_400_000;
/** Exposure is told of the last four weeks. */
export const EXPOSURE_DAYS = 28;

/** A model as its page shows it. */
export interface ModelShown extends Omit<ListedModel, 'content'> {
  readonly model: Model;
  readonly isInForce: boolean;
  /** Whether it is wholly valid, its hash fits and this release scores all that it weighs. */
  readonly isUsable: boolean;
  /** Whether somebody asked to put it in force and nobody has decided. */
  readonly isAsked: boolean;
}

/** How evenly experts were shown to labs. */
export interface ExposureShown extends Concentration {
  readonly experts: number;
  readonly shown: number;
}

/** What the page of the model shows. */
@Injectable()
export class ModelQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Every kept model, the newest hundred, that in force first; and what was switched, newest first, at most a hundred. */
  async models(person: Person): Promise<{ models: ModelShown[]; switches: ListedSwitch[] }> {
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const rows = await listModels(db);
      const inForceId = (await newestModelSwitch(db))?.modelId;
      const asked = await approvalsOf(
        { db, now },
        PUT_MODEL_IN_FORCE,
        rows.map(({ id }) => id),
      );
      const models = rows.map(({ content, ...row }) => ({
        ...row,
        ...shownOf(content),
        isInForce: row.id === inForceId,
        isAsked: asked.get(row.id)?.state === 'PENDING',
      }));
      return {
        models: [...(models.some(({ isInForce }) => isInForce) ? [] : [releaseModel(now)]), ...models].sort(
          (a, b) => Number(b.isInForce) - Number(a.isInForce),
        ),
        switches: await listModelSwitches(db),
      };
    });
  }

  /** How evenly labs were shown the experts whom they may see, over the last 28 days. */
  async exposure(person: Person): Promise<ExposureShown> {
    return this.unitOfWork.readAs(person, async ({ db, now }) => {
      const exposures = await exposuresSince(db, new Date(now.getTime() - EXPOSURE_DAYS * DAY_MS));
      const experts = Math.max(await countShowable(db), exposures.size);
      return { experts, shown: exposures.size, ...concentrationOf([...exposures.values()], experts) };
    });
  }
}

/** A model as it can be shown: the window and metrics of one that this release cannot use may be anything. */
function shownOf(content: unknown): Pick<ModelShown, 'model' | 'isUsable'> {
  const checked = checkedModel(content, hex);
  if (checked.ok) return { model: checked.value, isUsable: true };
  return { model: { ...(content as Model), window: null, metrics: null }, isUsable: false };
}

/** The release's own, before the worker has kept it. */
function releaseModel(now: Date): ModelShown {
  const { id: name, hash } = HAND_MODEL;
  const row = { id: name, name, hash, addedByName: null, addedAt: now, wasInForce: false };
  return { ...row, model: HAND_MODEL, isInForce: true, isUsable: true, isAsked: false };
}
