/** Legal forms, with which names of organisations end. */
const LEGAL_FORMS = new Set(
  (
    'inc incorporated llc llp lp ltd limited plc pbc corp corporation co company gmbh ggmbh mbh ag kg ohg gbr se ug ev sa sau sas sarl ' +
    'srl sl slu snc scs pfa spa sro bv nv ab as asa oy oyj aps pty pte kk ou doo zrt kft'
  ).split(' '),
);
/** Words that join or begin a name and tell nobody apart. */
const JOINING = new Set(['the', 'and', 'und', 'et', 'y']);

/**
 * The name of an organisation as it is compared: the same for NimbusLabs, “Nimbus Labs”, “The NIMBUS-LABS, Inc.”, and for
 * “Bell & Howell” and “Bell and Howell Co.”. Without case, marks, spaces, joining words and legal forms at its end.
 */
export function organisationKey(name: string): string {
  return tellingWords(name).join('');
}

/** The words of a name as they are compared. */
export function tellingWords(name: string): string[] {
  const words =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      // S.A., L.L.C.: letters with dots are one word; an apostrophe is inside one.
      .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !JOINING.has(word));
  let end = telling.length;
  while (end > 1 && LEGAL_FORMS.has(telling[end - 1] ?? '')) end--;
  return telling.length > 0 ? telling.slice(0, end) : words;
}
