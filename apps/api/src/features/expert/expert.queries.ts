import { Injectable } from '@nestjs/common';
import type { Actor, Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { isId } from '../../platform/ids/ids';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import {
  expertsNamed,
  findExpert,
  findExperts,
  listsOf,
  type ExpertRecord,
  type ProfileLists,
} from './expert.repository';

/** As many as a list to choose from shows. */
const MOST_NAMED = 20;

export type Profile = ExpertRecord & ProfileLists;

/** What profile pages show. */
@Injectable()
export class ExpertQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A profile: one's own, for staff any, for a lab those that consent to be shown. */
  async profile(person: Person, expertId: string): Promise<Profile> {
    if (!isId(expertId)) throw notFound('profile');
    return this.unitOfWork.readAs(person, async ({ db }) => {
      const expert = await findExpert(db, expertId);
      const isOwn = expert?.id === person.expertId;
      const isShown =
        isOwn ||
        person.staffRoles.length > 0 ||
        (person.labId !== undefined && expert !== null && isShownToLabs(expert));
      if (!expert || !isShown) throw notFound('profile');
      const lists = (await listsOf(db, [expertId])).get(expertId);
      return { ...expert, ...(lists ?? { skills: [], languages: [], affiliations: [], evidence: [] }) };
    });
  }

  /** One's own profile as labs see it: the same rule and the same columns; null where they do not. */
  async asLabsSeeIt(person: Person): Promise<Profile | null> {
    const profile = await this.profile(person, person.expertId ?? '');
    return isShownToLabs(profile) ? profile : null;
  }

  /** Experts with a part of a name, by name, at most 20: for who chooses one. A part of one letter finds nobody. */
  async named(person: Person, part: string): Promise<Pick<ExpertRecord, 'id' | 'displayName' | 'country'>[]> {
    const asked = part.trim();
    if (asked.length < 2) return [];
    return this.unitOfWork.readAs(person, ({ db }) => expertsNamed(db, asked, MOST_NAMED));
  }

  /** Experts by their ids, for edges; row-level security says which the actor sees. */
  async byIds(actor: Actor, ids: readonly string[]): Promise<ExpertRecord[]> {
    return this.unitOfWork.readAs(actor, ({ db }) => findExperts(db, ids));
  }
}

/** Labs see those who consent and who may work. */
function isShownToLabs({ isVisibleToLabs, state }: ExpertRecord): boolean {
  return isVisibleToLabs && state === 'ACTIVE';
}
