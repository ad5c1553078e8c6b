import { clockOf } from '../date/clock';

/** What an opening asks for beside skills, credentials, languages and countries. */
export interface Conditions {
  readonly isOnshore: boolean;
  readonly needsAuthorisation: boolean;
  readonly isExclusive: boolean;
  readonly overlap?: {
    readonly hours: number;
    readonly timeZone: string;
    readonly fromMinute: number;
    readonly toMinute: number;
  } | null;
}

/** The conditions in sentences, as both sides read them. */
export function conditionSentences({
  isOnshore,
  needsAuthorisation,
  isExclusive,
  overlap,
}: Conditions): string[] {
  const sentences: [boolean, string][] = [
    [isOnshore, 'The work stays in the country of the lab.'],
    [needsAuthorisation, 'The right to work where one is, without a permit from the lab.'],
    [isExclusive, 'Exclusive: no work for another lab meanwhile.'],
  ];
  return [
    ...sentences.flatMap(([holds, sentence]) => (holds ? [sentence] : [])),
    ...(overlap
      ? [
          `At work ${overlap.hours} hours a week between ${clockOf(overlap.fromMinute)} and ${clockOf(overlap.toMinute)}, Monday to Friday, in ${overlap.timeZone.replaceAll('_', ' ')}.`,
        ]
      : []),
  ];
}
