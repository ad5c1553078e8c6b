import { fromJsonResume, type ProfileDraft } from '@tallystick/domain';
import { counted } from '../../lib/words';

/** What a JSON Resume holds, in words; nothing where it cannot be read. */
export function partsIn(resume: string): string[] {
  const read = fromJsonResume(resume);
  return read.ok ? partsOf(read.value) : [];
}

function partsOf({
  headline,
  bio,
  country,
  skills,
  languages,
  affiliations,
  evidence,
}: ProfileDraft): string[] {
  return [
    headline && 'a headline',
    bio && 'a text about you',
    country && 'a country',
    skills.length > 0 && counted(skills.length, 'skill'),
    languages.length > 0 && counted(languages.length, 'language'),
    affiliations.length > 0 && counted(affiliations.length, 'place of work', 'places of work'),
    evidence.length > 0 && counted(evidence.length, 'item to show', 'items to show'),
  ].flatMap((part) => (part ? [part] : []));
}
