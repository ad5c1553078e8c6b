import type { Db } from '../../../platform/prisma/database';
import { chainPart, sealsAfter, type SealRow } from '../audit.repository';
import type { KeptRoot, SealingKey } from '../sealing-key';
import { GENESIS, link } from './seal';

/** The chain as far as it was looked at, and what is wrong with it. */
export interface WalkedChain {
  /** How many rows were looked at. */
  readonly looked: number;
  readonly faults: string[];
}

/** Runs one read in a transaction of its own, so that none lasts long. */
export type ReadPart = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/** What a row of the chain is called. */
export function rowName(kind: string, subjectId: string): string {
  return `${kind === 'JOURNAL' ? 'journal row' : 'ledger transaction'} ${subjectId}`;
}

/**
 * Walks the chain from its beginning, part by part, so that its length does not matter: every row is what it was when it
 * was sealed, and every seal is signed, reached by its rows, and kept outside the database. Stops at enough faults.
 */
export async function walkChain(
  read: ReadPart,
  key: SealingKey,
  { part, mostFaults }: { part: number; mostFaults: number },
): Promise<WalkedChain> {
  const faults: string[] = [];
  const seals = sealsOf(read, part);
  const kept = key.published();
  let seal = await next(seals);
  let [seq, hash, previousRoot, looked] = [0n, GENESIS, GENESIS, 0];
  const passSeals = async (upTo: bigint) => {
    while (seal !== undefined && seal.toSeq <= upTo) {
      const isReached = seal.toSeq === seq && seal.root === hash && seal.previousRoot === previousRoot;
      faults.push(...faultsOfSeal(seal, key, isReached, await next(kept)));
      previousRoot = seal.root;
      seal = await next(seals);
    }
  };
  for (let isMore = true; isMore && faults.length < mostFaults;) {
    const from = seq + 1n;
    const items = await read((db) => chainPart(db, from, part));
    for (const item of items) {
      if (item.seq !== seq + 1n) faults.push(`row ${seq + 1n} of the chain is missing`);
      await passSeals(item.seq - 1n);
      const expected = item.body === undefined ? undefined : link(hash, item.body);
      if (expected === undefined) faults.push(`${rowName(item.kind, item.subjectId)} was deleted`);
      else if (expected !== item.hash) faults.push(`${rowName(item.kind, item.subjectId)} was changed`);
      [seq, hash, looked] = [item.seq, item.hash, looked + 1];
      await passSeals(seq);
    }
    isMore = items.length === part;
  }
  while (seal !== undefined && faults.length < mostFaults) await passSeals(seal.toSeq);
  for (let end = await next(kept); end !== undefined && faults.length < mostFaults; end = await next(kept))
    faults.push(`the seal up to row ${end.toSeq} was kept outside and is gone from the database`);
  return { looked, faults };
}

function faultsOfSeal(
  seal: SealRow,
  key: SealingKey,
  isReached: boolean,
  kept: KeptRoot | undefined,
): string[] {
  const isKept = kept?.toSeq === seal.toSeq && kept.root === seal.root;
  return [
    ...(key.verify(seal, seal.signature)
      ? []
      : [`the seal up to row ${seal.toSeq} is not signed by our key`]),
    ...(isReached ? [] : [`the chain does not lead to the seal up to row ${seal.toSeq}`]),
    ...(isKept ? [] : [`the root up to row ${seal.toSeq} is not the one that was kept outside the database`]),
  ];
}

async function* sealsOf(read: ReadPart, part: number): AsyncGenerator<SealRow> {
  let seq = 0n;
  for (;;) {
    const from = seq;
    const seals = await read((db) => sealsAfter(db, from, part));
    yield* seals;
    const last = seals.at(-1);
    if (last === undefined || seals.length < part) return;
    seq = last.toSeq;
  }
}

async function next<T>(rows: AsyncGenerator<T>): Promise<T | undefined> {
  const { value, done } = await rows.next();
  return done === true ? undefined : (value as T);
}
