import type { Db } from '../../platform/prisma/database';
import { applicationStates } from '../application/application.public';
import { engagementsIn } from '../engagement/engagement.public';

/** Where an expert stands with an opening that they applied to. */
export interface Standing {
  /** APPLIED, OFFERED, ENGAGED, ENDED, DECLINED or WITHDRAWN. */
  readonly state: string;
  readonly appliedAt: Date;
  /** The contract, where there is or was one. */
  readonly engagementId: string | null;
}

/** Where an expert stands with the openings that they applied to, by opening; only some openings where named. */
export async function standingsOf(
  db: Db,
  expertId: string,
  openingIds?: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const applications = await applicationStates(db, expertId, openingIds);
  const engagements = new Map(
    (
      await engagementsIn(
        db,
        expertId,
        applications.filter(({ state }) => state === 'ENGAGED').map(({ openingId }) => openingId),
      )
    ).map((each) => [each.openingId, each]),
  );
  return new Map(
    applications.map(({ openingId, state, createdAt }) => {
      const engagement = engagements.get(openingId);
      return [
        openingId,
        {
          state: engagement?.state === 'ENDED' ? 'ENDED' : state,
          appliedAt: createdAt,
          engagementId: engagement?.id ?? null,
        },
      ];
    }),
  );
}
