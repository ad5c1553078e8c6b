// Room on the disk, asked before and after something fails.
import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';

const MB = 1_000_000;
/** A new database with its log, and what the first minutes write. */
export const NEW_DATA_MB = 250;
/** What a running product needs to write before its next checkpoint. */
export const OLD_DATA_MB = 60;
/** node_modules and the built product. */
export const INSTALL_MB = 1200;

/** Free megabytes at a folder, or at the nearest one above it that exists. */
export function freeMegabytes(folder) {
  let at = path.resolve(folder);
  while (!existsSync(at)) at = path.dirname(at);
  const { bavail, bsize } = statfsSync(at);
  return Math.floor((bavail * bsize) / MB);
}

/** Throws CannotStart where a folder has less room than asked for. */
export function mustHaveRoom(folder, megabytes) {
  const free = freeMegabytes(folder);
  if (free < megabytes)
    throw new CannotStart(
      `The disk is full: ${folder} has ${free} MB free and needs ${megabytes} MB, so free some space and start again; nothing is lost.`,
    );
}
