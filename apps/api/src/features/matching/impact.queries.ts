import { Injectable } from '@nestjs/common';
import {
  ETHNICITIES,
  impactRatios,
  LEAST_IN_GROUP,
  SEXES,
  tellable,
  type ImpactRatio,
} from '@tallystick/domain';
import type { Person } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { groupOutcomes, type GroupOutcomes } from './impact.repository';

const DAY_MS = 86_400_000;
/** Impact ratios are told of a year: an audit is due each year (New York City's Local Law 144 of 2021). */
export const IMPACT_DAYS = 365;

/** What may happen to an expert, and to whom it may happen. */
const STAGES = [
  { stage: 'SHOWN', people: ({ experts }: GroupOutcomes) => experts, selected: 'shown' },
  { stage: 'INVITED', people: ({ shown }: GroupOutcomes) => shown, selected: 'invited' },
  { stage: 'ENGAGED', people: ({ shown }: GroupOutcomes) => shown, selected: 'engaged' },
] as const;
const QUESTIONS = ['SEX', 'ETHNICITY', 'BOTH'];
const WORDS: Readonly<Record<string, string>> = { ...SEXES, ...ETHNICITIES };

/** How the groups that answered one question fare at one stage. */
export interface ImpactTable {
  readonly question: string;
  readonly stage: string;
  readonly groups: readonly ImpactRatio[];
}

/** Whether matching treats the groups that experts volunteered alike; counts alone, never a row of anybody. */
@Injectable()
export class ImpactQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One table for each question and stage with a group that is large enough; at most nine. */
  async tables(person: Person): Promise<ImpactTable[]> {
    const counted = await this.unitOfWork.readAs(person, ({ db, now }) =>
      groupOutcomes(db, new Date(now.getTime() - IMPACT_DAYS * DAY_MS)),
    );
    const found = tellable(counted);
    return QUESTIONS.flatMap((question) => {
      const groups = found.filter((each) => each.question === question);
      return STAGES.map(({ stage, people, selected }) => ({
        question,
        stage,
        groups: impactRatios(
          groups.flatMap((group) => {
            const count = group[selected];
            return count === null || people(group) < LEAST_IN_GROUP
              ? []
              : { group: wordsOf(group.answer), people: people(group), selected: count };
          }),
        ),
      })).filter(({ groups: told }) => told.length > 0);
    });
  }
}

function wordsOf(answer: string): string {
  return answer
    .split('/')
    .map((code) => WORDS[code] ?? code)
    .join(', ');
}
