import { Injectable } from '@nestjs/common';
import {
  CEFR_LEVELS,
  checkOpeningNumbers,
  isCredentialType,
  isDate,
  LEVELS,
  recommendChannel,
  RUNGS,
  TASK_FAMILIES,
  type Rung,
  type TaskFamily,
} from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, parseInput, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findProject, putProject, replaceOpenings } from '../project.repository';

const codes = <T extends string>(record: Record<T, unknown>) => z.enum(Object.keys(record) as [T, ...T[]]);
const amount = z.string().regex(/^\d{1,12}$/, 'write an amount');
const Opening = z.object({
  title: z.string().trim().min(3, 'give the layer a title').max(120),
  description: z.string().trim().max(4000),
  rung: codes<Rung>(RUNGS),
  currency: z.string(),
  rateMinMinor: amount,
  rateMaxMinor: amount,
  seats: z.number(),
  hoursPerWeek: z.number(),
  weeks: z.number(),
  startsOn: z.string().refine(isDate, 'choose a day'),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'two letters each')).max(60),
  skills: z
    .array(
      z.object({
        label: z.string().trim().min(1).max(80),
        conceptId: z.string().nullish(),
        isRequired: z.boolean(),
      }),
    )
    .max(40),
  credentials: z
    .array(
      z.object({
        type: z.string().refine(isCredentialType, 'choose a kind from the list'),
        jurisdiction: z.string().max(10).nullish(),
      }),
    )
    .max(10),
  languages: z
    .array(z.object({ language: z.string().trim().min(2).max(40), level: z.enum(CEFR_LEVELS) }))
    .max(10),
});
const Input = z.object({
  id: z.uuid().nullish(),
  title: z.string().trim().min(3, 'give the project a title').max(120),
  summary: z.string().trim().min(10, 'say in a sentence what it is about').max(4000),
  taskFamily: codes<TaskFamily>(TASK_FAMILIES),
  scarcity: z.enum(LEVELS),
  sensitivity: z.enum(LEVELS),
  control: z.enum(LEVELS),
  unpaidParts: z.string().trim().max(1000),
  monitoring: z.string().trim().max(1000),
  contentWarning: z.string().trim().max(1000),
  openings: z.array(Opening).max(20, 'at most 20 layers'),
  idempotencyKey: z.string(),
});

export type SaveProjectInput = z.input<typeof Input>;

/** Writes a draft with its layers. A published project is not changed: people applied to what it said. */
@Injectable()
export class SaveProject {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the project's id. */
  async run(person: Person, input: SaveProjectInput): Promise<string> {
    const { id: given, openings, idempotencyKey, ...own } = parseInput(Input, input);
    const layers = openings.map((opening, index) => ({ ...opening, ...checkedNumbers(opening, index) }));
    const labId = person.labId ?? '';
    return this.unitOfWork.run(person, { name: 'save-project', idempotencyKey, input }, async (tx) => {
      const before = given ? await findProject(tx.db, given) : null;
      if (given && before?.labId !== labId) throw notFound('project');
      if (before && before.state !== 'DRAFT')
        throw new Refused(
          'STATE_CHANGED',
          'This project is published. Close it and post a new one to change what it says.',
        );
      const id = before?.id ?? tx.newId();
      // Layers are read by the order of their ids; ids of one moment have none of their own.
      const layerIds = layers.map(() => tx.newId()).sort();
      await putProject(tx.db, {
        ...own,
        id,
        labId,
        channel: recommendChannel(own).channel,
        state: 'DRAFT',
        createdById: person.accountId,
        createdAt: tx.now,
      });
      await replaceOpenings(
        tx.db,
        id,
        layers.map((layer, index) => ({
          ...layer,
          id: layerIds[index] ?? tx.newId(),
          projectId: id,
          labId,
          state: 'DRAFT',
          createdAt: tx.now,
          startsOn: new Date(`${layer.startsOn}T00:00:00Z`),
          skills: layer.skills.map((skill) => ({ ...skill, conceptId: skill.conceptId ?? null })),
          credentials: layer.credentials.map(({ type, jurisdiction }) => ({
            type,
            jurisdiction: jurisdiction ?? null,
          })),
        })),
        tx.newId,
      );
      tx.record({
        subjectType: 'project',
        subjectId: id,
        from: before?.state ?? null,
        to: 'DRAFT',
        facts: { openings: layers.length },
        words: { title: own.title },
        labId,
      });
      return id;
    });
  }
}

/** The numbers of a layer, checked; a refusal names the layer and its field. */
function checkedNumbers(opening: z.output<typeof Opening>, index: number) {
  const numbers = {
    ...opening,
    rateMinMinor: BigInt(opening.rateMinMinor),
    rateMaxMinor: BigInt(opening.rateMaxMinor),
  };
  const checked = checkOpeningNumbers(numbers);
  if (!checked.ok)
    throw new Refused(checked.refusal.code, checked.refusal.message, {
      field: `openings.${index}.${checked.refusal.field ?? ''}`,
    });
  const { rateMinMinor, rateMaxMinor, currency } = orRefuse(checked);
  return { rateMinMinor, rateMaxMinor, currency };
}
