// An expert and an opening of which nothing is known but texts.

/** An expert with nothing but what is given. */
export function expertOf(id, given) {
  return {
    id,
    headline: '',
    bio: '',
    titles: [],
    skills: [],
    evidence: [],
    languages: [],
    country: null,
    ...given,
  };
}

/** An opening with nothing but what is given. */
export function openingOf(id, given) {
  return { id, title: '', description: '', titles: [], skills: [], ...given };
}
