import { canonicalJson } from '@tallystick/domain';
import { seenHashOf } from '../../features/credential/use-cases/decide-credential';
import { sha256 } from '../../platform/crypto/digest';
import { shifted, type Shift } from './shift';
import type { World } from './world-file';

interface Credential {
  readonly id: string;
  readonly type: string;
  readonly claim: object;
}

/**
 * Hashes that were taken over what moves, each with the one over what it moves to: the words of journal entries, and
 * what verifiers saw. Of a credential the days on which it was submitted, and whether evidence was there, are tried.
 */
export function movedHashes(tables: World['tables'], shift: Shift): Map<string, string> {
  const rowsOf = (wanted: string) => tables.find(({ name }) => name === wanted)?.rows ?? [];
  const moved = new Map<string, string>();
  for (const row of rowsOf('public.journal_words')) {
    const after = shifted(row, shift);
    if (after !== row) moved.set(wordsHash(row), wordsHash(after));
  }
  const seen = new Set(rowsOf('public.verification').flatMap((row) => columnOf(row, 'seen_hash')));
  const evidence = grouped(rowsOf('public.credential_evidence'), 'credential_id');
  const journal = grouped(rowsOf('public.journal_entry'), 'subject_id');
  for (const row of rowsOf('public.credential')) {
    const before = JSON.parse(row) as Credential;
    const after = JSON.parse(shifted(row, shift)) as Credential;
    const files = (evidence.get(before.id) ?? []).map((each) => ({
      sha256: columnOf(each, 'sha256')[0] ?? '',
    }));
    for (const entry of journal.get(before.id) ?? [])
      for (const shown of [[], files]) {
        const old = seenHash(before, columnOf(entry, 'at')[0], shown);
        if (seen.has(old)) moved.set(old, seenHash(after, columnOf(shifted(entry, shift), 'at')[0], shown));
      }
  }
  return moved;
}

/** Rows with their hashes replaced. */
export function withHashes(row: string, moved: ReadonlyMap<string, string>): string {
  return moved.size === 0 ? row : row.replace(/[0-9a-f]{64}/g, (hash) => moved.get(hash) ?? hash);
}

function wordsHash(row: string): string {
  const { salt, words } = JSON.parse(row) as { salt: string; words: object };
  return sha256(salt + canonicalJson(words)).toString('hex');
}

function seenHash(
  credential: Credential,
  at: string | undefined,
  files: readonly { sha256: string }[],
): string {
  const seen = { ...credential, submittedAt: new Date(at ?? 0) };
  return seenHashOf(seen as Parameters<typeof seenHashOf>[0], files as Parameters<typeof seenHashOf>[1]);
}

function columnOf(row: string, column: string): string[] {
  const value = (JSON.parse(row) as Record<string, string | null>)[column];
  return value === null || value === undefined ? [] : [value];
}

function grouped(rows: readonly string[], column: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows)
    for (const key of columnOf(row, column)) groups.set(key, [...(groups.get(key) ?? []), row]);
  return groups;
}
