import { Link } from '@tanstack/react-router';
import { day } from '../../lib/time';
import { StateTag } from '../../ui/state-tag';

interface Standing {
  readonly state: string;
  readonly appliedAt: string;
  readonly engagementId?: string | null;
}

const WORDS: Readonly<Record<string, string>> = {
  OFFERED: 'You have an offer',
  ENGAGED: 'You work on this',
  ENDED: 'You worked on this',
  DECLINED: 'The lab declined your application',
  WITHDRAWN: 'You withdrew your application',
};

/** Where the expert stands with an opening that they applied to, and the way there. */
export function OwnStanding({
  standing: { state, appliedAt, engagementId },
}: {
  readonly standing: Standing;
}) {
  return (
    <span>
      <StateTag state={state} text={WORDS[state] ?? `You applied on ${day(appliedAt)}`} />{' '}
      {engagementId ? (
        <Link to="/expert/engagements/$id" params={{ id: engagementId }}>
          Open the engagement
        </Link>
      ) : (
        <Link to="/expert/applications">See where it stands</Link>
      )}
    </span>
  );
}
