type Item = Record<string, unknown>;

const TEXTS: Record<string, readonly string[]> = {
  basics: ['label', 'summary'],
  work: ['name', 'company', 'position', 'summary'],
  education: ['institution', 'area', 'studyType'],
  skills: ['name'],
  languages: ['language', 'fluency'],
  publications: ['name', 'publisher', 'summary'],
  projects: ['name', 'description'],
};
const LISTS: Record<string, readonly string[]> = {
  work: ['highlights'],
  education: ['courses'],
  skills: ['keywords'],
  projects: ['highlights'],
};
const DATES: Record<string, readonly string[]> = { work: ['startDate', 'endDate'] };

/**
 * The first field of a JSON Resume that cannot be read, with what it must be: `work.0.startDate: write ...`.
 * Undefined where all can. Fields that nothing here uses may hold anything; null and empty text count as absent.
 */
export function wrongField(resume: Item): string | undefined {
  if (isThere(resume.basics) && !isItem(resume.basics)) return 'basics: it must be an object';
  for (const part of new Set([...Object.keys(TEXTS), ...Object.keys(LISTS)])) {
    const items: [string, unknown][] =
      part === 'basics'
        ? [[part, resume.basics]]
        : ((resume[part] ?? []) as unknown[]).map((item, index) => [`${part}.${index}`, item]);
    for (const [place, item] of items) {
      const wrong = isItem(item) ? wrongIn(part, item) : undefined;
      if (wrong) return `${place}.${wrong}`;
    }
  }
  return undefined;
}

function wrongIn(part: string, item: Item): string | undefined {
  const text = TEXTS[part]?.find((name) => isThere(item[name]) && typeof item[name] !== 'string');
  if (text) return `${text}: it must be text`;
  const list = LISTS[part]?.find((name) => isThere(item[name]) && !isTexts(item[name]));
  if (list) return `${list}: it must be a list of texts`;
  const date = DATES[part]?.find((name) => isThere(item[name]) && !isDateText(item[name]));
  if (date) return `${date}: write it as 2014, 2014-06 or 2014-06-29`;
  return undefined;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Many files say `Present` where JSON Resume leaves the last day out. */
function isDateText(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|present|current|now)$/i.test(value.trim())
  );
}
