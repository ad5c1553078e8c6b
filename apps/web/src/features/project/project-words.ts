import { CHANNELS, RUNGS, TASK_FAMILIES } from '@tallystick/domain';
import { words } from '../../lib/words';

const named = (table: Readonly<Record<string, string>>, code: string) => table[code] ?? words(code);

/** The kind of work in words. */
export const familyName = (code: string) => named(TASK_FAMILIES, code);

/** The channel in words. */
export const channelName = (code: string) => named(CHANNELS, code);

/** The rung in words. */
export const rungName = (code: string) =>
  code in RUNGS ? RUNGS[code as keyof typeof RUNGS].label : words(code);
