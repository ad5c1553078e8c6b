// One sentence for whatever ended the start.
import path from 'node:path';
import { CannotStart } from '../embedded/cannot-start.mjs';
import { freeMegabytes } from './disk.mjs';

/** What the person who starts should do about an error. */
export function sentenceOf(error, settings) {
  if (error instanceof CannotStart) return error.message;
  const folder = settings?.dataDir ?? '';
  if (error.code === 'ENOSPC' || error.code === '53100' || (folder && freeMegabytes(folder) < 5))
    return `The disk is full: free some space at ${folder} and start again; nothing is lost.`;
  if (error.code === '28P01')
    return process.env.DATABASE_URL
      ? 'The database refuses the password of DATABASE_URL or DATABASE_OWNER_URL: correct it and start again.'
      : `The data in ${folder} belongs to another copy, as its passwords are not those of secrets.json: put its own secrets.json back, or move the folder away, and start again.`;
  if (/^(58|XX)/.test(error.code ?? ''))
    return `PostgreSQL cannot read its data in ${path.join(folder, 'postgres')}, which may be damaged (${error.message}): move that folder away, restore a backup with npm run restore, and start again.`;
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', '3D000', '28000'].includes(error.code))
    return `The database does not let the product in (${error.message || error.code}): check that the server of DATABASE_URL runs and knows the database and its roles, and start again.`;
  return `The start failed (${error.message}): start again, and if it fails again report these words.`;
}
