import { CHANNELS, CREDENTIAL_TYPES, RUNGS, TASK_FAMILIES } from '@tallystick/domain';
import { words } from '../../lib/words';

const named = (table: Readonly<Record<string, string>>, code: string) => table[code] ?? words(code);

/** The kind of work in words. */
export const familyName = (code: string) => named(TASK_FAMILIES, code);

/** The channel in words. */
export const channelName = (code: string) => named(CHANNELS, code);

/** The rung in words. */
export const rungName = (code: string) =>
  code in RUNGS ? RUNGS[code as keyof typeof RUNGS].label : words(code);

/** A required credential in words: `US medical licence (US-CA)`. */
export function credentialName({
  type,
  jurisdiction,
}: {
  readonly type: string;
  readonly jurisdiction?: string | null;
}): string {
  const label =
    type in CREDENTIAL_TYPES ? CREDENTIAL_TYPES[type as keyof typeof CREDENTIAL_TYPES].label : words(type);
  return jurisdiction ? `${label} (${jurisdiction})` : label;
}
