import type { Db } from '../../platform/prisma/database';
import { skillsListedAmong } from '../expert/expert.public';
import { skillNamesAmong } from '../taxonomy/taxonomy.public';
import type { OpeningWithRequirements } from './project.repository';

/** A required skill that is not in the list of skills, or that no expert lists. */
export interface UnmatchedSkill {
  readonly label: string;
  readonly isListed: boolean;
  readonly isHeld: boolean;
}

/** The required skills of layers that few or nobody will match, in the order in which they are asked for. */
export async function unmatchedSkills(
  db: Db,
  openings: readonly Pick<OpeningWithRequirements, 'skills'>[],
): Promise<UnmatchedSkill[]> {
  const labels = [
    ...new Set(
      openings.flatMap(({ skills }) =>
        skills.filter(({ isRequired }) => isRequired).map(({ label }) => label),
      ),
    ),
  ];
  const spelled = labels.flatMap(spellings);
  const [listed, held] = [await skillNamesAmong(db, spelled), await skillsListedAmong(db, spelled)];
  return labels
    .map((label) => ({
      label,
      isListed: spellings(label).some((each) => listed.has(each)),
      isHeld: spellings(label).some((each) => held.has(each)),
    }))
    .filter(({ isListed, isHeld }) => !isListed || !isHeld);
}

/** A skill as it may be written: as it is, in small letters, with a capital at its head. */
function spellings(label: string): string[] {
  const small = label.toLowerCase();
  return [...new Set([label, small, small.charAt(0).toUpperCase() + small.slice(1)])];
}
