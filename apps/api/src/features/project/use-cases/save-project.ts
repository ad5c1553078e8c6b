import { Injectable } from '@nestjs/common';
import {
  CEFR_LEVELS,
  checkOpeningNumbers,
  isCredentialType,
  CHOOSE_COUNTRY,
  isCountry,
  isDate,
  isTimeZone,
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
import { spokenLanguage } from '../../../platform/graphql/spoken-language';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findLab } from '../../lab/lab.public';
import { findProject, putProject, replaceOpenings } from '../project.repository';

const codes = <T extends string>(record: Record<T, unknown>) => z.enum(Object.keys(record) as [T, ...T[]]);
const amount = z.string().regex(/^\d{1,12}$/, 'write an amount');
const minute = z.number().int().min(0).max(1439);
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
  countries: z.array(z.string().refine(isCountry, CHOOSE_COUNTRY)).max(60),
  isOnshore: z.boolean().nullish(),
  needsAuthorisation: z.boolean().nullish(),
  isExclusive: z.boolean().nullish(),
  overlap: z
    .object({
      hours: z.number().int().min(1, 'ask for at least one hour').max(60, 'at most 60 hours a week'),
      timeZone: z.string().refine(isTimeZone, 'choose a time zone from the list'),
      fromMinute: minute,
      toMinute: minute,
    })
    .refine(({ hours, fromMinute, toMinute }) => hours * 60 <= 5 * lengthOf(fromMinute, toMinute), {
      error: 'the window is shorter than that',
      path: ['hours'],
    })
    .nullish(),
  evaluatedWorks: z.array(z.string().trim().min(3).max(300)).max(50, 'at most 50 works').nullish(),
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
        issuers: z.array(z.string().trim().min(2).max(120)).max(10, 'at most 10 issuers').nullish(),
      }),
    )
    .max(10),
  languages: z.array(z.object({ language: spokenLanguage, level: z.enum(CEFR_LEVELS) })).max(10),
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
      const country = (await findLab(tx.db, labId))?.country;
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
          ...columnsOf(layer),
          // Onshore work stays in the lab's own country, whatever was named before.
          countries: layer.isOnshore && country ? [country] : layer.countries,
          id: layerIds[index] ?? tx.newId(),
          projectId: id,
          labId,
          state: 'DRAFT',
          createdAt: tx.now,
          startsOn: new Date(`${layer.startsOn}T00:00:00Z`),
          skills: layer.skills.map((skill) => ({ ...skill, conceptId: skill.conceptId ?? null })),
          credentials: layer.credentials.map(({ type, jurisdiction, issuers }) => ({
            type,
            jurisdiction: jurisdiction ?? null,
            issuers: issuers ?? [],
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

/** Minutes of a window; one that ends before it begins goes past midnight. */
function lengthOf(from: number, to: number): number {
  return to > from ? to - from : to - from + 1440;
}

type Beyond = 'overlap' | 'isOnshore' | 'needsAuthorisation' | 'isExclusive' | 'evaluatedWorks';

/** A layer with what it asks for beyond numbers, as it is stored. */
function columnsOf<T extends Pick<z.output<typeof Opening>, Beyond>>({ overlap, ...layer }: T) {
  return {
    ...layer,
    isOnshore: layer.isOnshore ?? false,
    needsAuthorisation: layer.needsAuthorisation ?? false,
    isExclusive: layer.isExclusive ?? false,
    evaluatedWorks: layer.evaluatedWorks ?? [],
    overlapHours: overlap?.hours ?? 0,
    overlapZone: overlap?.timeZone ?? 'UTC',
    overlapFromMinute: overlap?.fromMinute ?? 540,
    overlapToMinute: overlap?.toMinute ?? 1020,
  };
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
