import { CURRENCIES } from '@tallystick/domain';
import { z } from 'zod';
import { mustRunForwards } from '../errors/filter';
import { parseInput } from '../errors/refused';
import type { ExportList } from './export-lists';

/** What filters of exported lists are made of: each is a text of an address. */
export const filterOf = {
  id: z.uuid().optional(),
  instant: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .optional(),
  currency: z.enum(Object.keys(CURRENCIES)).optional(),
  isTrue: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
};

/**
 * What an address asks of a list. Refuses with INVALID_INPUT, naming the field and what is wrong with it for somebody who
 * wrote it by hand, and with DATES_BACKWARDS.
 */
export function readFilter<Filter extends object>(
  { name, filter }: ExportList<Filter>,
  query: Readonly<Record<string, unknown>>,
): Filter {
  const read = parseInput(filter, query, (issue) => wordsFor(issue, name, Object.keys(filter.shape)));
  mustRunForwards(read);
  return read;
}

const and = new Intl.ListFormat('en', { type: 'conjunction' });
const or = new Intl.ListFormat('en', { type: 'disjunction' });

function wordsFor(issue: z.core.$ZodRawIssue, list: string, known: readonly string[]): string {
  if (issue.code === 'unrecognized_keys')
    return `the list ${list} has no filter ${or.format(issue.keys)}; it has ${and.format(known)}`;
  return `the filter ${issue.path?.join('.') ?? ''} is not right: ${faultOf(issue)}`;
}

function faultOf(issue: z.core.$ZodRawIssue): string {
  if (Array.isArray(issue.input)) return 'write it once';
  if (issue.code === 'invalid_value') return `write ${or.format(issue.values.map(String))}`;
  if (issue.code === 'invalid_type') return 'write a whole number';
  if (issue.code === 'too_small') return `write ${issue.minimum} or more`;
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `write ${issue.maximum} characters at most`;
  if (issue.code === 'too_big') return `write ${issue.maximum} or less`;
  if (issue.code === 'invalid_format' && issue.format === 'uuid')
    return 'it is not an id; copy it whole from another page';
  if (issue.code === 'invalid_format' && issue.format === 'regex')
    return 'it is not a code; copy it whole from another page';
  return 'write a day and a time in UTC, like 2026-11-23T00:00:00Z';
}
