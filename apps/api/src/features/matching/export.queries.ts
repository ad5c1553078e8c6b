import { Injectable } from '@nestjs/common';
import type { ExpertDocument, OpeningDocument } from '@tallystick/matching';
import { system } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { expertDocuments, openingDocuments } from '../eligibility/eligibility.public';
import { openOpeningIds } from './matching.repository';

/** Lines of the two files that `npm run rank` reads: what the worker scores with, without names. */
@Injectable()
export class ExportQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Every active expert and every open opening, in the order of their ids. */
  async run(): Promise<{ experts: object[]; openings: object[] }> {
    return this.unitOfWork.readAs(system('export-matching'), async ({ db, now }) => {
      const experts = await expertDocuments(db, now);
      const openings = await openingDocuments(db, await openOpeningIds(db), now);
      return {
        experts: experts.map(expertLine).sort(byId),
        openings: openings.map(openingLine).sort(byId),
      };
    });
  }
}

function expertLine(expert: ExpertDocument) {
  const { id, headline, bio, skills, titles, languages, country, hoursPerWeek, rateCurrency } = expert;
  return {
    ...{ id, headline, bio, skills, titles, languages, country, hoursPerWeek, rateCurrency },
    evidence: expert.evidence.map(({ title, text }) => ({ title, text })),
    minimumRateMinor: expert.minimumRateMinor?.toString(),
    credentials: (expert.credentials ?? []).map(({ type, jurisdiction, state, expiresOn }) => ({
      ...{ type, jurisdiction, state, expiresOn },
    })),
    ...{ schedule: expert.schedule, engagedHours: expert.engagedHours },
    ...{ quality: expert.quality, timeliness: expert.timeliness },
  };
}

function openingLine(opening: OpeningDocument) {
  const { id, title, description, titles, currency, hoursPerWeek } = opening;
  const labels = (isRequired: boolean) =>
    opening.skills.filter((skill) => skill.isRequired === isRequired).map(({ label }) => label);
  return {
    ...{ id, title, description, titles, currency, hoursPerWeek },
    skills: labels(true),
    goodSkills: labels(false),
    credentials: (opening.credentials ?? []).map(({ type, jurisdiction }) => ({ type, jurisdiction })),
    rateMaxMinor: opening.rateMaxMinor?.toString(),
    languages: opening.languages,
    ...{ overlap: opening.overlap, firstDay: opening.firstDay, lastDay: opening.lastDay },
  };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
