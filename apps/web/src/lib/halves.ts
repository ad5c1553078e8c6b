import { readHalf, signatureProblem, type Half, type HalfTools } from '@tallystick/domain';
import type { JSONWebKeySet } from 'jose';

/** A file larger than this is no statement, bytes. */
const MOST_BYTES = 64 * 1024 * 1024;
const KEYS = '/.well-known/jwks.json';

/** Something that cannot go on, as a sentence for the page. */
export class HalfProblem extends Error {}

/** SHA-256 and signatures as the browser has them. Throws HalfProblem where the page is not on https. */
export async function halfTools(keys: unknown): Promise<HalfTools> {
  // A browser has no cryptography for pages that are on http anywhere but on the own machine; its types do not say so.
  if (!isSecureContext)
    throw new HalfProblem(
      'Your browser checks signatures on https only. Open this page over https, or use npm run verify:tally.',
    );
  const { compactVerify, createLocalJWKSet } = await import('jose');
  const find = keySet(() => createLocalJWKSet(keys as JSONWebKeySet));
  return {
    sha256: async (text) => {
      const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    verify: async (signature) => {
      try {
        const { payload } = await compactVerify(signature, find, { algorithms: ['ES256'] });
        return { signed: new TextDecoder().decode(payload) };
      } catch (error) {
        return { problem: signatureProblem((error as { code?: string }).code ?? '') };
      }
    },
  };
}

function keySet<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new HalfProblem(
      'This is no file of keys. Save what is at /.well-known/jwks.json of the product, and choose that.',
    );
  }
}

/** The keys of this product, as everybody may fetch them. */
export async function ownKeys(): Promise<unknown> {
  return JSON.parse(await textAt(KEYS)) as unknown;
}

/** A half of the product's own, fetched anew. */
export async function ownHalf(side: 'lab' | 'expert', engagement: string): Promise<Half> {
  return halfOf(await textAt(`/statements/${side}/engagements/${engagement}/half.json`));
}

/** A half in a file that somebody chose. It is read here and sent nowhere. */
export async function chosenHalf(file: File): Promise<Half> {
  const text = await chosenText(file);
  try {
    return halfOf(text);
  } catch (error) {
    // Of two files that were chosen, the one that it is about.
    throw error instanceof HalfProblem ? new HalfProblem(`${file.name}: ${error.message}`) : error;
  }
}

/** Keys in a file that somebody chose. */
export async function chosenKeys(file: File): Promise<unknown> {
  const text = await chosenText(file);
  return keySet(() => JSON.parse(text) as unknown);
}

async function chosenText(file: File): Promise<string> {
  if (file.size > MOST_BYTES)
    throw new HalfProblem(
      `${file.name} is larger than 64 MB, which no statement is. Use npm run verify:tally.`,
    );
  return file.text();
}

function halfOf(text: string): Half {
  const read = readHalf(text);
  if (!read.ok) throw new HalfProblem(read.refusal.message);
  return read.value;
}

async function textAt(address: string): Promise<string> {
  const response = await fetch(address).catch(() => undefined);
  if (!response)
    throw new HalfProblem('The server does not answer. Nothing was lost; try again in a moment.');
  if (response.ok) return response.text();
  const answer = (await response.json().catch(() => ({}))) as { message?: string };
  throw new HalfProblem(answer.message ?? 'The statement could not be read. Try again in a moment.');
}
