import { Link } from '@tanstack/react-router';
import type { LabProjectQuery } from '../../gql/graphql';
import { Notice } from '../../ui/notice';

type Skill = LabProjectQuery['project']['unmatchedSkills'][number];

/** Required skills that few or nobody will match, said before publishing; nothing where there is none. */
export function UnmatchedSkills({ project: { id, unmatchedSkills } }: Pick<LabProjectQuery, 'project'>) {
  if (unmatchedSkills.length === 0) return null;
  return (
    <Notice tone="warning">
      {unmatchedSkills.map((skill) => (
        <p key={skill.label}>{sentenceOf(skill)}</p>
      ))}
      <p>
        <Link to="/lab/projects/$id/edit" params={{ id }} search={{ step: 'layers' } as never}>
          Change the required skills
        </Link>{' '}
        or publish anyway.
      </p>
    </Notice>
  );
}

function sentenceOf({ label, isListed, isHeld }: Skill): string {
  if (isListed) return `No expert lists ${label} yet: nobody will match it today.`;
  return isHeld
    ? `${label} is not in the list of skills: only experts who wrote the same words match it.`
    : `${label} is not in the list of skills, and no expert lists it: nobody will match it.`;
}
