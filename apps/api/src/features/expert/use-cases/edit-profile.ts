import { Injectable } from '@nestjs/common';
import { CEFR_LEVELS, CHOOSE_COUNTRY, isCountry, isCurrency, isDate, isTimeZone } from '@tallystick/domain';
import { z } from 'zod';
import type { Person } from '../../../platform/access/actor';
import { notFound, parseInput, Refused } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { knownConcepts } from '../../taxonomy/taxonomy.public';
import { spokenLanguage } from '../../../platform/graphql/spoken-language';
import { findExpert, replaceLists, updateExpert, type ProfileLists } from '../expert.repository';

const day = z.string().refine(isDate, 'choose a day').nullish();
const Input = z.object({
  displayName: z.string().trim().min(2, 'write the name that labs will see').max(120),
  headline: z.string().trim().max(160),
  bio: z.string().trim().max(4000),
  country: z.string().refine(isCountry, CHOOSE_COUNTRY),
  timeZone: z.string().refine(isTimeZone, 'choose a time zone from the list'),
  workHours: z
    .object({
      days: z.array(z.number().int().min(1).max(7)).min(1, 'choose the days').max(7),
      fromMinute: z.number().int().min(0).max(1439),
      toMinute: z.number().int().min(0).max(1439),
    })
    .nullish(),
  authorisedIn: z
    .array(z.string().refine(isCountry, CHOOSE_COUNTRY))
    .max(60, 'at most 60 countries')
    .nullish(),
  hoursPerWeek: z.number().int().min(1, 'offer at least one hour').max(60, 'at most 60 hours a week'),
  minimumRateMinor: z.string().regex(/^\d{1,12}$/, 'write an amount'),
  rateCurrency: z.string().refine(isCurrency, 'choose a currency from the list'),
  isVisibleToLabs: z.boolean(),
  skills: z
    .array(z.object({ label: z.string().trim().min(1).max(80), conceptId: z.string().nullish() }))
    .max(100, 'at most 100 skills'),
  languages: z.array(z.object({ language: spokenLanguage, level: z.enum(CEFR_LEVELS) })).max(20),
  affiliations: z
    .array(
      z
        .object({
          organisation: z.string().trim().min(1).max(120),
          title: z.string().trim().max(120),
          startsOn: day,
          endsOn: day,
        })
        .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn, {
          error: 'the last day lies before the first',
          path: ['endsOn'],
        }),
    )
    .max(50),
  evidence: z
    .array(
      z.object({
        kind: z.enum(['WORK', 'EDUCATION', 'PUBLICATION', 'PROJECT']),
        title: z.string().trim().min(1).max(200),
        text: z.string().trim().max(4000),
      }),
    )
    .max(100),
  idempotencyKey: z.string(),
});

export type EditProfileInput = z.input<typeof Input>;

/** An expert writes their profile by hand. */
@Injectable()
export class EditProfile {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, input: EditProfileInput): Promise<void> {
    const { skills, languages, affiliations, evidence, idempotencyKey, ...given } = parseInput(Input, input);
    const { minimumRateMinor, workHours, authorisedIn, ...own } = given;
    const lists: ProfileLists = {
      skills: skills.map(({ label, conceptId }) => ({ label, conceptId: conceptId ?? null })),
      languages,
      affiliations: affiliations.map((each) => ({
        ...each,
        startsOn: dateOf(each.startsOn),
        endsOn: dateOf(each.endsOn),
      })),
      evidence: evidence.map((each) => ({ ...each, id: '' })),
    };
    const expertId = person.expertId ?? '';
    const changes = {
      ...own,
      minimumRateMinor: BigInt(minimumRateMinor),
      authorisedIn: [...new Set(authorisedIn)].sort(),
      workDays: [...new Set(workHours?.days)].sort((a, b) => a - b),
      ...(workHours && { workFromMinute: workHours.fromMinute, workToMinute: workHours.toMinute }),
    };
    await this.unitOfWork.run(person, { name: 'edit-profile', idempotencyKey, input }, async (tx) => {
      if (!(await findExpert(tx.db, expertId))) throw notFound('profile');
      await checkConcepts(tx, lists.skills);
      await updateExpert(tx.db, expertId, changes, tx.now);
      await replaceLists(tx.db, expertId, lists, tx.newId);
      tx.record({
        subjectType: 'expert',
        subjectId: expertId,
        facts: { changed: Object.keys({ ...own, ...lists }).sort() },
        expertId,
      });
      tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
    });
  }
}

/** Refuses a skill that names a concept which the taxonomy does not have. */
async function checkConcepts(tx: Tx, skills: ProfileLists['skills']): Promise<void> {
  const known = await knownConcepts(
    tx.db,
    skills.flatMap(({ conceptId }) => conceptId ?? []),
  );
  const wrong = skills.findIndex(({ conceptId }) => conceptId !== null && !known.has(conceptId));
  if (wrong >= 0)
    throw new Refused('CONCEPT_UNKNOWN', 'Choose this skill from the list again, or write it without one.', {
      field: `skills.${wrong}`,
    });
}

function dateOf(text: string | null | undefined): Date | null {
  return text ? new Date(`${text}T00:00:00Z`) : null;
}
