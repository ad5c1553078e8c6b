import { Injectable } from '@nestjs/common';
import { fillIn, fromJsonResume, languageNamed, type Additions, type ProfileDraft } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse } from '../../../platform/errors/refused';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findExpert, listsOf, replaceLists, updateExpert, type ProfileLists } from '../expert.repository';

/** An expert fills their profile in from a JSON Resume; what they typed before stays. */
@Injectable()
export class ImportResume {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns the parts of the file that were not taken. A file that cannot be read changes nothing. */
  async run(person: Person, resume: string, idempotencyKey: string): Promise<string[]> {
    const draft = orRefuse(fromJsonResume(resume));
    return this.unitOfWork.run(person, { name: 'import-resume', idempotencyKey, input: resume }, (tx) =>
      store(tx, person.expertId ?? '', draft),
    );
  }
}

async function store(tx: Tx, expertId: string, draft: ProfileDraft): Promise<string[]> {
  const expert = await findExpert(tx.db, expertId);
  const standing = (await listsOf(tx.db, [expertId])).get(expertId);
  if (!expert || !standing) throw notFound('profile');
  const added = fillIn({ ...expert, ...standing }, { ...draft, languages: byName(draft.languages) });
  await updateExpert(tx.db, expertId, { headline: added.headline, bio: added.bio }, tx.now);
  await replaceLists(tx.db, expertId, together(standing, added), tx.newId);
  tx.record({
    subjectType: 'expert',
    subjectId: expertId,
    facts: {
      skills: added.skills.length,
      languages: added.languages.length,
      affiliations: added.affiliations.length,
      evidence: added.evidence.length,
    },
    expertId,
  });
  tx.enqueue({ queue: 'matching', name: 'expert-changed', payload: { expertId } });
  return added.leftOut;
}

/** By the names under which languages are kept; what is none stays as it is, until the profile is saved. */
function byName(languages: ProfileDraft['languages']): ProfileDraft['languages'] {
  return languages.map(({ language, level }) => ({ language: languageNamed(language) ?? language, level }));
}

function together(standing: ProfileLists, added: Additions): ProfileLists {
  return {
    skills: [...standing.skills, ...added.skills.map((label) => ({ label, conceptId: null }))],
    languages: [...standing.languages, ...added.languages],
    affiliations: [
      ...standing.affiliations,
      ...added.affiliations.map((each) => ({
        ...each,
        startsOn: dateOf(each.startsOn),
        endsOn: dateOf(each.endsOn),
      })),
    ],
    evidence: [...standing.evidence, ...added.evidence.map((each) => ({ ...each, id: '' }))],
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(`${text}T00:00:00Z`);
}
