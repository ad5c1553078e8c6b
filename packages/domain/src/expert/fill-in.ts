import type { ProfileDraft } from './json-resume';

interface Skill {
  readonly label: string;
}
interface Language {
  readonly language: string;
}
interface Affiliation {
  readonly organisation: string;
  readonly title: string;
}
interface Evidence {
  readonly kind: string;
  readonly title: string;
}

/** A profile as it stands, as far as an import touches it. */
export interface StandingProfile {
  readonly headline: string;
  readonly bio: string;
  readonly country: string;
  readonly skills: readonly Skill[];
  readonly languages: readonly Language[];
  readonly affiliations: readonly Affiliation[];
  readonly evidence: readonly Evidence[];
}

/** What an import adds to a profile; what stands in it stays. */
export interface Additions extends Pick<
  ProfileDraft,
  'headline' | 'bio' | 'skills' | 'languages' | 'affiliations' | 'evidence'
> {
  /** Parts of the file that were not taken, with the reason where there is one. */
  readonly leftOut: string[];
}

/** The most that a profile holds of each list. */
export const PROFILE_LIMITS = { skills: 100, languages: 20, affiliations: 50, evidence: 100 } as const;

/** Fills a profile in from a draft: empty fields are written, new items added, nothing that a person typed is lost. */
export function fillIn(profile: StandingProfile, draft: ProfileDraft): Additions {
  const leftOut = [...draft.leftOut];
  const field = (has: string, given: string, part: string, name: string) => {
    if (has === '' || given === '' || given === has) return has === '' ? given : has;
    leftOut.push(`${part}: you have a ${name} already`);
    return has;
  };
  const added = <T, S>(
    part: keyof typeof PROFILE_LIMITS,
    has: readonly S[],
    given: T[],
    key: (item: T | S) => string,
  ) => {
    const known = new Set(has.map((item) => key(item).toLowerCase()));
    const fresh = given.filter((item) => {
      const own = key(item).toLowerCase();
      return !known.has(own) && known.add(own);
    });
    const room = Math.max(0, PROFILE_LIMITS[part] - has.length);
    if (fresh.length > room)
      leftOut.push(`${part}: ${fresh.length - room} of them, a profile holds ${PROFILE_LIMITS[part]}`);
    return fresh.slice(0, room);
  };
  if (draft.country && draft.country !== profile.country)
    leftOut.push(`basics.location.countryCode: your profile says ${profile.country}`);
  return {
    headline: field(profile.headline, draft.headline, 'basics.label', 'headline'),
    bio: field(profile.bio, draft.bio, 'basics.summary', 'description of yourself'),
    skills: added(
      'skills',
      profile.skills.map(({ label }) => label),
      draft.skills,
      (label) => label,
    ),
    languages: added('languages', profile.languages, draft.languages, ({ language }) => language),
    affiliations: added(
      'affiliations',
      profile.affiliations,
      draft.affiliations,
      ({ organisation, title }) => `${organisation}\n${title}`,
    ),
    evidence: added('evidence', profile.evidence, draft.evidence, ({ kind, title }) => `${kind}\n${title}`),
    leftOut,
  };
}
