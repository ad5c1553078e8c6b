import { createHash } from 'node:crypto';
import { canonicalJson } from '@tallystick/domain';

/** SHA-256 of a text, as bytes. */
export function sha256(text: string | Uint8Array): Buffer {
  return createHash('sha256').update(text).digest();
}

/** SHA-256 of a value in canonical JSON, in hex. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value)).toString('hex');
}
