import {
  CREDENTIAL_STATE_WORDS,
  CREDENTIAL_TYPES,
  isCredentialType,
  type CredentialType,
} from '@tallystick/domain';
import { words } from '../../lib/words';

/** A kind of credential, or undefined for a code that this version does not know. */
export function typeOf(code: string): CredentialType | undefined {
  return isCredentialType(code) ? CREDENTIAL_TYPES[code] : undefined;
}

/** A kind in words. */
export const typeWords = (code: string) => typeOf(code)?.label ?? words(code);

/** A field of a claim in words. */
export const fieldWords = (code: string, name: string) =>
  typeOf(code)?.fields.find((field) => field.name === name)?.label ?? words(name);

/** A state in words, as the step tracker says it. */
export const stateWords = (state: string) => CREDENTIAL_STATE_WORDS[state] ?? words(state);

/** All kinds, for a choice. */
export const TYPE_OPTIONS = Object.entries(CREDENTIAL_TYPES).map(
  ([code, { label }]) => [code, label] as const,
);
